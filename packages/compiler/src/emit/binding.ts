// SPDX-License-Identifier: Apache-2.0

/**
 * When the result of a node can change: never; with the process of the event (see `isProcessField`); with the text of
 * one field, which is given by its slot; with each event.
 */
export type Binding = "never" | "process" | number | "event";

/** Binding of what is made of parts with these bindings. */
export function bindingOfParts(parts: readonly Binding[]): Binding {
  let common: Binding = "never";
  for (const part of parts) {
    if (part === "never" || part === common) continue;
    if (common !== "never") return "event";
    common = part;
  }
  return common;
}

/** Groups what changes with the same thing, in the order of the first of each; what changes with each event stays alone. */
export function groupByBinding<T extends { readonly binding: Binding }>(items: readonly T[]): readonly T[][] {
  const groups = new Map<Binding | T, T[]>();
  for (const item of items) {
    const key = item.binding === "event" ? item : item.binding;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}
