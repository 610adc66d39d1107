// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { normalisePath } from "./path.ts";
import { PathTable } from "./path-table.ts";

it("gives what comes of a path, whatever was asked before", () => {
  const directories = ["/", "/root/", "/etc/", "", `/${"d".repeat(1010)}/`];
  const paths = ["", "x", "../x", "/x", "/a/../x/", "/a-path-of-some-length", "x".repeat(100)];
  const table = new PathTable();
  for (let round = 0; round < 2; round++) {
    for (const directory of directories) {
      for (const path of paths) expect(table.resolve(directory, path)).toBe(normalisePath(directory, path));
    }
    for (let i = 0; i < 5000; i++) expect(table.resolve("/", `f${i}`)).toBe(`/f${i}`);
  }
});
