// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { normalisePath, PATH_TOO_LONG } from "./path.ts";

it.each([
  ["/root/", "foo/../bar//x", "/root/bar/x"],
  ["/etc/", ".", "/etc"],
  ["/etc/", "../../x", "/x"],
  ["/etc/", "..", "/"],
  ["/etc/", "x/", "/etc/x"],
  ["<UNKNOWN>", "foo", "<UNKNOWN>foo"],
  ["<UNKNOWN>", "..", "<UNKNOWN>.."],
  ["<UNKNOWN>", "./x", "<UNKNOWN>./x"],
  ["./", "x", "./x"],
  ["", "a/../../z", "z"],
  ["/any/", "//", "/"],
  ["/any/", "", ""],
  ["/any/", "/a/b", "/a/b"],
  ["/any/", "/a/./b/../c/", "/a/c"],
  ["/any/", "/..", "/"],
  ["/a/b/", "../...", "/a/..."],
  ["/a/b/", ".hidden", "/a/b/.hidden"],
  ["/", "a".repeat(1022), `/${"a".repeat(1022)}`],
  ["/", "a".repeat(1023), PATH_TOO_LONG],
])("%j and %j make %j", (base, path, expected) => {
  expect(normalisePath(base, path)).toBe(expected);
});
