// SPDX-License-Identifier: Apache-2.0
import { join } from "node:path";
import { checkCondition } from "@falcoc/compiler";
import { createCatalog } from "@falcoc/compiler/catalog";
import { encodeText, enginePosition, parseCondition } from "@falcoc/parser";
import { fieldWarnings } from "../../packages/compiler/src/load/deprecated-fields.ts";
import { readJsonLines } from "../shared.ts";
import { type CaseFields, caseCatalog } from "./case-catalog.ts";
import type { Suite } from "./suite.ts";

interface WarningsRecord {
  readonly id: string;
  readonly expr: string;
  readonly fields?: CaseFields;
  /** Codes that the rule loader gives; absent in cases about the filter compiler. */
  readonly load_warnings?: readonly string[];
  /** What the filter compiler warns of; absent in cases about the rule loader. */
  readonly compile_warnings?: readonly PlacedMessage[];
}

interface PlacedMessage {
  readonly message: string;
  readonly pos: { readonly idx: number; readonly line: number; readonly col: number };
}

/** A field that is only mentioned in a text need not be in the case. */
export const filterWarnings: Suite = {
  name: "filter/warnings",
  *cases(shared) {
    const catalog = createCatalog();
    for (const record of readJsonLines<WarningsRecord>(join(shared, "corpus", "filter", "warnings.jsonl"))) {
      const { id, expr, fields = {}, compile_warnings, load_warnings } = record;
      const ours = () =>
        compile_warnings === undefined
          ? loadWarnings(expr)
          : compileWarnings(expr, caseCatalog(fields, catalog));
      yield { id, run: () => compare(ours(), compile_warnings ?? load_warnings ?? []) };
    }
  },
};

function compileWarnings(
  text: string,
  catalog: ReturnType<typeof caseCatalog>,
): readonly PlacedMessage[] | string {
  const bytes = encodeText(text);
  const parsed = parseCondition(bytes);
  if (!parsed.ok) return parsed.error.message;
  const checked = checkCondition(parsed.condition, { catalog, source: "syscall" });
  if (!checked.ok) return checked.error.message;
  return checked.warnings.map(({ message, start }) => {
    const { line, column } = enginePosition(bytes, start);
    return { message, pos: { idx: start, line, col: column } };
  });
}

function loadWarnings(text: string): readonly string[] | string {
  const parsed = parseCondition(encodeText(text));
  if (!parsed.ok) return parsed.error.message;
  const { comparesNa, deprecated } = fieldWarnings(parsed.condition);
  return [...(comparesNa ? ["LOAD_UNSAFE_NA_CHECK"] : []), ...deprecated.map(() => "LOAD_DEPRECATED_ITEM")];
}

function compare(ours: unknown, theirs: unknown): string | null {
  const [mine, engines] = [JSON.stringify(ours), JSON.stringify(theirs)];
  return mine === engines ? null : `${mine}, expected ${engines}`;
}
