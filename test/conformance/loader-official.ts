// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { readJsonLines } from "../shared.ts";
import { compareLoad, type ExpectedLoad } from "./loader-case.ts";
import type { Suite } from "./suite.ts";

interface Record {
  readonly id: string;
  /** Relative to the folder of the cases. */
  readonly rules_files: readonly string[];
  readonly plugins: readonly string[];
  readonly expect: ExpectedLoad;
}

/** The official rules files, those of plugins, and archived ones. */
export const loaderOfficial: Suite = {
  name: "loader/official",
  cases(shared) {
    const folder = join(shared, "corpus/loader");
    return readJsonLines<Record>(join(folder, "official.jsonl")).map(
      ({ id, rules_files, plugins, expect }) => ({
        id,
        run() {
          const files = rules_files.map((path) => ({
            path: basename(path),
            text: readFileSync(join(folder, path), "utf8"),
          }));
          return compareLoad(files, plugins, expect);
        },
      }),
    );
  },
};
