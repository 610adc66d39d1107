// SPDX-License-Identifier: Apache-2.0
import { hostname } from "node:os";
import type { CompileOptions } from "@falcoc/compiler";
import {
  alertToJson,
  alertToText,
  type CaptureSource,
  createEngine,
  type Event,
  openCapture,
  type RuleMatching,
  SourceError,
} from "@falcoc/runtime";
import { Option } from "commander";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { STDIN_NAME } from "../input/read-bytes.ts";
import { loadRules } from "../load-rules.ts";
import { keepNewSpaceSmall, letNewSpaceGrow } from "../new-space.ts";
import { plural } from "../render/lint-report.ts";
import { createEventFilter } from "../replay/event-filter.ts";
import { LineWriter } from "../replay/line-writer.ts";
import { createProgress } from "../replay/progress.ts";
import type { Terminal } from "../terminal.ts";
import { addCatalogFlags, type CatalogFlags, catalogSettings, collect, parseCount } from "./catalog-flags.ts";
import { addExamples, type CommandDefinition } from "./definition.ts";

interface ReplayOptions extends CatalogFlags {
  readonly rules?: readonly string[];
  readonly print?: string;
  readonly json?: boolean;
  readonly ruleMatching: RuleMatching;
  readonly appendField?: readonly string[];
  readonly from?: number;
  readonly to?: number;
  readonly failOnAlert?: boolean;
}

export const command: CommandDefinition<[capture: string, filter: string[]], ReplayOptions> = {
  define(replay) {
    replay
      .argument("<capture>", "capture (.scap, gzip or not), or - for standard input")
      .argument("[filter...]", "condition that events must fulfil")
      .option("-r, --rules <rules...>", "rules to run: files, directories")
      .option(
        "-p, --print <format>",
        "output template for each event; with rules: text added to every output",
      )
      .option("--json", "print a JSON object a line")
      .addOption(
        new Option(
          "--rule-matching <which>",
          "first: an event raises the alert of the first rule that matches",
        )
          .choices(["first", "all"])
          .default("first"),
      )
      .option(
        "--append-field <field>",
        "field to be added to the output fields of alerts, repeatable",
        collect,
      )
      .option("--from <n>", "number of the first event (evt.num)", parseCount)
      .option("--to <n>", "number of the last event", parseCount)
      .option("--fail-on-alert", "exit with status 1 when there is an alert");
    addCatalogFlags(replay);
    addExamples(replay, [
      ["events of one process", `falcoc replay trace.scap 'proc.name = nginx and evt.type = connect'`],
      [
        "chosen fields as JSON",
        `falcoc replay trace.scap evt.type=execve -p '%evt.num %proc.cmdline' --json`,
      ],
      [
        "alerts of new rules on an old incident",
        "falcoc replay incident.scap -r falco_rules.yaml rules/ --json",
      ],
    ]);
  },

  async run(terminal, [path, words], options) {
    keepNewSpaceSmall();
    const filter = words.length > 0 ? words.join(" ") : undefined;
    const lines = new LineWriter(terminal.out);
    const consumer =
      options.rules === undefined
        ? eventPrinter(filter, options, lines)
        : await alertPrinter(terminal, options.rules, filter, options, lines);
    if (consumer === null) return EXIT.findings;
    const progress = createProgress(terminal);
    const limits = { from: options.from, to: options.to, onProgress: progress.update };
    const capture =
      path === "-" ? openCapture(terminal.stdin, limits, STDIN_NAME) : openCapture(path, limits);
    const damage = await drain(capture, consumer.take);
    lines.flush();
    progress.end();
    return report(terminal, capture, consumer, damage, options);
  },
};

/** What becomes of the events of a capture. */
interface Consumer {
  take(event: Event): void;
  /** Lines printed so far. */
  printed(): number;
  readonly prints: "event" | "alert";
}

function eventPrinter(filter: string | undefined, options: ReplayOptions, lines: LineWriter): Consumer {
  const { passes, text, json } = createEventFilter(filter, options.print, catalogSettings(options));
  const show = options.json ? json : text;
  let printed = 0;
  return {
    prints: "event",
    printed: () => printed,
    take(event) {
      if (!passes(event)) return;
      printed++;
      lines.line(show(event));
    },
  };
}

/** null when the rules do not load, which has been told. */
async function alertPrinter(
  terminal: Terminal,
  rules: readonly string[],
  filter: string | undefined,
  options: ReplayOptions,
  lines: LineWriter,
): Promise<Consumer | null> {
  const settings: CompileOptions = {
    ...catalogSettings(options),
    appendOutput: [{ extraOutput: addedText(options.print), extraFields: options.appendField }],
  };
  const result = await loadRules(terminal, rules, settings);
  if (result === null) return null;
  const chosen = filter === undefined ? null : createEventFilter(filter, undefined, catalogSettings(options));
  const show = options.json ? alertToJson : alertToText;
  const engine = createEngine(result.ruleset, {
    ruleMatching: options.ruleMatching,
    hostname: process.env.FALCO_HOSTNAME ?? hostname(),
    onAlert: (alert) => lines.line(show(alert)),
  });
  return {
    prints: "alert",
    printed: () => engine.counters().alerts,
    take(event) {
      if (chosen === null || chosen.passes(event)) engine.process(event);
    },
  };
}

/** These values once chose a built-in text; for the engine they now stand for none. */
const RETIRED_FORMATS = ["c", "container", "k", "kubernetes"];

function addedText(print: string | undefined): string | undefined {
  return print !== undefined && RETIRED_FORMATS.includes(print) ? undefined : print;
}

/**
 * Delivers all events; gives what is wrong with the capture, in a sentence, or null. Before the first event comes the
 * state of the recorded machine.
 */
async function drain(capture: CaptureSource, take: (event: Event) => void): Promise<string | null> {
  let isLoading = true;
  try {
    await capture.run((event) => {
      if (isLoading) letNewSpaceGrow();
      isLoading = false;
      take(event);
    });
    return null;
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return `${error.path}${error.offset === null ? "" : `: at byte ${error.offset}`}: ${error.message}`;
  }
}

function report(
  { err }: Terminal,
  capture: CaptureSource,
  { prints, printed }: Consumer,
  damage: string | null,
  options: ReplayOptions,
): ExitCode {
  const { delivered, dropped } = capture.counters();
  const lost = dropped > 0 ? `, ${dropped} dropped at a limit` : "";
  err.write(`${plural(delivered, "event")}${lost}; ${plural(printed(), prints)} printed\n`);
  if (damage !== null) {
    err.write(`${err.style(["red", "bold"], "falcoc:")} ${damage}\n`);
    return EXIT.failure;
  }
  return options.failOnAlert && prints === "alert" && printed() > 0 ? EXIT.findings : EXIT.ok;
}
