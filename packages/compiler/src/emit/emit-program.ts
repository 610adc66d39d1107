// SPDX-License-Identifier: Apache-2.0
import type { FieldTable } from "../ir/field-table.ts";
import type { FieldUse } from "../program/index.ts";
import { type Code, code, joinCode, nameCode } from "./code.ts";
import {
  type Candidate,
  type EmitRule,
  type EventTypes,
  planDispatch,
  type SourceDispatch,
} from "./dispatch.ts";
import { chunks, NodeEmitter } from "./emit-nodes.ts";
import type { TestNode } from "./graph.ts";
import { planNodes, type Roots } from "./plan.ts";

export interface EmitOptions {
  /** Slots so far, of outputs for example; those of the conditions are added. */
  readonly fields: FieldTable;
  readonly eventTypes: EventTypes;
}

export interface EmittedProgram {
  /** Body of a function, see `Program.code`. */
  readonly code: string;
  /** All fields of the table, by slot. */
  readonly fields: readonly FieldUse[];
}

/** Events after which the numbers that tell them apart start again. */
const EVENTS_MAX = 2 ** 30;

/** Emits the code that finds the rules which an event matches. Rules are numbered as they come. */
export function emitProgram(rules: readonly EmitRule[], { fields, eventTypes }: EmitOptions): EmittedProgram {
  const dispatches = planDispatch(rules, fields, eventTypes);
  const emitter = emitNodes(dispatches);
  const entries = dispatches.map((dispatch) => emitSource(dispatch, emitter));
  const declarations = [
    ...emitter.slots.map((slot) => code`const ${nameCode("f", slot)} = field(${slot});`),
    ...rules.map((_, rule) => code`const ${nameCode("e", rule)} = enabled(${rule});`),
    ...emitter.constants.declarations,
    code`const M = new Int32Array(${emitter.keptTests});`,
    code`const E = new Int32Array(${emitter.keptValues});`,
    code`const V = new Array(${emitter.keptValues}).fill(null);`,
    code`let no = 0, yes = 1;`,
    code`function next() { if (no >= ${EVENTS_MAX}) { no = 0; M.fill(0); E.fill(0); } no += 2; yes = no + 1; }`,
    ...emitter.functions,
    emitEntry(entries),
  ];
  return {
    code: joinCode([code`"use strict";`, ...declarations], code`\n`).toString(),
    fields: fields.fields,
  };
}

/** Plans and emits the conditions of all groups; what two events never meet together does not count together. */
function emitNodes(dispatches: readonly SourceDispatch[]): NodeEmitter {
  const bySource = dispatches.flatMap(({ groups, rest }) => [
    rootsOf(groups.map((group) => group.candidates)),
    rootsOf([rest]),
  ]);
  const places = new Map<TestNode, number>();
  for (const { groups, rest } of dispatches) {
    for (const candidates of [rest, ...groups.map((group) => group.candidates)]) {
      for (const { root } of candidates) places.set(root, (places.get(root) ?? 0) + 1);
    }
  }
  return new NodeEmitter(planNodes(bySource), places);
}

function rootsOf(groups: readonly (readonly Candidate[])[]): Roots {
  const rules = new Map<TestNode, Set<number>>();
  for (const { rule, root } of groups.flat()) rules.set(root, (rules.get(root) ?? new Set()).add(rule));
  return new Map([...rules].map(([root, users]) => [root, users.size]));
}

interface SourceEntry {
  readonly source: string;
  readonly first: Code;
  readonly all: Code;
}

function emitEntry(entries: readonly SourceEntry[]): Code {
  const first = entries.map(({ source, first }) => code`case ${source}: return ${first}(ev, code);`);
  const all = entries.map(({ source, all }) => code`case ${source}: return ${all}(ev, code, m);`);
  return code`return {
first(ev, source, code) { switch (source) { ${joinCode(first, code` `)} } return -1; },
all(ev, source, code, m) { switch (source) { ${joinCode(all, code` `)} } },
};`;
}

/** Emits the functions of one source: they pick the rules for the code of the event. */
function emitSource({ source, groups, rest }: SourceDispatch, emitter: NodeEmitter): SourceEntry {
  const firstCases: Code[] = [];
  const allCases: Code[] = [];
  for (const { codes, candidates } of groups) {
    const labels = joinCode(
      codes.map((one) => code`case ${one}:`),
      code` `,
    );
    firstCases.push(code`${labels} ${emitFirst(candidates, emitter)}`);
    allCases.push(code`${labels} ${emitAll(candidates, emitter)}`);
  }
  firstCases.push(code`default: ${emitFirst(rest, emitter)}`);
  allCases.push(code`default: ${emitAll(rest, emitter)}`);
  const [first, all] = [emitter.name("s"), emitter.name("r")];
  emitter.functions.push(
    code`function ${first}(ev, code) { switch (code) {\n${joinCode(firstCases, code`\n`)}\n} }`,
    code`function ${all}(ev, code, m) { switch (code) {\n${joinCode(allCases, code`\n`)}\n} }`,
  );
  return { source, first, all };
}

/** Statement that returns the first rule that matches, or -1. */
function emitFirst(candidates: readonly Candidate[], emitter: NodeEmitter): Code {
  if (candidates.length === 0) return code`return -1;`;
  const tests = candidates.map((one) => code`if (${guarded(one, emitter)}) return ${one.rule};`);
  const parts = chunks(tests).map((statements) => {
    const name = emitter.name("c");
    const body = joinCode(statements, code`\n`);
    emitter.functions.push(code`function ${name}(ev) { let a, b;\n${body}\nreturn -1; }`);
    return name;
  });
  const [head, ...tail] = parts.map((name) => code`${name}(ev)`);
  if (tail.length === 0) return code`next(); return ${head!};`;
  const steps = tail.map((call) => code`if (r === -1) r = ${call};`);
  return code`{ next(); let r = ${head!}; ${joinCode(steps, code` `)} return r; }`;
}

/** Statements that append all rules that match. */
function emitAll(candidates: readonly Candidate[], emitter: NodeEmitter): Code {
  if (candidates.length === 0) return code`return;`;
  const tests = candidates.map((one) => code`if (${guarded(one, emitter)}) m.push(${one.rule});`);
  const calls = chunks(tests).map((statements) => {
    const name = emitter.name("a");
    const body = joinCode(statements, code`\n`);
    emitter.functions.push(code`function ${name}(ev, m) { let a, b;\n${body}\n}`);
    return code`${name}(ev, m);`;
  });
  return code`next(); ${joinCode(calls, code` `)} return;`;
}

function guarded({ rule, root }: Candidate, emitter: NodeEmitter): Code {
  const enabled = nameCode("e", rule);
  if (root.kind === "constant") return enabled;
  return code`${enabled} && ${emitter.test(root)}`;
}
