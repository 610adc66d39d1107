// SPDX-License-Identifier: Apache-2.0
// Texts of rules files end up in generated code, in modules, in alerts. Wherever they stand, none of them runs.
import { type AppendOutput, compile } from "@falcoc/compiler";
import type { Instantiate, Program } from "@falcoc/compiler/program";
import { type Alert, alertToJson, createEngine, type Event, flatEvent } from "@falcoc/runtime";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { moduleFiles } from "../../packages/cli/src/module/module-files.ts";

const CANARY = "falcocCanary";

/** Ways out of literals, comments and functions, with code behind them. */
const HOSTILE = [
  `");globalThis.${CANARY}=1;("`,
  `');globalThis.${CANARY}=1;('`,
  `\`;globalThis.${CANARY}=1;\``,
  `\${globalThis.${CANARY}=1}`,
  `*/globalThis.${CANARY}=1;/*`,
  `\nglobalThis.${CANARY}=1\n`,
  `\u2028globalThis.${CANARY}=1\u2029`,
  `}globalThis.${CANARY}=1;{`,
  `\\");globalThis.${CANARY}=1;//`,
  `</script><script>globalThis.${CANARY}=1</script>`,
  "__proto__",
  "constructor",
  "toString",
  "\u0000",
  "é",
];

const text = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...HOSTILE) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", minLength: 1, maxLength: 12 }) },
);

/** A text of rules that a condition can compare with: quoted as the language quotes. */
function literal(value: string): string {
  return `'${value.replaceAll("\\", "\\\\").replaceAll("'", "\\'").replaceAll("\0", "\\t")} '`;
}

const place = fc.record({
  name: text,
  description: text,
  output: text,
  tags: fc.array(text, { maxLength: 2 }),
  value: text,
  others: fc.array(text, { minLength: 1, maxLength: 10 }),
  argument: text,
  item: text,
  exception: text,
  key: text,
  operator: fc.constantFrom("=", "!=", "contains", "icontains", "startswith", "endswith", "glob", "iglob"),
});

type Place = typeof place extends fc.Arbitrary<infer T> ? T : never;

function rulesFile(texts: Place): string {
  const { name, description, tags, value, others, argument, item, exception, operator } = texts;
  const listed = others.map(literal).join(", ");
  const condition = [
    "evt.type=open",
    `not proc.name ${operator} ${literal(value)}`,
    `not fd.name pmatch (${listed})`,
    `not proc.cmdline = anyof (${listed})`,
    `not proc.exe in (hostile_list, ${listed})`,
    `not proc.env[${literal(argument)}] = x`,
    `not concat(proc.name, ${literal(value)}) = x`,
    "not macro_m",
  ].join(" and ");
  return JSON.stringify([
    { list: "hostile_list", items: [literal(item)] },
    { macro: "macro_m", condition: `proc.pname glob ${literal(value)}` },
    {
      rule: `${name}.`,
      desc: `${description}.`,
      priority: "INFO",
      output: `${texts.output.replaceAll("%", "")} %proc.name %concat(proc.name, "x")`,
      tags,
      condition,
      exceptions: [
        {
          name: "e",
          fields: ["proc.name", "fd.name"],
          comps: ["=", "in"],
          values: [[literal(exception), [literal(item)]]],
        },
      ],
    },
  ]);
}

const RECORD = { "evt.type": "open", "proc.name": "bash", "fd.name": "/x", "proc.cmdline": "bash -c" };

/** Alerts on one event. */
function alerts(program: Program, instantiate?: Instantiate<Event>): readonly Alert[] {
  const made = flatEvent(RECORD);
  if (!made.ok) throw new Error(made.problems.join("; "));
  const raised: Alert[] = [];
  const options = { ruleMatching: "all", onAlert: (alert: Alert) => raised.push(alert) } as const;
  createEngine(program, instantiate === undefined ? options : { ...options, instantiate }).process(
    made.event,
  );
  return raised;
}

/** Code without its string literals: no text of a rules file can stand in it. */
function bare(code: string): string {
  return code.replace(/"(?:[^"\\\n]|\\.)*"/g, '""');
}

describe("hostile texts", () => {
  it("never run, as they are evaluated, from the program or from a module", async () => {
    let raised = 0;
    await fc.assert(
      fc.asyncProperty(place, async (texts) => {
        const appendOutput: readonly AppendOutput[] = [{ extraFields: [{ [texts.key]: "%proc.name" }] }];
        const result = compile([{ path: "hostile.yaml", text: rulesFile(texts) }], { appendOutput });
        const { ruleset } = result;
        expect(bare(ruleset.code)).not.toContain(CANARY);
        const direct = alerts(ruleset);
        const [file] = moduleFiles(result, "0.0.0");
        const url = `data:text/javascript;base64,${Buffer.from(file?.text ?? "").toString("base64")}`;
        const loaded: { program: Program; create: Instantiate<Event> } = await import(/* @vite-ignore */ url);
        expect(alerts(loaded.program, loaded.create).map((alert) => alertToJson(alert))).toEqual(
          direct.map((alert) => alertToJson(alert)),
        );
        expect(CANARY in globalThis).toBe(false);
        raised += direct.length;
      }),
      { numRuns: 300 },
    );
    expect(raised).toBeGreaterThan(50);
  });
});
