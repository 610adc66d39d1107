// SPDX-License-Identifier: Apache-2.0
import { FieldTable } from "../ir/field-table.ts";
import { type Arrangement, arrangeRules } from "./arrange.ts";
import type { Decision } from "./decision.ts";
import type { EmitRule, EventTypes } from "./dispatch.ts";
import type { TestNode } from "./graph.ts";
import type { Kept } from "./plan.ts";
import { printTest } from "./print-test.ts";

/** What is evaluated for events of some codes. */
export interface PlanGroup {
  readonly source: string;
  /** Event codes; "other": every code that no other group of the source has. */
  readonly codes: readonly number[] | "other";
  /** Each step is looked at on its own; the first rule in load order counts. None: nothing is evaluated. */
  readonly steps: readonly PlanStep[];
}

/** Tests that are made in this order until one fails, and what follows when none does. */
export interface PlanStep {
  readonly tests: readonly PlanTest[];
  /** Numbers of the rules that match then. */
  readonly rules: readonly number[];
  readonly steps: readonly PlanStep[];
}

export interface PlanTest {
  /** In the language of conditions. */
  readonly text: string;
  /** Expected time in ns, shared work spread over its uses. */
  readonly costNs: number;
  /** Expected share of events for which it holds. */
  readonly likelihood: number;
  readonly kept: Kept;
}

/** How compiled rules are evaluated: the same plan that `emitProgram` writes down as code. */
export function explainPlan(rules: readonly EmitRule[], eventTypes: EventTypes): readonly PlanGroup[] {
  const arrangement = arrangeRules(rules, new FieldTable(), eventTypes);
  const stepsOf = (decisions: readonly Decision[]) => explainDecisions(decisions, arrangement);
  return arrangement.sources.flatMap(({ source, groups, rest }): PlanGroup[] => [
    ...groups.map(({ codes, decisions }) => ({ source, codes, steps: stepsOf(decisions) })),
    { source, codes: "other", steps: stepsOf(rest) },
  ]);
}

function explainDecisions(decisions: readonly Decision[], arrangement: Arrangement): readonly PlanStep[] {
  return decisions.map(({ guards, rules, parts }) => ({
    tests: guards.map((test) => explainTest(test, arrangement)),
    rules,
    steps: explainDecisions(parts, arrangement),
  }));
}

function explainTest(test: TestNode, { plans }: Arrangement): PlanTest {
  const { cost, likelihood, kept } = plans.get(test)!;
  return { text: printTest(test), costNs: cost, likelihood, kept };
}
