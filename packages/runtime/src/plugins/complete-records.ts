// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/compiler/program";
import type { JsonNode } from "../json/json-node.ts";
import { afterBlanks, parseJson } from "../json/parse-json.ts";

const OPENING = /^\s*\{\s*"Records"\s*:\s*\[/;

/** The records of a CloudTrail log file that ends too early, but for the one that is cut off; of other texts, none. */
export function completeRecords(text: ByteString): readonly JsonNode[] {
  const opening = OPENING.exec(text)?.[0];
  if (opening === undefined) return [];
  const records: JsonNode[] = [];
  let at = afterBlanks(text, opening.length);
  for (;;) {
    const parsed = parseJson(text, at);
    if (!parsed.ok) return records;
    records.push(parsed.node);
    at = afterBlanks(text, parsed.node.end);
    if (text[at] !== ",") return records;
    at = afterBlanks(text, at + 1);
  }
}
