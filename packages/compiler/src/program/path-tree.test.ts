// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { pathTest } from "./path-tree.ts";

it.each<[paths: string[], text: string, verdict: boolean]>([
  [["/usr"], "/usr", true],
  [["/usr"], "/usr/lib/x", true],
  [["/usr"], "/usrlib", false],
  [["/usr/lib"], "/usr", false],
  [["usr/"], "//usr//x", true],
  [["/"], "", true],
  [["/"], "anything", true],
  [[""], "/etc", true],
  [["/*"], "/", false],
  [["/*"], "x", true],
  [[], "/usr", false],
  [["/usr/*/x86"], "/usr/lib/x86/libc.so", true],
  [["/usr/**/libc.so"], "/usr/lib/x86/libc.so", false],
  [["/usr/lib/x86/libc.so/more"], "/usr/lib/x86/libc.so", false],
  [["/a/b", "/a"], "/a/c", true],
  [["/a/x/y", "/a/*/z"], "/a/x/z", true],
  [["/opt/di*/subdir", "/opt/d*/nomatch"], "/opt/dir/subdir/f", true],
  [["/opt/d*/nomatch", "/opt/di*/subdir"], "/opt/dir/subdir/f", true],
  [["/[!a]b"], "/cb/d", true],
  [["/A*"], "/ab", false],
])("%j holds for %j: %s", (paths, text, verdict) => {
  expect(pathTest(paths)(text)).toBe(verdict);
});
