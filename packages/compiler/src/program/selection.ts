// SPDX-License-Identifier: Apache-2.0

/**
 * Whether a name fits a pattern in which `*` stands for any run of characters and nothing else is special. Like the
 * engine's, the match takes the first place at which each piece between two stars occurs and never goes back, so
 * `*ab` does not match `abab`.
 */
export function matchesWildcard(pattern: string, name: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const piece of rest) {
    const found = name.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return at === name.length || (rest.length > 0 && rest.at(-1) === "");
}

/** How a change of the enabled rules names them. */
export type RuleSelector =
  | { readonly by: "name" /** A pattern with `*`; the whole name must fit. */; readonly pattern: string }
  | { readonly by: "exact" /** Empty: every rule. */; readonly name: string }
  | { readonly by: "substring"; readonly text: string }
  | { readonly by: "tags" /** A rule with any of them is meant. */; readonly tags: readonly string[] };

/** One step of a configuration's list of rules to enable and to disable. */
export interface RuleChange {
  readonly enable: boolean;
  readonly select: RuleSelector;
}

/** Whether a selector means a rule. */
export function selects(
  select: RuleSelector,
  rule: { readonly name: string; readonly tags: readonly string[] },
): boolean {
  switch (select.by) {
    case "name":
      return matchesWildcard(select.pattern, rule.name);
    case "exact":
      return select.name === "" || rule.name === select.name;
    case "substring":
      return rule.name.includes(select.text);
    case "tags":
      return rule.tags.some((tag) => select.tags.includes(tag));
    default:
      return select satisfies never;
  }
}

/** Which rules are enabled after changes made in order: the last change that means a rule wins. */
export function enabledAfter(
  rules: readonly { readonly name: string; readonly tags: readonly string[]; readonly enabled: boolean }[],
  changes: readonly RuleChange[],
): boolean[] {
  return rules.map((rule) =>
    changes.reduce(
      (enabled, change) => (selects(change.select, rule) ? change.enable : enabled),
      rule.enabled,
    ),
  );
}
