// SPDX-License-Identifier: Apache-2.0
import { compile } from "@falcoc/compiler";
import { primitives, rememberNothing } from "@falcoc/compiler/program";
import { type Event, loadProgram } from "@falcoc/runtime";
import { type Benchmark, type Figure, summarise } from "./benchmark.ts";

const RUNS = 3;
const TEXTS = 50_000;
/** `{}` is where the values come. */
const CONDITIONS = [
  { condition: "fd.name in ({})", values: 512 },
  { condition: "fd.name pmatch ({})", values: 100 },
  { condition: "fd.name startswith anyof ({})", values: 100 },
  { condition: "fd.name endswith anyof ({})", values: 100 },
  { condition: "fd.name contains anyof ({})", values: 100 },
  { condition: "fd.name icontains anyof ({})", values: 100 },
  { condition: "fd.name glob anyof ({})", values: 100 },
  { condition: "fd.name regex anyof ({})", values: 100 },
] as const;
const REGEXES = [
  { about: "without a text that it needs", pattern: "[a-z/]+x?[0-9]*" },
  { about: "with one", pattern: ".*shadow[0-9]+.*" },
  { about: "with one that is there", pattern: ".*index[0-9]+.*" },
] as const;

/** What tests against many values cost, next to the same tests against one; and what regular expressions cost. */
export const lists: Benchmark = {
  name: "lists",
  about: `one check of a path of about 60 bytes that fits none of its values, ${TEXTS} different paths`,
  async run() {
    const regexes = REGEXES.map(({ about, pattern }): Figure => {
      return {
        label: `fd.name regex, ${about}`,
        unit: "ns",
        ...summarise(samples(`fd.name regex '${pattern}'`)),
      };
    });
    const others = CONDITIONS.flatMap(({ condition, values }): Figure[] => {
      const one = summarise(samples(withValues(condition, 1)));
      const many = summarise(samples(withValues(condition, values)));
      return [
        { label: condition.replace("({})", "one value"), unit: "ns", ...one },
        { label: condition.replace("({})", `${values} values`), unit: "ns", ...many },
        { label: "    times that of one", unit: "x", value: many.value / one.value },
      ];
    });
    return [...others, ...regexes];
  },
};

function withValues(condition: string, values: number): string {
  const listed = Array.from({ length: values }, (_, i) => `/srv/application-${i * 7}/*.conf`).join(", ");
  return condition.replace("{}", listed);
}

function samples(condition: string): number[] {
  const text = `- {rule: R, desc: d, output: o, priority: INFO, condition: "${condition}"}`;
  const { ruleset } = compile([{ path: "rules.yaml", text }]);
  let path = "";
  const evaluator = loadProgram(ruleset)(
    primitives,
    () => () => path,
    () => true,
    rememberNothing,
  );
  const paths = Array.from({ length: TEXTS }, (_, i) =>
    Buffer.from(`/srv/application/data-${i}/segments/part-${i * 3}/index.db`).toString("latin1"),
  );
  const run = (): number => {
    const before = process.cpuUsage();
    for (const one of paths) {
      path = one;
      evaluator.first({} as Event, "syscall", -1);
    }
    const { user, system } = process.cpuUsage(before);
    return ((user + system) * 1000) / TEXTS;
  };
  for (let i = 0; i < RUNS; i++) run();
  return Array.from({ length: RUNS }, run);
}
