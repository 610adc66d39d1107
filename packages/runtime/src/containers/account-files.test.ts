// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readAccounts } from "./account-files.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "falcoc-accounts-"));
  mkdirSync(join(root, "etc"));
});
afterEach(() => rmSync(root, { recursive: true }));

async function check(passwd: string, group: string | null): Promise<string[]> {
  writeFileSync(join(root, "etc", "passwd"), passwd);
  if (group !== null) writeFileSync(join(root, "etc", "group"), group);
  const accounts = await readAccounts(root);
  return accounts.map((one) =>
    one.kind === "user" ? `${one.name} ${one.uid}:${one.gid}` : `${one.name} ${one.gid}`,
  );
}

it.each([
  ["users and groups", "app:x:10:20:App:/app:/bin/sh\n", "team:x:20:app\n", ["app 10:20", "team 20"]],
  ["users alone", "app:x:10:20:::\n", null, ["app 10:20"]],
  [
    "lines that are none",
    "app\n:::\na:x:b:c:d:e:f\nx:x:99999999999:1:::\n\nok:x:1:2:::",
    "g:x:-1:\n",
    ["ok 1:2"],
  ],
  ["no lines that refer elsewhere", "+nis:x:1:1:::\n-no:x:2:2:::\n+::::::\n", "+all:x:3:\n", []],
] as const)("reads %s", async (_, passwd, group, expected) => {
  expect(await check(passwd, group)).toEqual(expected);
});

it.each([
  ["a missing file", () => {}],
  ["a link", (path: string) => symlinkSync("/etc/passwd", path)],
  ["a pipe, without waiting for it", (path: string) => execFileSync("mkfifo", [path])],
  ["a folder", (path: string) => mkdirSync(path)],
  ["a file that is too long", (path: string) => writeFileSync(path, Buffer.alloc(1024 * 1024 + 1))],
] as const)("refuses %s", async (_, make) => {
  make(join(root, "etc", "passwd"));
  await expect(readAccounts(root)).rejects.toThrow();
});
