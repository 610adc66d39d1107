// SPDX-License-Identifier: Apache-2.0
import { type CompileResult, compile, LINT_RULES, type LintOptions, lint } from "@falcoc/compiler";
import type { Diagnostic, SourceFile, Span } from "@falcoc/parser";
import { createEngine, type FlatEvent, flatEvent } from "@falcoc/runtime";
import { runEvent } from "../../packages/cli/src/run-event.ts";
import { randomRulesFile } from "./grammar.ts";
import { mutate } from "./mutate.ts";
import { seedItems } from "./seeds.ts";
import { type FuzzTarget, found } from "./target.ts";

/** Several rules files: loading, places, linting, describing, and running what comes out of them. */
export const tryFiles: FuzzTarget = {
  name: "rules files",
  weight: 4,
  make(random) {
    return Array.from({ length: random.chance(0.7) ? 1 : 2 + random.below(2) }, () => {
      const written = random.chance(0.6) ? randomRulesFile(random) : random.pick(ITEMS);
      return random.chance(0.6) ? mutate(random, written) : written;
    });
  },
  run(texts) {
    const files = texts.map((text, i) => ({ path: `${i + 1}.yaml`, text }));
    const compiled = compile(files);
    const find =
      misplaced(compiled.diagnostics, files) ??
      misplaced(lint(compiled, LINT_EVERYTHING), files) ??
      contradiction(compiled) ??
      failure(compiled);
    if (find !== null) return found(find);
    return { find: null, accepted: compiled.loads.every(({ successful }) => successful) };
  },
};

const ITEMS = seedItems();

const LINT_EVERYTHING: LintOptions = { run: runEvent, enable: LINT_RULES.map(({ code }) => code) };

/** A place of a finding, or of what mends it, that is not in its file. */
function misplaced(diagnostics: readonly Diagnostic[], files: readonly SourceFile[]): string | null {
  const lengths = new Map(files.map(({ path, text }) => [path, text.length]));
  const isInside = ({ path, start, end }: Span): boolean =>
    0 <= start && start <= end && end <= (lengths.get(path) ?? -1);
  for (const { code, span, related = [], fix } of diagnostics) {
    const spans = [...related.map((one) => one.span), ...(fix?.edits ?? []).map((edit) => edit.span)];
    const outside = [...(span === null ? [] : [span]), ...spans].find((one) => !isInside(one));
    if (outside !== undefined) return `${code} points outside its file: ${JSON.stringify(outside)}`;
  }
  return null;
}

/** What the result says of itself must fit. */
function contradiction({ loads, diagnostics, description, ruleset }: CompileResult): string | null {
  if (loads.some(({ successful, errors }) => errors.length !== (successful ? 0 : 1))) {
    return "a load has not one error exactly when it fails";
  }
  const failed = loads.some(({ successful }) => !successful);
  if (failed && !diagnostics.some(({ severity }) => severity === "error")) return "a load fails in silence";
  const described = description.rules.map(({ info }) => info.name).join("\n");
  const linked = ruleset.rules.map(({ name }) => name).join("\n");
  return described === linked ? null : `described are ${described}, compiled ${linked}`;
}

/** The compiled rules run, and raise alerts, on events of all kinds. */
function failure({ ruleset }: CompileResult): string | null {
  const engine = createEngine(ruleset, { ruleMatching: "all", onAlert: () => undefined });
  for (const event of EVENTS) engine.process(event);
  return null;
}

const RECORDS: readonly Readonly<Record<string, string | number>>[] = [
  { "evt.type": "open", "proc.name": "bash", "fd.name": "/etc/shadow" },
  { "evt.type": "execve", "proc.name": "x", "proc.args": "a b", "user.uid": 0 },
  { "evt.type": "connect", "fd.sip": "10.0.0.1", "fd.sport": 80 },
  { "ka.verb": "get", "ka.target.resource": "pods" },
];

const EVENTS = RECORDS.map(eventOf);

function eventOf(record: Readonly<Record<string, string | number>>): FlatEvent {
  const result = flatEvent(record);
  if (!result.ok) throw new Error(result.problems.join("; "));
  return result.event;
}
