// SPDX-License-Identifier: Apache-2.0
import { join } from "node:path";
import { escapeValue, unescapeQuoted } from "@falcoc/parser";
import { readJsonLines } from "../shared.ts";
import { type Text, textOf } from "./filter-parse.ts";
import type { Suite } from "./suite.ts";

interface EscapingRecord {
  readonly id: string;
  readonly fn: "escape" | "unescape" | "roundtrip";
  readonly in: Text;
  readonly out?: Text;
  readonly error?: true;
}

export const filterEscaping: Suite = {
  name: "filter/escaping",
  *cases(shared) {
    const path = join(shared, "corpus", "filter", "escaping.jsonl");
    for (const record of readJsonLines<EscapingRecord>(path))
      yield { id: record.id, run: () => check(record) };
  },
};

function check(record: EscapingRecord): string | null {
  const ours = apply(record.fn, textOf(record.in));
  const engines = record.out === undefined ? null : textOf(record.out);
  return ours === engines ? null : `${JSON.stringify(ours)}, engine ${JSON.stringify(engines)}`;
}

/** Null stands for a refusal. */
function apply(name: EscapingRecord["fn"], text: string): string | null {
  switch (name) {
    case "escape":
      return escapeValue(text);
    case "unescape":
      return unquoted(text);
    case "roundtrip":
      return unquoted(escapeValue(text));
    default:
      return name satisfies never;
  }
}

function unquoted(quoted: string): string | null {
  const result = unescapeQuoted(quoted);
  return result.ok ? result.text : null;
}
