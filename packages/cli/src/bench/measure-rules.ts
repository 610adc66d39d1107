// SPDX-License-Identifier: Apache-2.0
import type { Program } from "@falcoc/compiler/program";
import { createEngine } from "@falcoc/runtime";
import type { EventStream } from "./event-stream.ts";

/** Shortest time that one measurement goes on, so that the clock's steps and single pauses do not count. */
const SAMPLE_MS_MIN = 40;
/** Of so many measurements the median counts. */
const SAMPLES = 5;
/** Rounds before the first measurement, in which V8 compiles what is run often. */
const WARM_UP_ROUNDS = 2;

/** What rules cost on a stream of events. */
export interface RuleCosts {
  /** Events in one pass over the stream. */
  readonly events: number;
  /** Nanoseconds an event that reading, decoding and state take without any rule. */
  readonly baseNs: number;
  /** Nanoseconds an event that all enabled rules take together, on top of `baseNs`. */
  readonly allNs: number;
  /** In load order, enabled rules only. */
  readonly rules: readonly RuleCost[];
}

export interface RuleCost {
  readonly rule: string;
  readonly source: string;
  /** Nanoseconds an event that the rule takes when it is the only one. Rules share work: together they take less. */
  readonly ns: number;
  /** Events that it matches in one pass. */
  readonly matches: number;
}

/** Measures each enabled rule alone, and all of them together. `onProgress` is told how many of the rules are done. */
export async function measureRules(
  program: Program,
  stream: EventStream,
  onProgress: (done: number, all: number) => void,
): Promise<RuleCosts> {
  let events = 0;
  await stream(() => events++);
  if (events === 0) return { events, baseNs: 0, allNs: 0, rules: [] };
  const nothing = await timePass(stream, ignore);
  const rounds = Math.max(1, Math.ceil((SAMPLE_MS_MIN * 1e6) / Math.max(nothing, 1)));
  const pass = async (match: Matcher): Promise<number> => {
    let ns = 0;
    for (let round = 0; round < rounds; round++) ns += await timePass(stream, match);
    return ns / rounds / events;
  };
  // Each pass with rules is held against one without right beside it: what else the machine does hits both.
  const nsPerEvent = async (which: readonly string[] | null): Promise<number> => {
    const match = matcher(program, which);
    for (let i = 0; i < WARM_UP_ROUNDS; i++) await timePass(stream, match);
    const samples: number[] = [];
    for (let i = 0; i < SAMPLES; i++) samples.push(-(await pass(ignore)) + (await pass(match)));
    return Math.max(0, median(samples));
  };
  const allNs = await nsPerEvent(null);
  const baseNs = await pass(ignore);
  const enabled = program.rules.filter((rule) => rule.enabled);
  const rules: RuleCost[] = [];
  for (const [done, { name, source }] of enabled.entries()) {
    onProgress(done, enabled.length);
    const ns = await nsPerEvent([name]);
    rules.push({ rule: name, source, ns, matches: await countMatches(program, stream, name) });
  }
  onProgress(enabled.length, enabled.length);
  return { events, baseNs, allNs, rules };
}

type Matcher = Parameters<EventStream>[0];

const ignore: Matcher = () => {};

/** Evaluates only the named rules; null: all that are enabled. */
function matcher(program: Program, which: readonly string[] | null): Matcher {
  const only = which?.map((name) => ({ enable: true, select: { by: "exact" as const, name } })) ?? [];
  const none = { enable: false, select: { by: "name" as const, pattern: "*" } };
  const rules = which === null ? [] : [none, ...only];
  const engine = createEngine(program, { ruleMatching: "all", rules });
  return (event) => engine.matches(event);
}

async function countMatches(program: Program, stream: EventStream, name: string): Promise<number> {
  const select = { by: "exact" as const, name };
  const none = { enable: false, select: { by: "name" as const, pattern: "*" } };
  const engine = createEngine(program, { ruleMatching: "all", rules: [none, { enable: true, select }] });
  let matches = 0;
  await stream((event) => {
    matches += engine.matches(event).length;
  });
  return matches;
}

function median(samples: readonly number[]): number {
  return samples.toSorted((a, b) => a - b)[samples.length >> 1] ?? 0;
}

/** Nanoseconds of processor time of one pass over the stream: other programs on the machine do not count. */
async function timePass(stream: EventStream, onEvent: Matcher): Promise<number> {
  const begin = processorMicros();
  await stream(onEvent);
  return (processorMicros() - begin) * 1000;
}

/** Of this thread alone where Node can tell, so that the compiler's and the collector's threads do not count either. */
function processorMicros(): number {
  const { user, system } = process.threadCpuUsage?.() ?? process.cpuUsage();
  return user + system;
}
