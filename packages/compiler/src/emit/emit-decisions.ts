// SPDX-License-Identifier: Apache-2.0
import { type Code, code, joinCode, nameCode } from "./code.ts";
import type { Decision } from "./decision.ts";
import { chunks, type NodeEmitter } from "./emit-nodes.ts";

/** Longest code of a block that is written out where it is used. */
const BLOCK_LENGTH_MAX = 2_000;

/** What a function does with the rules that match. */
interface Form {
  readonly kind: "c" | "a";
  readonly parameters: Code;
  /** Statement that runs a function of this form. */
  call(name: Code): Code;
  /** Whether a match of the rule still counts. */
  counts(rule: number): Code;
  accept(rule: number): Code;
  readonly end: Code;
}

/** `r` is the first rule found so far. */
const FIRST: Form = {
  kind: "c",
  parameters: code`ev, r`,
  call: (name) => code`r = ${name}(ev, r);`,
  counts: (rule) => code`r > ${rule} && ${nameCode("e", rule)}`,
  accept: (rule) => code`r = ${rule};`,
  end: code` return r;`,
};

/** `m` takes all rules. */
const ALL: Form = {
  kind: "a",
  parameters: code`ev, m`,
  call: (name) => code`${name}(ev, m);`,
  counts: (rule) => nameCode("e", rule),
  accept: (rule) => code`m.push(${rule});`,
  end: code``,
};

/** Statements that return the first rule that matches, or -1; rules have numbers below `rules`. */
export function emitFirst(decisions: readonly Decision[], rules: number, emitter: NodeEmitter): Code {
  if (decisions.length === 0) return code`return -1;`;
  const body = joinCode(outlined(statements(decisions, FIRST, emitter), FIRST, emitter), code` `);
  return code`{ next(ev); let r = ${rules}; ${body} return r === ${rules} ? -1 : r; }`;
}

/** Statements that append all rules that match, in load order. */
export function emitAll(decisions: readonly Decision[], emitter: NodeEmitter): Code {
  if (decisions.length === 0) return code`return;`;
  const body = joinCode(outlined(statements(decisions, ALL, emitter), ALL, emitter), code` `);
  return code`{ next(ev); const n = m.length; ${body} if (m.length > n + 1) m.push(...m.splice(n).sort((x, y) => x - y)); return; }`;
}

function statements(decisions: readonly Decision[], form: Form, emitter: NodeEmitter): readonly Code[] {
  return decisions.map((decision) => statement(decision, form, emitter));
}

function statement({ guards, rules, parts }: Decision, form: Form, emitter: NodeEmitter): Code {
  const test = guards.length === 0 ? code`true` : emitter.conjunction(guards);
  const [rule] = rules;
  if (rule !== undefined && rules.length === 1 && parts.length === 0) {
    return code`if (${form.counts(rule)} && ${test}) ${form.accept(rule)}`;
  }
  const inner = [
    ...rules.map((one) => code`if (${form.counts(one)}) ${form.accept(one)}`),
    ...statements(parts, form, emitter),
  ];
  const length = inner.reduce((sum, one) => sum + one.length, 0);
  const block = length <= BLOCK_LENGTH_MAX ? inner : outlined(inner, form, emitter);
  return code`if (${test}) {\n${joinCode(block, code`\n`)}\n}`;
}

/** Moves statements into functions of bounded length. */
function outlined(inner: readonly Code[], form: Form, emitter: NodeEmitter): readonly Code[] {
  return chunks(inner).map((run) => {
    const name = emitter.name(form.kind);
    const body = joinCode(run, code`\n`);
    emitter.functions.push(code`function ${name}(${form.parameters}) { let a, b;\n${body}\n${form.end} }`);
    return form.call(name);
  });
}
