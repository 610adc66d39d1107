// SPDX-License-Identifier: Apache-2.0
import { build, type Metafile } from "esbuild";
import { expect, it } from "vitest";
import { cliBundle } from "./cli-bundle.ts";

/** Every module outside the bundle that loading a command brings in. */
function modulesOf(command: string, { outputs }: Metafile): ReadonlySet<string> {
  const entry = Object.keys(outputs).find(
    (path) => outputs[path]?.entryPoint === `src/commands/${command}.ts`,
  );
  const modules = new Set<string>();
  const seen = new Set<string>();
  const open = [entry ?? ""];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    for (const one of outputs[path]?.imports ?? []) {
      if (one.kind !== "import-statement") continue;
      if (one.external) modules.add(one.path);
      else open.push(one.path);
    }
  }
  return modules;
}

it("a command loads what it uses, not what others use of the same packages", async () => {
  const { metafile } = await build({ ...cliBundle("dist"), write: false, metafile: true });
  expect(modulesOf("run", metafile)).toContain("node:http");
  expect(modulesOf("lint", metafile)).toContain("node:fs/promises");
  for (const name of ["node:http", "node:http2", "node:net", "node:zlib"]) {
    expect(modulesOf("lint", metafile)).not.toContain(name);
  }
});
