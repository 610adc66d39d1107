// SPDX-License-Identifier: Apache-2.0

/**
 * Spelling and right-hand shape of every operator, in the order in which the engine tries them: this is the one
 * table behind scanner, grammar, error texts and printing.
 */
export const OPERATORS = {
  exists: { shape: "none", blankAfter: false, modifiers: false },
  "<=": { shape: "number", blankAfter: false, modifiers: false },
  "<": { shape: "number", blankAfter: false, modifiers: false },
  ">=": { shape: "number", blankAfter: false, modifiers: false },
  ">": { shape: "number", blankAfter: false, modifiers: false },
  "==": { shape: "text", blankAfter: false, modifiers: true },
  "=": { shape: "text", blankAfter: false, modifiers: true },
  "!=": { shape: "text", blankAfter: false, modifiers: true },
  glob: { shape: "text", blankAfter: true, modifiers: true },
  iglob: { shape: "text", blankAfter: true, modifiers: true },
  contains: { shape: "text", blankAfter: true, modifiers: true },
  icontains: { shape: "text", blankAfter: true, modifiers: true },
  bcontains: { shape: "text", blankAfter: true, modifiers: true },
  startswith: { shape: "text", blankAfter: true, modifiers: true },
  bstartswith: { shape: "text", blankAfter: true, modifiers: true },
  endswith: { shape: "text", blankAfter: true, modifiers: true },
  regex: { shape: "text", blankAfter: true, modifiers: true },
  intersects: { shape: "list", blankAfter: false, modifiers: false },
  in: { shape: "list", blankAfter: false, modifiers: false },
  pmatch: { shape: "list", blankAfter: false, modifiers: false },
} as const satisfies Record<string, OperatorSyntax>;

interface OperatorSyntax {
  /** What may stand on the right, beside `val(…)` and transformers. */
  readonly shape: "none" | "number" | "text" | "list";
  /** Whether the spelling must be followed by a blank. */
  readonly blankAfter: boolean;
  /** Whether `oneof`, `anyof`, `allof` may follow. */
  readonly modifiers: boolean;
}

export type Operator = keyof typeof OPERATORS;
export type BinaryOperator = Exclude<Operator, "exists">;

export const MODIFIERS = ["oneof", "anyof", "allof"] as const;
export type Modifier = (typeof MODIFIERS)[number];

/** Names that are transformers when a parenthesis follows at once, in the order of the engine's messages. */
export const TRANSFORMERS = [
  "tolower",
  "toupper",
  "b64",
  "basename",
  "len",
  "join",
  "concat",
  "getopt",
] as const;
export type TransformerName = (typeof TRANSFORMERS)[number];

export const OPERATOR_NAMES = Object.keys(OPERATORS) as readonly Operator[];
