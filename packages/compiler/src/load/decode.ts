// SPDX-License-Identifier: Apache-2.0
import {
  type ByteString,
  lookup,
  lookupEntry,
  type Span,
  type YamlMapping,
  type YamlNode,
  type YamlScalar,
} from "@falcoc/parser";
import { type Context, nameOf, nodeContext, quoted, spanOfNode } from "./context.ts";
import type { Findings } from "./findings.ts";
import { type MappedText, textOfScalar } from "./mapped-text.ts";

/** A mapping of a rules file that is being read. */
export interface Scope {
  readonly node: YamlMapping;
  /** Its place, as the engine reports what is wrong with it. */
  readonly context: Context;
  readonly findings: Findings;
}

/** The text of a key that must be there; null after reporting that it is not, or is no text. */
export function readText(scope: Scope, key: string): MappedText | null {
  const scalar = readScalar(scope, key);
  return scalar === null ? null : textOfScalar(scope.context.file, scalar);
}

/** The text of a key; null when it is absent, and after reporting what is wrong with it. */
export function readOptionalText(scope: Scope, key: string): MappedText | null {
  return lookup(scope.node, key) === null ? null : readText(scope, key);
}

/** The truth value of a key that must be there. */
export function readBoolean(scope: Scope, key: string): boolean | null {
  return readAs(scope, key, parseBoolean, "true or false");
}

export function readOptionalBoolean(scope: Scope, key: string, otherwise: boolean): boolean {
  return lookup(scope.node, key) === null ? otherwise : (readBoolean(scope, key) ?? otherwise);
}

/** The number of a key that must be there: 32 bits without sign. */
export function readUnsigned(scope: Scope, key: string): number | null {
  return readAs(scope, key, parseUnsigned, "a whole number of at most 32 bits, without a sign");
}

export function readOptionalUnsigned(scope: Scope, key: string, otherwise: number): number {
  return lookup(scope.node, key) === null ? otherwise : (readUnsigned(scope, key) ?? otherwise);
}

/** The texts of a sequence; null after reporting that the key is absent or what is wrong with it. */
export function readTexts(scope: Scope, key: string): readonly MappedText[] | null {
  const { context, findings } = scope;
  const value = lookup(scope.node, key);
  if (value === null) return missing(scope, key);
  const valueContext = nodeContext(context, "value for", value, key);
  if (value.kind !== "sequence") {
    findings.error("LOAD_ERR_YAML_VALIDATE", valueContext, "Value is not a sequence", {
      message: `"${key}" of ${nameOf(context)} must be a list`,
      span: spanOfValue(scope, key, value),
      hint: `write "${key}: [a, b]"`,
    });
    return null;
  }
  const texts: MappedText[] = [];
  let complete = true;
  for (const item of value.items) {
    if (item.kind === "scalar") {
      texts.push(textOfScalar(context.file, item));
      continue;
    }
    complete = false;
    const itemContext = nodeContext(valueContext, "list item", item);
    findings.error("LOAD_ERR_YAML_VALIDATE", itemContext, "sequence value is not scalar", {
      message: `an item of "${key}" of ${nameOf(context)} is no text`,
      span: spanOfNode(context.file, item),
      hint:
        item.kind === "null" ? 'write "null" in quotes if it is meant as a text' : "write one text per item",
    });
  }
  return complete ? texts : null;
}

/** y/n, yes/no, true/false, on/off: in small letters, in capitals, or with a capital at the start. */
export function parseBoolean(text: ByteString): boolean | null {
  const match = /^(?:(y|yes|true|on)|n|no|false|off)$/i.exec(text);
  if (match === null || !/^(?:[a-z]+|[A-Z]+|[A-Z][a-z]*)$/.test(text)) return null;
  return match[1] !== undefined;
}

/** Decimal, `0x…` hexadecimal, or octal with a leading zero; at most 32 bits. */
export function parseUnsigned(text: ByteString): number | null {
  const match = /^(?:0[xX]([0-9a-fA-F]+)|0([0-7]+)|(0|[1-9][0-9]*))\s*$/.exec(text);
  if (match === null) return null;
  const [, hexadecimal, octal, decimal] = match;
  const value =
    hexadecimal !== undefined
      ? Number.parseInt(hexadecimal, 16)
      : octal !== undefined
        ? Number.parseInt(octal, 8)
        : Number(decimal);
  return value <= 0xffffffff ? value : null;
}

/** Where to point for the value of a key: the value, or the key when there is nothing to see of the value. */
export function spanOfValue({ node, context }: Scope, key: string, value: YamlNode): Span {
  const entry = value.start === value.end ? lookupEntry(node, key) : null;
  return spanOfNode(context.file, entry?.key ?? value);
}

const NAME_KEYS = ["rule", "macro", "list", "name"];

/** Where to point for a mapping as a whole: its name, else its first key. */
export function spanOfName({ node, context }: Scope): Span {
  const names = NAME_KEYS.map((key) => lookup(node, key));
  const name = names.find((value) => value?.kind === "scalar");
  return spanOfNode(context.file, name ?? node.entries[0]?.key ?? node);
}

function readScalar(scope: Scope, key: string): YamlScalar | null {
  const { context, findings } = scope;
  const value = lookup(scope.node, key);
  if (value === null) return missing(scope, key);
  const span = spanOfValue(scope, key, value);
  if (value.kind === "null") {
    findings.error("LOAD_ERR_YAML_VALIDATE", context, `Mapping for key '${key}' is empty`, {
      message: `"${key}" of ${nameOf(context)} has no value`,
      span,
    });
    return null;
  }
  const valueContext = nodeContext(context, "value for", value, key);
  if (value.kind !== "scalar") {
    findings.error("LOAD_ERR_YAML_VALIDATE", valueContext, "Value is not a scalar value", {
      message: `"${key}" of ${nameOf(context)} must be a single text`,
      span,
    });
    return null;
  }
  if (value.text === "") {
    findings.error("LOAD_ERR_YAML_VALIDATE", valueContext, "Value must be non-empty", {
      message: `"${key}" of ${nameOf(context)} is empty`,
      span,
    });
    return null;
  }
  return value;
}

function readAs<T>(
  scope: Scope,
  key: string,
  parse: (text: ByteString) => T | null,
  expected: string,
): T | null {
  const scalar = readScalar(scope, key);
  if (scalar === null) return null;
  const value = parse(scalar.text);
  if (value !== null) return value;
  const { context, findings } = scope;
  const valueContext = nodeContext(context, "value for", scalar, key);
  findings.error("LOAD_ERR_YAML_VALIDATE", valueContext, "Can't decode YAML scalar value", {
    message: `${quoted(scalar.text)} is no value for "${key}" of ${nameOf(context)}`,
    span: spanOfValue(scope, key, scalar),
    hint: `it must be ${expected}`,
  });
  return null;
}

function missing(scope: Scope, key: string): null {
  const { context, findings } = scope;
  findings.error("LOAD_ERR_YAML_VALIDATE", context, `Item has no mapping for key '${key}'`, {
    message: `${nameOf(context)} has no "${key}"`,
    span: spanOfName(scope),
    hint: `add "${key}:"`,
  });
  return null;
}
