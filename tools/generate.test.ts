// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { PAGES } from "./generators/index.ts";
import { render } from "./generators/page.ts";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");

describe("generated pages", () => {
  it.each(PAGES.map((page) => [page.path, page] as const))("%s is what its tables say", (path, page) => {
    expect(readFileSync(join(root, path), "utf8")).toBe(render(page));
  });
});
