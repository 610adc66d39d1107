// SPDX-License-Identifier: Apache-2.0
export type * from "./ast.ts";
export { type ByteString, decodeText, encodeText, sequenceLength } from "./bytes.ts";
export type {
  Diagnostic,
  EngineLocation,
  EngineReport,
  Fix,
  Severity,
  TextEdit,
} from "./diagnostic.ts";
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
export { LineIndex, type Position, type SourceFile, type Span } from "./source.ts";
