// SPDX-License-Identifier: Apache-2.0
import { EVENTS } from "./events/index.ts";
import { lazy } from "./lazy.ts";
import type { EventParameter } from "./types.ts";

/**
 * The parameter whose name is the longest prefix of a text, as the first event that has it declares it; null when
 * no name is a prefix.
 */
export function longestParameter(text: string): EventParameter | null {
  let longest: EventParameter | null = null;
  for (const parameter of parameters().values()) {
    if (text.startsWith(parameter.name) && parameter.name.length > (longest?.name.length ?? 0))
      longest = parameter;
  }
  return longest;
}

/** Names that `evt.arg.NAME` and `evt.rawarg.NAME` take, in the order of the event table. */
export function parameterNames(): readonly string[] {
  return [...parameters().keys()];
}

const parameters = lazy(() => {
  const first = new Map<string, EventParameter>();
  for (const event of EVENTS) {
    for (const parameter of event.parameters) {
      if (!first.has(parameter.name)) first.set(parameter.name, parameter);
    }
  }
  return first;
});
