// SPDX-License-Identifier: Apache-2.0
// One measured run over a capture, in a process of its own:
// `capture-run.ts (walk|state|rules|quiet|interpret) CAPTURE [RULES…]`. `quiet` makes no alerts of what matches, and
// `interpret` has the reference interpreter find the first rule that matches.
// Prints a `Run`: processor time from before the file is opened to after its end.
import { closeSync, openSync, readFileSync, readSync, writeSync } from "node:fs";
import { type CompileResult, compile, interpret } from "@falcoc/compiler";
import type { Extractor, FieldUse } from "@falcoc/compiler/program";
import {
  alertToJson,
  CaptureReader,
  type CaptureSink,
  createEngine,
  type Event,
  IDLE_SINK,
  openCapture,
} from "@falcoc/runtime";
import type { Run } from "./measure-run.ts";

type OnEvent = (event: Event) => void;

/** Events until V8 has compiled most of what runs often. */
const FIRST_EVENTS = 2_000_000;

const [mode = "walk", path = "", ...rules] = process.argv.slice(2);
const sinkFile = openSync("/dev/null", "w");
let events = 0;
let alerts = 0;

const compiled = compile(rules.map((name) => ({ path: name, text: readFileSync(name, "utf8") })));
const onEvent = mode === "state" ? () => {} : mode === "interpret" ? interpreter(compiled) : engine(compiled);

const heapBefore = process.memoryUsage().heapUsed;
const before = process.cpuUsage();
let cpuNsOfFirst: number | null = null;
if (mode === "walk") walk();
else {
  await openCapture(path).run((event) => {
    if (events++ === FIRST_EVENTS) cpuNsOfFirst = cpuNsSince(before);
    onEvent(event);
  });
}
const cpuNs = cpuNsSince(before);
const { rss, heapUsed } = process.memoryUsage();
closeSync(sinkFile);
const run: Run = {
  events,
  cpuNs,
  first: cpuNsOfFirst === null ? null : { events: FIRST_EVENTS, cpuNs: cpuNsOfFirst },
  alerts,
  rssMib: Math.round(rss / 2 ** 20),
  heapGrowthBytes: heapUsed - heapBefore,
};
console.log(JSON.stringify(run));

function cpuNsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) * 1000;
}

function engine({ ruleset }: CompileResult): OnEvent {
  const made = createEngine(
    ruleset,
    mode === "quiet"
      ? {}
      : {
          onAlert(alert) {
            alerts++;
            writeSync(sinkFile, `${alertToJson(alert)}\n`);
          },
        },
  );
  return (event) => {
    made.process(event);
  };
}

function interpreter({ ruleset, loaded }: CompileResult): OnEvent {
  const conditions = (loaded.active?.rules ?? []).map(({ expr }) => expr);
  const extractors = new Map<FieldUse, Extractor<Event>>();
  return (event) => {
    const read = (field: FieldUse) => {
      let extractor = extractors.get(field);
      if (extractor === undefined) {
        extractor = event.binder.bind(field);
        extractors.set(field, extractor);
      }
      return extractor(event);
    };
    const first = ruleset.rules.findIndex(({ enabled, source, events }, i) => {
      if (!enabled || source !== event.source) return false;
      if (events !== "all" && !events.includes(event.code)) return false;
      return interpret(conditions[i] as (typeof conditions)[number], read);
    });
    if (first >= 0) alerts++;
  };
}

/** Blocks and records only: no decoding, no state. */
function walk(): void {
  const sink: CaptureSink = {
    ...IDLE_SINK,
    event: () => {
      events++;
    },
  };
  const reader = new CaptureReader(path, sink);
  const file = openSync(path, "r");
  const memory = Buffer.allocUnsafeSlow(256 * 1024);
  for (let size = readSync(file, memory); size > 0; size = readSync(file, memory)) {
    reader.push(memory.subarray(0, size));
  }
  reader.finish();
  closeSync(file);
}
