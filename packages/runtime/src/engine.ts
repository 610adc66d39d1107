// SPDX-License-Identifier: Apache-2.0
import {
  enabledAfter,
  type FieldUse,
  type Instantiate,
  PRIORITIES,
  type Priority,
  type Program,
  primitives,
  type RuleChange,
  rememberNothing,
} from "@falcoc/compiler/program";
import type { Alert } from "./alert.ts";
import { type AlertMaker, bindAlert } from "./bind-alert.ts";
import type { Event, FieldBinder } from "./event.ts";
import { loadProgram } from "./load-program.ts";
import type { BufferFormat } from "./output/buffer-text.ts";

/** "first": an event raises the alert of the first rule that matches; "all": of every rule that matches. */
export type RuleMatching = "first" | "all";

export interface EngineOptions {
  /** Called for each alert, in the order of rules, before `process` returns. */
  readonly onAlert?: (alert: Alert) => void;
  /** Default: "first". */
  readonly ruleMatching?: RuleMatching;
  /** Rules of lesser priority take no part. Default: "Debug", so that all do. */
  readonly minimumPriority?: Priority;
  /** Rules to enable and to disable, in order, on top of what the rules files say. Default: none. */
  readonly rules?: readonly RuleChange[];
  /** Name of this host in alerts. Default: empty. */
  readonly hostname?: string;
  /** Times in alert texts are ISO 8601 in UTC instead of the local clock. Default: false. */
  readonly timeFormatIso8601?: boolean;
  /** How byte buffers are shown. Default: "normal". */
  readonly buffers?: BufferFormat;
  /** What `falcoc compile` wrote for this program, so that no text is evaluated. */
  readonly instantiate?: Instantiate<Event>;
}

/** Counts since the engine was made. */
export interface EngineCounters {
  readonly events: number;
  /** Events of sources for which no rule is enabled; they are among `events`. */
  readonly eventsWithoutRules: number;
  readonly alerts: number;
  /** By the number of the rule in the program. */
  readonly alertsByRule: readonly number[];
}

export interface Engine {
  readonly program: Program;
  /**
   * Evaluates the rules on an event and raises the alerts. Gives the number of rules that matched. Not to be called
   * from `onAlert`: one event is processed at a time.
   */
  process(event: Event): number;
  /** Numbers of the enabled rules that match, in load order, as `ruleMatching` selects. Raises no alert. */
  matches(event: Event): readonly number[];
  /** Whether a rule takes part, by its number in the program. */
  isEnabled(rule: number): boolean;
  counters(): EngineCounters;
}

/** An engine that runs compiled rules over events. It holds no state of events: whoever makes them does. */
export function createEngine(program: Program, options: EngineOptions = {}): Engine {
  return new ProgramEngine(program, options);
}

/** Event codes are below this. */
const CODES_MAX = 1024;

/** What a rule set needs to know of one kind of events. */
interface Runner {
  readonly evaluator: ReturnType<Instantiate<Event>>;
  /** By source, and by event code: 1 where a rule may match. */
  readonly candidates: Map<string, Uint8Array>;
  /** By rule, filled when a rule first matches. */
  readonly alerts: (AlertMaker | undefined)[];
}

class ProgramEngine implements Engine {
  readonly program: Program;
  readonly #options: EngineOptions;
  readonly #instantiate: Instantiate<Event>;
  readonly #enabled: readonly boolean[];
  readonly #sources: ReadonlySet<string>;
  readonly #runners = new WeakMap<FieldBinder, Runner>();
  readonly #alertsByRule: number[];
  readonly #matched: number[] = [];
  /** Most events are of the kind and the source of the one before. */
  #lastBinder: FieldBinder | null = null;
  #lastRunner: Runner | null = null;
  #lastSource: string | null = null;
  #lastCandidates: Uint8Array | null = null;
  #events = 0;
  #eventsWithoutRules = 0;

