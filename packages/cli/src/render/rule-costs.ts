// SPDX-License-Identifier: Apache-2.0
import type { RuleCost, RuleCosts } from "../bench/measure-rules.ts";
import type { RuleEvents } from "../rule-events.ts";
import { renderTable } from "./table.ts";

/** A rule stands out when it costs so many times what half of the rules stay below … */
const TIMES_MEDIAN = 10;
/** … and no less than this, in ns an event: below it nobody would notice. */
const NOTICEABLE_NS = 50;

/** Costs as a table, dearest rule first, and after it a line for each rule that spoils the whole. */
export function renderRuleCosts(
  costs: RuleCosts,
  events: readonly RuleEvents[],
  top: number,
  width: number,
): string {
  const { baseNs, allNs, rules } = costs;
  const dearest = rules.toSorted((a, b) => b.ns - a.ns);
  const shown = dearest.slice(0, top);
  const rows = [
    ["ns/event", "matches", "rule"],
    ...shown.map(({ ns, matches, rule }) => [ns.toFixed(1).padStart(8), String(matches).padStart(7), rule]),
  ];
  const more = dearest.length - shown.length;
  return [
    `${costs.events} events; ${baseNs.toFixed(0)} ns an event to read and follow them, ${allNs.toFixed(0)} ns for ${rules.length} rules together\n`,
    renderTable(rows, width),
    more > 0 ? `${more} cheaper rules are not shown; see --top\n` : "",
    ...spoilers(rules).map((cost) => `${warning(cost, events)}\n`),
  ].join("");
}

/** Rules that cost far more than the others. */
export function spoilers(rules: readonly RuleCost[]): readonly RuleCost[] {
  const sorted = rules.map((one) => one.ns).sort((a, b) => a - b);
  const median = sorted[sorted.length >> 1] ?? 0;
  const limit = Math.max(NOTICEABLE_NS, TIMES_MEDIAN * median);
  return rules.filter((one) => one.ns > limit).toSorted((a, b) => b.ns - a.ns);
}

function warning({ rule, ns }: RuleCost, events: readonly RuleEvents[]): string {
  const all = events.find((one) => one.rule === rule)?.events === "all";
  const why = all
    ? "; it is tried on every event type: restrict evt.type"
    : "; see what its condition reads for each event";
  return `warning: rule "${rule}" costs ${ns.toFixed(0)} ns an event, far more than the others${why}`;
}
