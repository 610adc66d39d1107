// SPDX-License-Identifier: Apache-2.0
// In CI properties are tried on the same random inputs at every run, so that a red run can be repeated and tells of the
// change at hand. Elsewhere each run has inputs of its own; `npm run fuzz` goes on for longer.
import fc from "fast-check";

const SEED = 20_261_121;

if (process.env.CI === "true") fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: SEED });
