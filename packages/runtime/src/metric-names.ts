// SPDX-License-Identifier: Apache-2.0

/** A rule's name as a metric's label shows it: letters, digits, `_` and `:`, other runs as one `_`, none at the end. */
export function metricRuleName(rule: string): string {
  return rule
    .replace(/[^A-Za-z0-9_:]/g, "_")
    .replace(/_+/g, "_")
    .replace(/_$/, "");
}

const UNIT_MS = { y: 31_536_000_000, w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/**
 * Milliseconds of an interval such as `1h30m` or `2h 5m`: units `y w d h m s ms`, from the longest to the shortest,
 * each at most once. 0 for any other text.
 */
export function parseInterval(text: string): number {
  const units = Object.entries(UNIT_MS);
  const pattern = units.map(([unit]) => `(?:(\\d+)${unit}${unit === "m" ? "(?!s)" : ""}\\s*)?`).join("");
  const match = new RegExp(`^\\s*${pattern}$`).exec(text);
  if (match === null) return 0;
  return units.reduce((sum, [, ms], index) => sum + Number(match[index + 1] ?? 0) * ms, 0);
}
