// SPDX-License-Identifier: Apache-2.0
import { afterAll, beforeAll } from "vitest";
import { compile, describeKernel, scratchFolder } from "./kernel.ts";
import { type Watched, watch } from "./watch.ts";
import { holdWitness } from "./witness.ts";

/** Kernel programs are loaded and a program is compiled meanwhile, on a machine that may be busy. */
const START_MS = 60_000;

describeKernel("system calls", () => {
  const { folder, remove } = scratchFolder();
  let seen: Watched;

  beforeAll(async () => {
    seen = await watch(compile("witness", folder), [folder]);
  }, START_MS);
  afterAll(remove);

  holdWitness(`${folder}/witness`, () => seen);
});
