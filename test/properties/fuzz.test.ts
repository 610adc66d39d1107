// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { Random } from "../../tools/fuzz/random.ts";
import { tryCondition } from "../../tools/fuzz/try-condition.ts";
import { tryFiles } from "../../tools/fuzz/try-files.ts";
import { tryTemplate } from "../../tools/fuzz/try-template.ts";

/** Inputs of each kind: `npm run fuzz` goes on where this stops. */
const INPUTS = 1000;

it.each([tryCondition, tryTemplate, tryFiles])("$name at random show nothing wrong", (target) => {
  const random = new Random(1);
  let accepted = 0;
  for (let i = 0; i < INPUTS; i++) {
    const texts = target.make(random);
    const outcome = target.run(texts);
    expect(outcome.find, JSON.stringify(texts)).toBeNull();
    if (outcome.accepted) accepted++;
  }
  expect(accepted).toBeGreaterThan(INPUTS / 20);
});
