// SPDX-License-Identifier: Apache-2.0
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sharedDir } from "../../test/shared.ts";

/** Single items of rules files to start from: of the examples, and of the shared corpus where it is there. */
export function seedItems(): readonly string[] {
  const root = join(import.meta.dirname, "..", "..");
  const shared = sharedDir();
  const folders = [join(root, "examples"), ...(shared === null ? [] : [join(shared, "corpus", "rules")])];
  return folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".yaml"))
        .flatMap((name) => readFileSync(join(folder, name), "utf8").split(/\n(?=- )/)),
    )
    .filter((item) => item.startsWith("- "));
}
