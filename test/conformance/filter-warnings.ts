// SPDX-License-Identifier: Apache-2.0
import { join } from "node:path";
import { checkCondition } from "@falcoc/compiler";
import { createCatalog } from "@falcoc/compiler/catalog";
import { encodeText, enginePosition, parseCondition } from "@falcoc/parser";
import { readJsonLines } from "../shared.ts";
import { type CaseFields, caseCatalog } from "./case-catalog.ts";
import type { Suite } from "./suite.ts";

interface WarningsRecord {
  readonly id: string;
  readonly expr: string;
  readonly fields?: CaseFields;
  /** What the filter compiler warns of; absent in cases about the rule loader. */
  readonly compile_warnings?: readonly PlacedMessage[];
}

interface PlacedMessage {
  readonly message: string;
  readonly pos: { readonly idx: number; readonly line: number; readonly col: number };
}

/** Warnings about literals. A field that is only mentioned in a text need not be in the case. */
export const filterWarnings: Suite = {
  name: "filter/warnings",
  *cases(shared) {
    const catalog = createCatalog();
    for (const record of readJsonLines<WarningsRecord>(join(shared, "corpus", "filter", "warnings.jsonl"))) {
      const { id, expr, fields = {}, compile_warnings: expected } = record;
      if (expected === undefined) continue;
      yield { id, run: () => compare(compileWarnings(expr, caseCatalog(fields, catalog)), expected) };
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

function compare(ours: readonly PlacedMessage[] | string, theirs: readonly PlacedMessage[]): string | null {
  const [mine, engines] = [JSON.stringify(ours), JSON.stringify(theirs)];
  return mine === engines ? null : `${mine}, expected ${engines}`;
}
