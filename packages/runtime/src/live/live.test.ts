// SPDX-License-Identifier: Apache-2.0
import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { EVENTS } from "@falcoc/compiler/catalog";
import { type FieldUse, PROGRAM_VERSION, type Program, type ProgramRule } from "@falcoc/compiler/program";
import { expect, it } from "vitest";
import type { Alert } from "../alert.ts";
import { CaptureWriter } from "../capture/capture-writer.ts";
import { type CaptureSink, IDLE_SINK, UNKNOWN_PROCESS } from "../capture/records.ts";
import type { ContainerEngine, ContainerReport } from "../containers/container-engine.ts";
import { withContainers } from "../containers/with-containers.ts";
import { createEngine } from "../engine.ts";
import type { Event } from "../event.ts";
import { readScenarios } from "../scenario/read-scenarios.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { simulateScenario } from "../scenario/simulate.ts";
import { openCapture } from "../syscall/capture-source.ts";
import type { LiveFeed } from "../syscall/live-source.ts";
import { Agent, type AgentOptions, DROPPED_FIELD, type LiveProbe } from "./agent.ts";
import { Recorder } from "./recorder.ts";

const open = (name: string) => ({
  type: "syscall",
  syscall: "openat",
  args: { pathname: name, flags: "O_RDONLY" },
});
const [SCENARIO] = readScenarios({
  tests: [
    {
      name: "reads",
      rule: "Read",
      context: { processes: [{ name: "reader" }] },
      steps: ["/a", "/b", "/a", "/b"].map(open),
    },
  ],
}).scenarios as [Scenario];

/** A machine on which the scenario happens at once. */
const feed: LiveFeed = async (sink) => void simulateScenario(SCENARIO, sink);

const field = (name: string): FieldUse => ({
  text: name,
  name,
  argument: null,
  type: "CHARBUF",
  isList: false,
  print: "NA",
  comparison: "value",
  filterOnly: false,
  provider: "native",
});

const RULE: ProgramRule = {
  name: "Read",
  description: "",
  source: "syscall",
  priority: "Notice",
  tags: [],
  enabled: true,
  output: {
    kind: "template",
    tolerant: true,
    parts: [1, 2, 3].map((slot) => ({ kind: "token", value: { kind: "field", slot }, width: null })),
  },
  extraFields: [],
  events: EVENTS.filter((event) => event.name === "openat").map((event) => event.code),
  syscalls: [],
  capture: false,
  captureDurationMs: 0,
  path: "rules.yaml",
  line: 1,
};

/** Matches every event that opens /a. */
const PROGRAM: Program = {
  version: PROGRAM_VERSION,
  engineVersion: "0.63.0",
  fields: ["evt.type", "proc.name", "fd.name", "container.name"].map(field),
  rules: [RULE],
  code: `
const type = field(0), name = field(2);
const matches = (event) => enabled(0) && type(event) === "openat" && name(event) === "/a";
return {
  first: (event) => (matches(event) ? 0 : -1),
  all: (event, source, code, found) => { if (matches(event)) found.push(0); },
  mayMatch: () => true,
};`,
};

/** Runs an agent on a probe that drops events between one look at its counters and the next. */
async function runAgent(options: Partial<AgentOptions>, drops: readonly number[] = [], run = feed) {
  const alerts: Alert[] = [];
  const logs: string[] = [];
  let looks = 0;
  const probe: LiveProbe = {
    run,
    counters() {
      const dropped = drops[Math.min(looks++, drops.length - 1)] ?? 0;
      return {
        records: 10,
        dropped,
        droppedByEvent: new Map(dropped > 0 ? [["openat", dropped]] : []),
        droppedByCpu: new Map(dropped > 0 ? [[0, dropped]] : []),
        backlogBytes: 0,
      };
    },
  };
  const agent = new Agent(PROGRAM, {
    onAlert: (one) => alerts.push(one),
    onLog: (text) => logs.push(text),
    ...options,
  });
  const end = await agent.run(probe, new AbortController().signal);
  return { agent, alerts, logs, end };
}

it("raises alerts from a feed, and counts", async () => {
  const { agent, alerts, end } = await runAgent({ hostname: "here" });
  expect(alerts.map((alert) => [alert.message, alert.hostname, DROPPED_FIELD in alert.outputFields])).toEqual(
    [
      ["reader/ahost", "here", false],
      ["reader/ahost", "here", false],
    ],
  );
  expect(agent.wantedEvents).toEqual(new Set(["openat"]));
  expect(agent.counters()).toMatchObject({ alerts: 2, alertsByRule: [2], records: 10, dropped: 0 });
  expect(end).toBe("stopped");
});