  constructor(program: Program, options: EngineOptions) {
    this.program = program;
    this.#options = options;
    this.#instantiate = options.instantiate ?? loadProgram(program);
    this.#enabled = enabledRules(program, options);
    this.#sources = new Set(program.rules.filter((_, i) => this.#enabled[i]).map((rule) => rule.source));
    this.#alertsByRule = program.rules.map(() => 0);
  }

  process(event: Event): number {
    this.#events++;
    if (event.source !== this.#lastSource || event.binder !== this.#lastBinder) this.#turnTo(event);
    const candidates = this.#lastCandidates;
    if (candidates === null) {
      this.#eventsWithoutRules++;
      return 0;
    }
    if (candidates[event.code] === 0) return 0;
    const runner = this.#lastRunner as Runner;
    if (this.#options.ruleMatching !== "all") {
      const first = runner.evaluator.first(event, event.source, event.code);
      if (first < 0) return 0;
      this.#raise(runner, first, event);
      return 1;
    }
    const matched = this.#match(runner, event);
    for (const rule of matched) this.#raise(runner, rule, event);
    return matched.length;
  }

  matches(event: Event): readonly number[] {
    return [...this.#match(this.#runner(event.binder), event)];
  }

  isEnabled(rule: number): boolean {
    return this.#enabled[rule] === true;
  }

  counters(): EngineCounters {
    return {
      events: this.#events,
      eventsWithoutRules: this.#eventsWithoutRules,
      alerts: this.#alertsByRule.reduce((sum, count) => sum + count, 0),
      alertsByRule: [...this.#alertsByRule],
    };
  }

  /** Makes ready for events of the source and the kind of this one. */
  #turnTo({ source, binder }: Event): void {
    this.#lastBinder = binder;
    this.#lastSource = source;
    this.#lastRunner = this.#sources.has(source) ? this.#runner(binder) : null;
    this.#lastCandidates = this.#lastRunner === null ? null : candidatesOf(this.#lastRunner, source);
  }

  #runner(binder: FieldBinder): Runner {
    return this.#runners.get(binder) ?? this.#bind(binder);
  }

  #bind(binder: FieldBinder): Runner {
    const { program } = this;
    const evaluator = this.#instantiate(
      primitives,
      (slot) => binder.bind(program.fields[slot] as FieldUse),
      (rule) => this.isEnabled(rule),
      binder.remember ?? rememberNothing,
    );
    const runner: Runner = { evaluator, candidates: new Map(), alerts: [] };
    this.#runners.set(binder, runner);
    return runner;
  }

  /** Numbers of matching rules, in an array that the next call fills again. */
  #match({ evaluator }: Runner, event: Event): readonly number[] {
    const matched = this.#matched;
    matched.length = 0;
    if (this.#options.ruleMatching === "all") {
      evaluator.all(event, event.source, event.code, matched);
    } else {
      const first = evaluator.first(event, event.source, event.code);
      if (first >= 0) matched.push(first);
    }
    return matched;
  }

  #raise(runner: Runner, rule: number, event: Event): void {
    this.#alertsByRule[rule] = (this.#alertsByRule[rule] ?? 0) + 1;
    const { onAlert } = this.#options;
    if (onAlert === undefined) return;
    runner.alerts[rule] ??= bindAlert(this.program, rule, event.binder, this.#options);
    onAlert(runner.alerts[rule](event));
  }
}

function candidatesOf({ evaluator, candidates }: Runner, source: string): Uint8Array {
  let known = candidates.get(source);
  if (known === undefined) {
    known = Uint8Array.from({ length: CODES_MAX }, (_, code) => (evaluator.mayMatch(source, code) ? 1 : 0));
    candidates.set(source, known);
  }
  return known;
}

function enabledRules(program: Program, options: EngineOptions): readonly boolean[] {
  const selected = enabledAfter(program.rules, options.rules ?? []);
  const threshold = PRIORITIES.indexOf(options.minimumPriority ?? "Debug");
  return program.rules.map((rule, i) => {
    return selected[i] === true && PRIORITIES.indexOf(rule.priority) <= threshold;
  });
}
