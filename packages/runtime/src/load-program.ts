// SPDX-License-Identifier: Apache-2.0
import { type Instantiate, PROGRAM_VERSION, type Program } from "@falcoc/compiler/program";
import type { Event } from "./event.ts";

/**
 * The function that makes evaluators of a program, out of its generated source text. This is the only place in the
 * project that evaluates text. Where that is forbidden, as by a content security policy, `falcoc compile` writes the
 * same function as a module, which is passed to `createEngine` instead.
 */
export function loadProgram(program: Program): Instantiate<Event> {
  if (program.version !== PROGRAM_VERSION) {
    throw new TypeError(
      `the rules were compiled for version ${program.version} of the program format, this is ${PROGRAM_VERSION}: compile them again`,
    );
  }
  return new Function("rt", "field", "enabled", "remember", program.code) as Instantiate<Event>;
}
