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

/** Told how many of all rules are done. */
export type Progress = (done: number, all: number) => void;

/** Measures each enabled rule alone, and all of them together. */
export async function measureRules(
  program: Program,
  stream: EventStream,
  onProgress: Progress,
): Promise<RuleCosts> {
  let events = 0;
  await stream(() => events++);
  if (events === 0) return { events, baseNs: 0, allNs: 0, rules: [] };
  const rounds = await longEnough(stream);
  const pass = async (match: Matcher): Promise<number> =>
    (await timePasses(stream, match, rounds)) / rounds / events;
  // Each pass with rules is held against one without right beside it: what else the machine does hits both.
  const nsPerEvent = async (which: readonly string[] | null): Promise<number> => {
    const match = matcher(program, which);
    await timePasses(stream, match, WARM_UP_ROUNDS);
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

/** How many passes take the shortest time. Short streams are below a step of the clock, so it is tried with more and more. */
async function longEnough(stream: EventStream): Promise<number> {
  let rounds = 1;
  for (let ns = 0; ns < SAMPLE_MS_MIN * 1e6; rounds *= 2) ns = await timePasses(stream, ignore, rounds);
  return rounds;
}

/** Nanoseconds of processor time of passes over the stream: other programs on the machine do not count. */
async function timePasses(stream: EventStream, onEvent: Matcher, rounds: number): Promise<number> {
  const begin = processorMicros();
  for (let round = 0; round < rounds; round++) await stream(onEvent);
  return (processorMicros() - begin) * 1000;
}

/** Of this thread alone where Node can tell, so that the compiler's and the collector's threads do not count either. */
function processorMicros(): number {
  const { user, system } = process.threadCpuUsage?.() ?? process.cpuUsage();
  return user + system;
}
