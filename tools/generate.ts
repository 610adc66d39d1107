// SPDX-License-Identifier: Apache-2.0
// Writes the pages that are made from tables, or with --check fails where one is not what they say.
// `npm run generate [-- --check]`
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { PAGES } from "./generators/index.ts";
import { type Page, render } from "./generators/page.ts";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });

const stale = PAGES.filter((page) => render(page) !== current(page));
for (const page of stale) {
  if (values.check) console.error(`${page.path} is not what ${page.from} says: run "npm run generate"`);
  else write(page);
}
if (values.check && stale.length > 0) process.exit(1);

function current({ path }: Page): string | null {
  try {
    return readFileSync(join(root, path), "utf8");
  } catch {
    return null;
  }
}

function write(page: Page): void {
  const path = join(root, page.path);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, render(page));
  console.log(`wrote ${page.path}`);
}
