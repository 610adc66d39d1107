// SPDX-License-Identifier: Apache-2.0
// One measured run over a capture, in a process of its own: `capture-run.ts (walk|state|rules|all) CAPTURE [RULES…]`.
// Prints {events, cpuNs, alerts}: processor time from before the file is opened to after its end.
import { closeSync, createReadStream, openSync, readFileSync, writeSync } from "node:fs";
import { compile } from "@falcoc/compiler";
import { alertToJson, CaptureReader, type CaptureSink, createEngine, openCapture } from "@falcoc/runtime";

const [mode = "walk", path = "", ...rules] = process.argv.slice(2);
const sinkFile = openSync("/dev/null", "w");
let events = 0;
let alerts = 0;

const files = rules.map((name) => ({ path: name, text: readFileSync(name, "utf8") }));
const program = files.length > 0 ? compile(files).ruleset : null;
const engine =
  program === null
    ? null
    : createEngine(program, {
        ruleMatching: mode === "all" ? "all" : "first",
        onAlert(alert) {
          alerts++;
          writeSync(sinkFile, `${alertToJson(alert)}\n`);
        },
      });

const before = process.cpuUsage();
if (mode === "walk") await walk();
else {
  await openCapture(path).run((event) => {
    events++;
    engine?.process(event);
  });
}
const { user, system } = process.cpuUsage(before);
closeSync(sinkFile);
const rssMib = Math.round(process.memoryUsage().rss / 2 ** 20);
console.log(JSON.stringify({ events, cpuNs: (user + system) * 1000, alerts, rssMib }));

/** Blocks and records only: no decoding, no state. */
async function walk(): Promise<void> {
  const nothing = (): void => {};
  const sink: CaptureSink = {
    section: nothing,
    machine: nothing,
    interfaces: nothing,
    users: nothing,
    process: nothing,
    fds: nothing,
    metadataEnd: nothing,
    event: () => {
      events++;
    },
  };
  const reader = new CaptureReader(path, sink);
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) {
    reader.push(chunk as Buffer, () => false);
  }
  reader.finish();
}
