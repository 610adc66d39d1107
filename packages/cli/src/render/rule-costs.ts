// SPDX-License-Identifier: Apache-2.0
import type { PartCost } from "../bench/measure-parts.ts";
import type { RuleCost, RuleCosts } from "../bench/measure-rules.ts";
import type { RuleEvents } from "../rule-events.ts";
import { plural } from "./lint-report.ts";
import { renderTable } from "./table.ts";

/** A rule stands out when it costs so many times what half of the rules stay below, or is tried on every event … */
const TIMES_MEDIAN = 10;
/** … and costs no less than this, in ns an event: below it nobody would notice. */
const NOTICEABLE_NS = 50;
/** Longer conditions are cut in a table: lists of a thousand names say nothing. */
const CONDITION_LENGTH_MAX = 90;

/** Costs of rules, and of the parts of some, by the name of the rule. */
export interface CostReport {
  readonly costs: RuleCosts;
  readonly parts: ReadonlyMap<string, readonly PartCost[]>;
  readonly events: readonly RuleEvents[];
}

/** Costs as tables, dearest rule and part first, and after them a line for each rule that spoils the whole. */
export function renderRuleCosts(report: CostReport, top: number, width: number): string {
  const { costs, parts, events } = report;
  const { baseNs, allNs, rules } = costs;
  const dearest = dearestFirst(rules);
  const shown = dearest.slice(0, top);
  const more = dearest.length - shown.length;
  return [
    `${plural(costs.events, "event")}; ${baseNs.toFixed(0)} ns an event to read and follow them, ${allNs.toFixed(0)} ns for ${plural(rules.length, "rule")} together\n`,
    costTable("rule", shown, ({ rule }) => rule, width),
    more > 0 ? `${plural(more, "cheaper rule")} not shown; see --top\n` : "",
    ...[...parts].map(
      ([rule, costs]) =>
        `\nparts of rule "${rule}", each as if it were tried first\n${costTable("part", dearestFirst(costs), partText, width)}`,
    ),
    ...spoilers(rules, events).map((cost) => `\n${warning(cost, report)}\n`),
  ].join("");
}

/** Rules that cost far more than the others, or are tried on every event; the dearest first. */
export function spoilers(rules: readonly RuleCost[], events: readonly RuleEvents[]): readonly RuleCost[] {
  const sorted = rules.map((one) => one.ns).sort((a, b) => a - b);
  const limit = TIMES_MEDIAN * (sorted[sorted.length >> 1] ?? 0);
  return dearestFirst(rules).filter(
    ({ rule, ns }) => ns > NOTICEABLE_NS && (ns > limit || seesEverything(rule, events)),
  );
}

interface Cost {
  readonly ns: number;
  readonly matches: number;
}

export function dearestFirst<C extends Cost>(costs: readonly C[]): readonly C[] {
  return costs.toSorted((a, b) => b.ns - a.ns);
}

function costTable<C extends Cost>(
  title: string,
  costs: readonly C[],
  textOf: (cost: C) => string,
  width: number,
): string {
  const rows = costs.map((cost) => [
    cost.ns.toFixed(1).padStart(8),
    String(cost.matches).padStart(7),
    textOf(cost),
  ]);
  return renderTable([["ns/event", "matches", title], ...rows], width);
}

function partText({ condition }: PartCost): string {
  return condition.length > CONDITION_LENGTH_MAX ? `${condition.slice(0, CONDITION_LENGTH_MAX)}…` : condition;
}

function seesEverything(rule: string, events: readonly RuleEvents[]): boolean {
  return events.find((one) => one.rule === rule)?.events === "all";
}

function warning({ rule, ns }: RuleCost, { parts, events }: CostReport): string {
  const [dearest] = dearestFirst(parts.get(rule) ?? []);
  const reasons = [
    ...(seesEverything(rule, events) ? ["it is tried on every event type: restrict evt.type"] : []),
    ...(dearest === undefined ? [] : [`most of it goes to ${partText(dearest)}${advice(dearest)}`]),
  ];
  return `warning: rule "${rule}" costs ${ns.toFixed(0)} ns an event; ${reasons.join("; ")}`;
}

function advice({ hasRegex }: PartCost): string {
  return hasRegex ? ": test first, with contains or startswith, for a text that the expression needs" : "";
}
