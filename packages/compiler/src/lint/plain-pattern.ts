// SPDX-License-Identifier: Apache-2.0

/** A regular expression that says what a plain comparison says. */
export interface PlainPattern {
  readonly operator: "=" | "startswith" | "endswith" | "contains";
  readonly text: string;
  /** Whether the comparison holds for exactly the same values: `.` does not match line feeds, nor halves of characters. */
  readonly exact: boolean;
  /** Whether the engine warns of the expression itself. */
  readonly warned: boolean;
}

/** The comparison that a regular expression, which must match the whole value, stands for; null when it needs one. */
export function plainPattern(source: string): PlainPattern | null {
  const [, open, middle = "", close] = /^\^?(\.\*)?(.*?)(\.\*)?\$?$/s.exec(source) ?? [];
  if (!/^(?:[^.+*?^$()[\]{}|\\]|\\[^a-zA-Z0-9])*$/.test(middle) || middle === "") return null;
  const text = middle.replace(/\\(.)/g, "$1");
  if (/[^\x20-\x7e]/.test(text)) return null;
  const operator =
    open === undefined
      ? close === undefined
        ? "="
        : "startswith"
      : close === undefined
        ? "endswith"
        : "contains";
  return { operator, text, exact: operator === "=", warned: middle === text };
}
