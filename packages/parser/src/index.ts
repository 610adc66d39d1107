// SPDX-License-Identifier: Apache-2.0
export type * from "./ast.ts";
export { type ByteString, decodeText, encodeText, sequenceLength } from "./bytes.ts";
export {
  DEPTH_MAX_ALONE,
  DEPTH_MAX_RULES,
  type OperandResult,
  type ParseOptions,
  type ParseResult,
  parseCondition,
  parseOperand,
} from "./condition.ts";
export type {
  Diagnostic,
  EngineLocation,
  EngineReport,
  Fix,
  Severity,
  TextEdit,
} from "./diagnostic.ts";
export { escapeValue, type Unescaped, unescapeQuoted } from "./escape.ts";
export { quotedEnd } from "./lexemes.ts";
export {
  type BinaryOperator,
  MODIFIERS,
  type Modifier,
  OPERATOR_NAMES,
  OPERATORS,
  type Operator,
  TRANSFORMERS,
  type TransformerName,
} from "./operators.ts";
export { printCondition, printOperand, printQuoted } from "./print.ts";
export {
  ITEM_KINDS,
  type ItemKind,
  RULES_FILE_LENGTH_MAX,
  type RulesDocument,
  type RulesFile,
  type RulesItem,
  readRulesFile,
} from "./rules-file.ts";
export { LineIndex, type Position, type SourceFile, type Span } from "./source.ts";
export { type ConditionSyntaxError, enginePosition, type SyntaxErrorCategory } from "./syntax-error.ts";
export { parseTemplate, type Resolves, type TemplateError, type TemplateResult } from "./template.ts";
export { childrenOf, type Visitor, visitCondition } from "./visit.ts";
export {
  lookup,
  lookupEntry,
  type YamlEntry,
  type YamlMapping,
  type YamlMark,
  type YamlNode,
  type YamlNull,
  type YamlScalar,
  type YamlSequence,
} from "./yaml-node.ts";
export { readYaml, type YamlContent } from "./yaml-reader.ts";
