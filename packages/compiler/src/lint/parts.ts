// SPDX-License-Identifier: Apache-2.0
import type { ConditionMeaning, Meaning, Part } from "./meaning.ts";

export interface PlacedPart extends ConditionMeaning {
  readonly part: Part;
}

/** Every part of the conditions of rules, then of macros, which most rules are made of; outer ones first. */
export function* partsOf({ macros, rules }: Meaning): Generator<PlacedPart> {
  for (const condition of [...rules, ...macros]) {
    const open: Part[] = [condition.root];
    for (let part = open.pop(); part !== undefined; part = open.pop()) {
      yield { ...condition, part };
      for (let i = part.children.length - 1; i >= 0; i--) open.push(part.children[i]!);
    }
  }
}
