// SPDX-License-Identifier: Apache-2.0
import type { Expr } from "../ir/expr.ts";
import type { FieldTable } from "../ir/field-table.ts";
import { addCondition } from "./build-graph.ts";
import { Graph, type TestNode } from "./graph.ts";
import { type Specialised, specialise } from "./specialise.ts";

/** A rule as far as matching goes. */
export interface EmitRule {
  readonly source: string;
  readonly condition: Expr;
  /** As in `ProgramRule.events`; only rules of the source `syscall` are told apart by it. */
  readonly events: readonly number[] | "all";
}

/**
 * Value of `evt.type` for each event code; null for codes whose events have different ones, and which every rule
 * that lists them may match (generic system calls, events of plugins).
 */
export type EventTypes = readonly (string | null)[];

/** A rule that events of some code may match, and what is left of its condition for them. */
export interface Candidate {
  readonly rule: number;
  readonly root: TestNode;
}

/** Event codes whose events may match the same rules under the same conditions. */
export interface CodeGroup {
  readonly codes: readonly number[];
  /** In load order. */
  readonly candidates: readonly Candidate[];
}

export interface Dispatch {
  /** Of all conditions. */
  readonly graph: Graph;
  readonly sources: readonly SourceDispatch[];
}

export interface SourceDispatch {
  readonly source: string;
  readonly groups: readonly CodeGroup[];
  /** For every other code: all rules of the source. */
  readonly rest: readonly Candidate[];
}

/** Source whose events are told apart by code. The others have one kind of event. */
const SYSCALL_SOURCE = "syscall";

/** Code of injected events, which every rule of the source may match. */
const ASYNC_EVENT_CODE = 402;

/** Decides which rules the events of each source and code have to be tested against. */
export function planDispatch(
  rules: readonly EmitRule[],
  fields: FieldTable,
  eventTypes: EventTypes,
): Dispatch {
  const graph = new Graph();
  const roots = rules.map((rule) => addCondition(graph, fields, rule.condition));
  const names = [...new Set(rules.map((rule) => rule.source))];
  const sources = names.map((source) => {
    const rest = rules.flatMap((rule, i) => (rule.source === source ? [{ rule: i, root: roots[i]! }] : []));
    const groups = source === SYSCALL_SOURCE ? codeGroups(graph, rules, rest, eventTypes) : [];
    return { source, groups, rest: rest.filter(canHold) };
  });
  return { graph, sources };
}

function codeGroups(
  graph: Graph,
  rules: readonly EmitRule[],
  all: readonly Candidate[],
  eventTypes: EventTypes,
): readonly CodeGroup[] {
  const known = new Map<string, Specialised>();
  const groups = new Map<string, { codes: number[]; candidates: readonly Candidate[] }>();
  for (const [code, listed] of candidatesByCode(rules, all, eventTypes.length).entries()) {
    if (code === ASYNC_EVENT_CODE) continue;
    const candidates = specialiseAll(graph, listed, eventTypes[code] ?? null, known);
    const key = candidates.map(({ rule, root }) => `${rule}:${root.id}`).join();
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { codes: [code], candidates });
    else group.codes.push(code);
  }
  return [...groups.values()];
}

function candidatesByCode(
  rules: readonly EmitRule[],
  all: readonly Candidate[],
  codes: number,
): readonly Candidate[][] {
  const byCode = Array.from({ length: codes }, (): Candidate[] => []);
  for (const candidate of all) {
    const { events } = rules[candidate.rule]!;
    if (events === "all") for (const listed of byCode) listed.push(candidate);
    else for (const code of new Set(events)) byCode[code]?.push(candidate);
  }
  return byCode;
}

function specialiseAll(
  graph: Graph,
  candidates: readonly Candidate[],
  eventType: string | null,
  known: Map<string, Specialised>,
): readonly Candidate[] {
  if (eventType === null) return candidates.filter(canHold);
  const results = known.get(eventType) ?? new Map();
  known.set(eventType, results);
  return candidates
    .map(({ rule, root }) => ({ rule, root: specialise(graph, root, eventType, results) }))
    .filter(canHold);
}

function canHold({ root }: Candidate): boolean {
  return root.kind !== "constant" || root.value;
}
