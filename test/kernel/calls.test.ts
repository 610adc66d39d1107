// SPDX-License-Identifier: Apache-2.0
import { afterAll, beforeAll } from "vitest";
import { compile, describeKernel, scratchFolder } from "./kernel.ts";
import { type Watched, watch } from "./watch.ts";
import { holdWitness } from "./witness.ts";

describeKernel("system calls", () => {
  const { folder, remove } = scratchFolder();
  let seen: Watched;

  beforeAll(async () => {
    seen = await watch(compile("witness", folder), [folder]);
  });
  afterAll(remove);

  holdWitness(`${folder}/witness`, () => seen);
});
