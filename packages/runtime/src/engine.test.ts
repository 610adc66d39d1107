// SPDX-License-Identifier: Apache-2.0
import {
  type FieldUse,
  type Instantiate,
  PROGRAM_VERSION,
  type Program,
  type ProgramRule,
} from "@falcoc/compiler/program";
import { describe, expect, it } from "vitest";
import { type Alert, alertToJson, alertToText } from "./alert.ts";
import { createEngine, type EngineOptions } from "./engine.ts";
import type { Event, FieldBinder } from "./event.ts";

const NAME: FieldUse = {
  text: "proc.name",
  name: "proc.name",
  argument: null,
  type: "CHARBUF",
  isList: false,
  print: "NA",
  comparison: "value",
  filterOnly: false,
  provider: "native",
};

const RULE: ProgramRule = {
  name: "any",
  description: "",
  source: "syscall",
  priority: "Notice",
  tags: ["t"],
  enabled: true,
  output: {
    kind: "template",
    tolerant: true,
    parts: [
      { kind: "text", text: "name=" },
      { kind: "token", value: { kind: "field", slot: 0 }, width: null },
    ],
  },
  extraFields: [],
  events: "all",
  syscalls: "all",
  capture: false,
  captureDurationMs: 0,
  path: "rules.yaml",
  line: 1,
};

/** Every rule matches events whose name is that of the rule or `*`, but for those with the code 7. */
const CODE = `
const name = field(0);
const names = ["a", "b", "c"];
const matching = (event) => [0, 1, 2].filter((rule) => enabled(rule) && [names[rule], "*"].includes(name(event)));
return {
  first: (event) => matching(event)[0] ?? -1,
  all: (event, source, code, matches) => matches.push(...matching(event)),
  mayMatch: (source, code) => code !== 7,
};`;

const PROGRAM: Program = {
  version: PROGRAM_VERSION,
  engineVersion: "0.63.0",
  fields: [NAME],
  rules: [
    { ...RULE, name: "a", priority: "Error" },
    { ...RULE, name: "b", enabled: false, tags: ["late"] },
    { ...RULE, name: "c", priority: "Debug" },
  ],
  code: CODE,
};

interface NamedEvent extends Event {
  readonly name: string | null;
}

const binder: FieldBinder = { bind: () => (event) => (event as NamedEvent).name };

function event(name: string | null, source = "syscall"): NamedEvent {
  return { source, code: -1, timestampNs: 1_523_545_100_092_352_143n, number: 7, binder, name };
}

/** Names of the rules that alert, event by event. */
function alerting(options: EngineOptions, names: readonly string[]): string {
  const raised: string[] = [];
  const engine = createEngine(PROGRAM, { ...options, onAlert: ({ rule }) => raised.push(rule) });
  for (const name of names) {
    raised.push("|");
    engine.process(event(name));
  }
  return raised.join("").slice(1);
}

