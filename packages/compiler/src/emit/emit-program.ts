// SPDX-License-Identifier: Apache-2.0
import type { FieldTable } from "../ir/field-table.ts";
import type { FieldUse } from "../program/index.ts";
import { type ArrangedSource, arrangeRules } from "./arrange.ts";
import { type Code, code, joinCode, nameCode } from "./code.ts";
import type { EmitRule, EventTypes } from "./dispatch.ts";
import { emitAll, emitFirst } from "./emit-decisions.ts";
import { NodeEmitter } from "./emit-nodes.ts";

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
  const { sources, plans, places } = arrangeRules(rules, fields, eventTypes);
  const emitter = new NodeEmitter(plans, places);
  const entries = sources.map((one) => emitSource(one, rules.length, emitter));
  const declarations = [
    ...emitter.slots.map((slot) => code`const ${nameCode("f", slot)} = field(${slot});`),
    ...rules.map((_, rule) => code`const ${nameCode("e", rule)} = enabled(${rule});`),
    ...emitter.constants.declarations,
    code`const M = new Int32Array(${emitter.keptTests});`,
    code`const E = new Int32Array(${emitter.keptValues});`,
    code`const V = new Array(${emitter.keptValues}).fill(null);`,
    code`let no = 0, yes = 1;`,
    ...emitter.memories,
    code`function next(ev) { if (no >= ${EVENTS_MAX}) { no = 0; M.fill(0); E.fill(0); } no += 2; yes = no + 1; P = remembered(ev); }`,
    ...emitter.functions,
    emitEntry(entries),
  ];
  return {
    code: joinCode([code`"use strict";`, ...declarations], code`\n`).toString(),
    fields: fields.fields,
  };
}

interface SourceEntry {
  readonly source: string;
  readonly first: Code;
  readonly all: Code;
  /** Set of the codes that no rule may match. */
  readonly idle: Code;
}

function emitEntry(entries: readonly SourceEntry[]): Code {
  const first = entries.map(({ source, first }) => code`case ${source}: return ${first}(ev, code);`);
  const all = entries.map(({ source, all }) => code`case ${source}: return ${all}(ev, code, m);`);
  const idle = entries.map(({ source, idle }) => code`case ${source}: return !${idle}.has(code);`);
  return code`return {
first(ev, source, code) { switch (source) { ${joinCode(first, code` `)} } return -1; },
all(ev, source, code, m) { switch (source) { ${joinCode(all, code` `)} } },
mayMatch(source, code) { switch (source) { ${joinCode(idle, code` `)} } return false; },
};`;
}

/** Emits the functions of one source: they pick the rules for the code of the event. */
function emitSource(
  { source, groups, rest }: ArrangedSource,
  rules: number,
  emitter: NodeEmitter,
): SourceEntry {
  const firstCases: Code[] = [];
  const allCases: Code[] = [];
  for (const { codes, decisions } of groups) {
    const labels = joinCode(
      codes.map((one) => code`case ${one}:`),
      code` `,
    );
    firstCases.push(code`${labels} ${emitFirst(decisions, rules, emitter)}`);
    allCases.push(code`${labels} ${emitAll(decisions, emitter)}`);
  }
  firstCases.push(code`default: ${emitFirst(rest, rules, emitter)}`);
  allCases.push(code`default: ${emitAll(rest, emitter)}`);
  const [first, all, idle] = [emitter.name("s"), emitter.name("r"), emitter.name("w")];
  const idleCodes = groups.filter(({ decisions }) => decisions.length === 0).flatMap(({ codes }) => codes);
  emitter.functions.push(
    code`const ${idle} = new Set([${joinCode(idleCodes, code`, `)}]);`,
    code`function ${first}(ev, code) { switch (code) {\n${joinCode(firstCases, code`\n`)}\n} }`,
    code`function ${all}(ev, code, m) { switch (code) {\n${joinCode(allCases, code`\n`)}\n} }`,
  );
  return { source, first, all, idle };
}
