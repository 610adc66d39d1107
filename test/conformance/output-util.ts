// SPDX-License-Identifier: Apache-2.0
import { join } from "node:path";
import { decodeText, encodeText } from "@falcoc/compiler/program";
import { normalisePath } from "../../packages/runtime/src/state/path.ts";
import { readJsonLines } from "../shared.ts";
import type { Suite } from "./suite.ts";

type Text = string | { readonly hex: string };

type UtilRecord =
  | { readonly id: string; readonly fn: "utf8_sanitize"; readonly in: Text; readonly out: Text }
  | {
      readonly id: string;
      readonly fn: "concatenate_paths";
      readonly in: readonly [Text, Text];
      readonly out: Text;
    };

/** Repairing text that is not UTF-8, and joining paths. */
export const outputUtil: Suite = {
  name: "output/util",
  *cases(shared) {
    for (const record of readJsonLines<UtilRecord>(join(shared, "corpus", "output", "util.jsonl"))) {
      yield { id: record.id, run: () => check(record) };
    }
  },
};

function check(record: UtilRecord): string | null {
  const result =
    record.fn === "utf8_sanitize"
      ? encodeText(decodeText(bytes(record.in)))
      : normalisePath(bytes(record.in[0]), bytes(record.in[1]));
  return result === bytes(record.out)
    ? null
    : `${JSON.stringify(result)}, expected ${JSON.stringify(record.out)}`;
}

function bytes(text: Text): string {
  return typeof text === "string" ? encodeText(text) : Buffer.from(text.hex, "hex").toString("latin1");
}