describe("createEngine", () => {
  it.each<[string, EngineOptions, string]>([
    ["the first match", {}, "a||c|a"],
    ["all matches", { ruleMatching: "all" }, "a||c|ac"],
    ["no rule below the minimum priority", { ruleMatching: "all", minimumPriority: "Notice" }, "a|||a"],
    [
      "rules enabled by tag, below the minimum priority or not",
      { ruleMatching: "all", rules: [{ enable: true, select: { by: "tags", tags: ["late"] } }] },
      "a|b|c|abc",
    ],
    [
      "the last change of a rule",
      {
        ruleMatching: "all",
        rules: [
          { enable: false, select: { by: "name", pattern: "*" } },
          { enable: true, select: { by: "name", pattern: "c" } },
        ],
      },
      "||c|c",
    ],
    [
      "no rule that is enabled but below the minimum priority",
      { minimumPriority: "Error", rules: [{ enable: true, select: { by: "name", pattern: "*" } }] },
      "a|||a",
    ],
  ])("raises %s", (_, options, expected) => {
    expect(alerting(options, ["a", "b", "c", "*"])).toBe(expected);
  });

  it("asks no rule about events of a code that none may match", () => {
    const engine = createEngine(PROGRAM);
    expect([7, 8, -1].map((code) => engine.process({ ...event("a"), code }))).toEqual([0, 1, 1]);
    expect(engine.counters().eventsWithoutRules).toBe(0);
  });

  it("counts events, alerts and events that no rule is for", () => {
    const engine = createEngine(PROGRAM, { ruleMatching: "all" });
    for (const one of [event("a"), event("*"), event("x"), event("a", "k8s_audit")]) engine.process(one);
    expect(engine.counters()).toEqual({
      events: 4,
      eventsWithoutRules: 1,
      alerts: 3,
      alertsByRule: [2, 0, 1],
    });
  });

  it("tells matches without raising alerts", () => {
    const engine = createEngine(PROGRAM, { ruleMatching: "all" });
    expect(engine.matches(event("*"))).toEqual([0, 2]);
    expect(engine.counters().alerts).toBe(0);
  });

  it("prepares the rules once for a kind of events, and runs a module instead of text", () => {
    const loaded = new Function("rt", "field", "enabled", "remember", CODE) as Instantiate<Event>;
    let prepared = 0;
    const instantiate: Instantiate<Event> = (...parts) => {
      prepared++;
      return loaded(...parts);
    };
    const engine = createEngine({ ...PROGRAM, code: "throw new Error('evaluated')" }, { instantiate });
    for (const one of [event("a"), event("a"), { ...event("a"), binder: { ...binder } }]) engine.process(one);
    expect(prepared).toBe(2);
    expect(engine.counters().alerts).toBe(3);
  });

  it("refuses a program of another form", () => {
    expect(() => createEngine({ ...PROGRAM, version: 99 as never })).toThrow(
      /version 99.*compile them again/,
    );
  });
});

describe("alerts", () => {
  function alertOf(name: string | null, options: EngineOptions = {}, rule: Partial<ProgramRule> = {}): Alert {
    const alerts: Alert[] = [];
    const rules = PROGRAM.rules.map((one) => ({ ...one, ...rule }));
    const code = CODE.replace('[names[rule], "*"].includes(name(event))', "true");
    const engine = createEngine(
      { ...PROGRAM, rules, code },
      { ...options, onAlert: (one) => alerts.push(one) },
    );
    engine.process(event(name));
    return alerts[0] as Alert;
  }

  it("are written as text and as JSON", () => {
    const alert = alertOf('q"\\\t\xc3\xa9\xff', { hostname: "h" });
    expect(alertToText(alert)).toBe('14:58:20.092352143: Error name=q\\"\\\\\\té\ufffd');
    expect(alertToJson(alert)).toBe(
      '{"hostname":"h","output":"14:58:20.092352143: Error name=q\\"\\\\\\té\ufffd",' +
        '"output_fields":{"evt.time":1523545100092352143,"proc.name":"q\\"\\\\\\té\ufffd"},' +
        '"priority":"Error","rule":"a","source":"syscall","tags":["t"],"time":"2018-04-12T14:58:20.092352143Z"}',
    );
  });

  it("have the properties that are asked for", () => {
    const alert = alertOf(null, { timeFormatIso8601: true });
    expect(alertToText(alert)).toBe("2018-04-12T14:58:20.092352143+0000: Error name=<NA>");
    expect(alertToJson(alert, { output: false, message: true, tags: false, outputFields: false })).toBe(
      '{"hostname":"","message":"name=<NA>","priority":"Error","rule":"a","source":"syscall",' +
        '"time":"2018-04-12T14:58:20.092352143Z"}',
    );
    expect(Object.keys(alert.outputFields)).toEqual(["evt.time.iso8601", "proc.name"]);
  });

  it("have extra fields, formatted or raw, the later of a key instead of the earlier", () => {
    const { outputFields } = alertOf(
      "x",
      {},
      {
        extraFields: [
          { key: "who", value: RULE.output },
          { key: "raw", value: { kind: "field", slot: 0 } },
          { key: "made", value: upper() },
          {
            key: "evt.time",
            value: { kind: "template", tolerant: true, parts: [{ kind: "text", text: "now" }] },
          },
        ],
      },
    );
    expect({ ...outputFields }).toEqual({
      "proc.name": "x",
      "evt.time": "now",
      who: "name=x",
      raw: "x",
      made: null,
    });
  });

  function upper() {
    const args = [{ kind: "field", slot: 0 }] as const;
    return {
      kind: "transform",
      name: "toupper",
      args,
      selector: null,
      type: "CHARBUF",
      isList: false,
      print: "NA",
    } as const;
  }
});
