// SPDX-License-Identifier: Apache-2.0

/** Longest name that is compared; longer ones are no slips of the pen. */
const NAME_LENGTH_MAX = 80;

/**
 * The candidate that a mistyped name was most likely meant to be; null when none is near. A difference in case
 * alone counts little; of equally near candidates the one that begins the same for longest wins, else the first.
 */
export function suggest(name: string, candidates: Iterable<string>): string | null {
  if (name.length > NAME_LENGTH_MAX) return null;
  let best: string | null = null;
  let least = Math.max(1, Math.floor(name.length / 3));
  for (const candidate of candidates) {
    if (candidate === name || Math.abs(candidate.length - name.length) > least) continue;
    const distance = editDistance(name, candidate, least);
    if (
      distance > least ||
      (distance === least && commonStart(name, candidate) <= commonStart(name, best ?? ""))
    )
      continue;
    least = distance;
    best = candidate;
  }
  return best;
}

/** A sentence for a hint; undefined when no candidate is near. */
export function didYouMean(name: string, candidates: Iterable<string>): string | undefined {
  const nearest = suggest(name, candidates);
  return nearest === null ? undefined : `did you mean "${nearest}"?`;
}

/**
 * Number of single-letter insertions, deletions, replacements and swaps of neighbours that turn one name into the
 * other; a change of case costs a tenth. Infinity as soon as it is certain to exceed `limit`.
 */
function editDistance(from: string, to: string, limit: number): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = (last[j - 1] ?? 0) + replacementCost(from[i - 1] ?? "", to[j - 1] ?? "");
      let cost = Math.min(replaced, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      if (swapped) cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    if (Math.min(...row) > limit) return Number.POSITIVE_INFINITY;
    beforeLast = last;
    last = row;
  }
  return last[to.length] ?? 0;
}

function commonStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

function replacementCost(from: string, to: string): number {
  if (from === to) return 0;
  return from.toLowerCase() === to.toLowerCase() ? 0.1 : 1;
}
