// SPDX-License-Identifier: Apache-2.0
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { SourceFile } from "@falcoc/parser";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "..", "..");
export const shared = join(root, "..", "shared");

export const OFFICIAL_FILES = [
  "falco_rules.yaml",
  "falco-incubating_rules.yaml",
  "falco-sandbox_rules.yaml",
].map((name) => join(shared, "corpus", "rules", name));

/** The three official rules files, in the order in which they are loaded; null without the shared folder. */
export function officialFiles(): SourceFile[] | null {
  if (!OFFICIAL_FILES.every((path) => existsSync(path))) return null;
  return OFFICIAL_FILES.map((path) => ({ path, text: readFileSync(path, "utf8") }));
}