it("ends after as many events as are wanted", async () => {
  const { agent, end } = await runAgent({ eventsMax: 3 });
  expect(agent.counters().events).toBe(3);
  expect(end).toBe("enough events");
});

it("says in each alert what was lost since the one before", async () => {
  const twice: LiveFeed = async (sink) => {
    await feed(sink);
    await sleep(20);
    await feed(sink);
  };
  const lost = async (drops: readonly number[]) =>
    (await runAgent({}, drops, twice)).alerts.map((alert) => alert.outputFields[DROPPED_FIELD]);
  expect(await lost([0, 0])).toEqual([undefined, undefined, undefined, undefined]);
  expect(await lost([5, 5])).toEqual([5n, undefined, undefined, undefined]);
  expect(await lost([5, 12])).toEqual([5n, undefined, 7n, undefined]);
});

it.each([
  [["ignore"], 2, 0, "stopped"],
  [["log"], 2, 1, "stopped"],
  [["alert"], 3, 0, "stopped"],
  [["log", "alert", "exit"], 3, 1, "events lost"],
] as const)(
  "does when events are lost what it is told to: %s",
  async (onDrop, alertCount, logCount, expected) => {
    const { alerts, logs, end } = await runAgent({ onDrop }, [5]);
    expect([alerts.length, logs.length, end]).toEqual([alertCount, logCount, expected]);
  },
);

/** Records the scenario, and replays what was written. */
async function record(passes?: (event: Event) => boolean, eventsMax?: number) {
  const blocks: Buffer[] = [];
  const recorder = new Recorder(new CaptureWriter((bytes) => blocks.push(bytes)), { passes, eventsMax });
  await recorder.run(feed, new AbortController().signal);
  const alerts: string[] = [];
  const engine = createEngine(PROGRAM, { onAlert: (alert) => alerts.push(alert.message) });
  let shown = 0;
  const capture = openCapture(Readable.from([Buffer.concat(blocks)]));
  await capture.run((event) => {
    shown++;
    engine.process(event);
  });
  return { counters: recorder.counters(), shown, records: capture.counters().records, alerts };
}

it("records what a replay shows as it was", async () => {
  const { counters, shown, records, alerts } = await record();
  expect(alerts).toEqual(["reader/ahost", "reader/ahost"]);
  expect(counters).toEqual({ events: records, stateEvents: 0 });
  expect(shown).toBeGreaterThan(4);
});

it("records beside the events that pass only those that change the state, and hides them", async () => {
  const engine = createEngine(PROGRAM);
  const { counters, shown, records, alerts } = await record((event) => engine.matches(event).length > 0);
  expect(alerts).toEqual(["reader/ahost", "reader/ahost"]);
  expect(shown).toBe(2);
  expect(counters.events).toBe(2);
  expect(counters.stateEvents).toBe(records - 2);
  expect(counters.stateEvents).toBeGreaterThan(2);
});

it("records no more than is wanted", async () => {
  expect((await record(undefined, 3)).counters).toEqual({ events: 3, stateEvents: 0 });
});

const ID = "0123456789ab";
const CGROUPS = `memory=/docker/${ID.padEnd(64, "0")}\0`;

it("announces a container in which something runs, to whoever takes the events", async () => {
  const engine: ContainerEngine = {
    socket: "test",
    inspect: async (id) =>
      ({ id, name: "web", image: "team/web:1", labels: { app: "web" } }) as unknown as ContainerReport,
    close() {},
  };
  const quiet: LiveFeed = async (sink) => {
    sink.section();
    sink.process({ ...UNKNOWN_PROCESS, tid: 10, pid: 10, cgroups: CGROUPS });
    sink.process({ ...UNKNOWN_PROCESS, tid: 11, pid: 11, cgroups: CGROUPS });
    sink.metadataEnd();
    await sleep(20);
  };
  const texts: string[] = [];
  const sink: CaptureSink = {
    ...IDLE_SINK,
    event: ({ code, bytes, dataAt, end }) => {
      if (EVENTS[code]?.id === "ASYNCEVENT_E") texts.push(bytes.toString("utf8", dataAt + 4, end));
    },
  };
  const containers = withContainers(quiet, [engine]);
  await containers.feed(sink, new AbortController().signal);
  expect(texts).toHaveLength(1);
  const [name, json] = (texts[0] ?? "").split("\0");
  expect(name).toBe("container");
  expect(JSON.parse(json ?? "")).toEqual({
    container: { id: ID, name: "web", image: "team/web:1", labels: { app: "web" } },
  });
  expect(containers.counters().found).toBe(1);
});
