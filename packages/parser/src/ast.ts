// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "./bytes.ts";
import type { BinaryOperator, Modifier } from "./operators.ts";

/**
 * Syntax of a condition. Every node carries `start` and `end`: half-open byte offsets into the condition text
 * (a ByteString). `start` is the place that the engine records for the node: for `and`/`or` the first operand
 * without its opening parentheses, for a check its left side, for a right side its first byte.
 * Trees are plain immutable data.
 */
interface Node {
  readonly start: number;
  readonly end: number;
}

export type Condition = And | Or | Not | MacroReference | ExistsCheck | BinaryCheck;

/** Two or more children; nested pairs of one kind stay as the parentheses wrote them. */
export interface And extends Node {
  readonly kind: "and";
  readonly children: readonly Condition[];
}

export interface Or extends Node {
  readonly kind: "or";
  readonly children: readonly Condition[];
}

/** An odd run of `not`; an even run leaves no node. */
export interface Not extends Node {
  readonly kind: "not";
  readonly child: Condition;
}

export interface MacroReference extends Node {
  readonly kind: "macro";
  readonly name: string;
}

/** `left exists` */
export interface ExistsCheck extends Node {
  readonly kind: "exists";
  readonly left: Operand;
}

/** `left operator right`; `=` and `==` stay as typed. */
export interface BinaryCheck extends Node {
  readonly kind: "check";
  readonly operator: BinaryOperator;
  readonly modifier: Modifier | null;
  readonly left: Operand;
  readonly right: Value | List | Transformer;
}

export type Operand = Field | Transformer;

export interface Field extends Node {
  readonly kind: "field";
  readonly name: string;
  /** Text between the brackets, unquoted; null without brackets, which differs from "". */
  readonly argument: ByteString | null;
}

/** A transformer call; `val(field)` on a right side is one named "val". */
export interface Transformer extends Node {
  readonly kind: "transformer";
  readonly name: string;
  readonly args: readonly TransformerArgument[];
  /** Text between brackets after the call, as in `getopt(…)[c]`; null without. */
  readonly argument: ByteString | null;
}

export type TransformerArgument = Field | Transformer | Value | TransformerList;

/** `( … )` as an argument of a transformer. */
export interface TransformerList extends Node {
  readonly kind: "transformer-list";
  readonly items: readonly (Field | Transformer | Value)[];
}

/** A scalar text: bare, quoted or a number, unescaped. A bare name after a list operator is one too. */
export interface Value extends Node {
  readonly kind: "value";
  readonly text: ByteString;
  readonly quoted: boolean;
}

export interface List extends Node {
  readonly kind: "list";
  readonly items: readonly Value[];
}

export type AnyNode = Condition | Operand | TransformerList | Value | List;

/** An output template: literal text with `%field` tokens. */
export interface Template {
  /** True when the text began with `*`: missing values render as `<NA>` instead of stopping the rendering. */
  readonly tolerant: boolean;
  readonly parts: readonly TemplatePart[];
}

export type TemplatePart = TemplateText | TemplateToken;

export interface TemplateText extends Node {
  readonly kind: "text";
  readonly text: ByteString;
}

export interface TemplateToken extends Node {
  readonly kind: "token";
  /** Field or transformer call after the `%`; offsets count in the template text. */
  readonly value: Field | Transformer;
  /** Exact width in bytes to cut or pad to; null when none was written. */
  readonly width: number | null;
}
