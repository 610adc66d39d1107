// SPDX-License-Identifier: Apache-2.0

/** Cases that one test may unfold into. */
export const CASES_MAX = 10_000;

const WHOLE_TEMPLATE = /^\s*%\{\s*item\.([A-Za-z0-9_]+)\s*\}\s*$/;
const TEMPLATES = /%\{\s*item\.([A-Za-z0-9_]+)\s*\}/g;

export type Item = Readonly<Record<string, unknown>>;

/**
 * Unfolds a test's `cases`: a matrix gives every combination of its values, a vector one case. No cases: one, without
 * values. More than `CASES_MAX` are cut; `dropped` counts them.
 */
export function expandCases(cases: unknown): { items: readonly Item[]; dropped: number } | { error: string } {
  if (cases === undefined || cases === null) return { items: [{}], dropped: 0 };
  if (!Array.isArray(cases)) return { error: '"cases" must be a list' };
  const items: Item[] = [];
  let dropped = 0;
  for (const one of cases) {
    const { strategy, values } = (one ?? {}) as { strategy?: unknown; values?: unknown };
    if (typeof values !== "object" || values === null) return { error: 'a case needs "values"' };
    if (strategy === "vector") items.push(values as Item);
    else if (strategy === "matrix") {
      const axes = Object.entries(values);
      const count = axes.reduce((product, [, list]) => product * (Array.isArray(list) ? list.length : 1), 1);
      const room = Math.max(0, CASES_MAX - items.length);
      for (let index = 0; index < Math.min(count, room); index++) items.push(combination(axes, index));
      dropped += Math.max(0, count - room);
    } else return { error: `unknown strategy "${String(strategy)}"; "matrix" and "vector" are known` };
  }
  return { items, dropped };
}

/** Replaces `%{ item.NAME }` everywhere in a value; a text that is nothing else becomes the value itself. */
export function fillTemplates(value: unknown, item: Item): unknown {
  if (typeof value === "string") {
    const whole = WHOLE_TEMPLATE.exec(value);
    if (whole !== null) return item[whole[1] ?? ""];
    return value.replace(TEMPLATES, (_, name: string) => String(item[name] ?? ""));
  }
  if (Array.isArray(value)) return value.map((one) => fillTemplates(one, item));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fillTemplates(one, item)]));
  }
  return value;
}

function combination(axes: readonly (readonly [string, unknown])[], index: number): Item {
  let rest = index;
  const picked: [string, unknown][] = [];
  for (const [name, list] of axes.toReversed()) {
    const values: readonly unknown[] = Array.isArray(list) ? list : [list];
    picked.unshift([name, values[rest % values.length]]);
    rest = Math.floor(rest / values.length);
  }
  return Object.fromEntries(picked);
}
