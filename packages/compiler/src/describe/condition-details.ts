// SPDX-License-Identifier: Apache-2.0
import { type Condition, decodeText, type Field, visitCondition } from "@falcoc/parser";

/** What a condition consists of, each thing once, sorted. */
export interface ConditionDetails {
  readonly fields: readonly string[];
  /** With their modifier, as in `= anyof`. */
  readonly operators: readonly string[];
  readonly macros: readonly string[];
  /** Items of lists in parentheses, among which names of lists may be. */
  readonly items: readonly string[];
}

export function conditionDetails(condition: Condition): ConditionDetails {
  const fields = new Set<string>();
  const operators = new Set<string>();
  const macros = new Set<string>();
  const items = new Set<string>();
  visitCondition(condition, {
    field: (field) => {
      fields.add(fieldText(field));
      return undefined;
    },
    exists: () => {
      operators.add("exists");
      return undefined;
    },
    check: ({ operator, modifier }) => {
      operators.add(modifier === null ? operator : `${operator} ${modifier}`);
      return undefined;
    },
    macro: ({ name }) => {
      macros.add(name);
      return undefined;
    },
    list: (list) => {
      for (const { text } of list.items) items.add(text);
      return undefined;
    },
  });
  return {
    fields: sorted(fields),
    operators: sorted(operators),
    macros: sorted(macros),
    items: sorted(items),
  };
}

/** A field as the engine names it: with its argument in brackets. */
export function fieldText({ name, argument }: Field): string {
  return argument === null ? name : `${name}[${decodeText(argument)}]`;
}

export function sorted(texts: Iterable<string>): readonly string[] {
  return [...texts].sort();
}
