// SPDX-License-Identifier: Apache-2.0
import { join } from "node:path";
import { readJsonLines } from "../shared.ts";
import { compareLoad, type ExpectedLoad } from "./loader-case.ts";
import type { Case, Suite } from "./suite.ts";

interface Record {
  readonly id: string;
  readonly files: readonly { readonly name: string; readonly content: string }[];
  readonly config?: Parameters<typeof compareLoad>[3];
  readonly plugins?: readonly string[];
  readonly expect: ExpectedLoad;
}

/** Rules files with what loading them gives: error paths, overrides, exceptions, lists, macros, versions. */
export const loaderCases: readonly Suite[] = ["cases", "cases_own"].map((name) => ({
  name: `loader/${name}`,
  cases: (shared) => readJsonLines<Record>(join(shared, "corpus/loader", `${name}.jsonl`)).map(toCase),
}));

function toCase({ id, files, plugins = [], config, expect }: Record): Case {
  const sources = files.map(({ name, content }) => ({ path: name, text: content }));
  return { id, run: () => compareLoad(sources, plugins, expect, config) };
}
