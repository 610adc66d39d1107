// SPDX-License-Identifier: Apache-2.0
import { hostname } from "node:os";
import { openProbe } from "@falcoc/probe";
import {
  Agent,
  alertToJson,
  alertToText,
  DROP_ACTIONS,
  DROPPED_FIELD,
  type DropAction,
  type RuleMatching,
  withContainers,
} from "@falcoc/runtime";
import { InvalidArgumentError, Option } from "commander";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { Failure } from "../failure.ts";
import { loadRules } from "../load-rules.ts";
import { keepNewSpaceSmall } from "../new-space.ts";
import type { Terminal } from "../terminal.ts";
import { addCatalogFlags, type CatalogFlags, parseCount } from "./catalog-flags.ts";
import { addExamples, type CommandDefinition, RULES_ARGUMENT } from "./definition.ts";
import {
  addContainerFlags,
  CONTAINERS_HELP,
  type ContainerFlags,
  containerEngines,
} from "./run-containers.ts";
import { needProbe, READY, whileRunning } from "./run-live.ts";
import { outlook, statistics } from "./run-statistics.ts";

interface RunOptions extends CatalogFlags, ContainerFlags {
  readonly rules?: readonly string[];
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly ruleMatching: RuleMatching;
  readonly seconds?: number;
  readonly events?: number;
  readonly stats?: number;
  readonly onDrop: readonly DropAction[];
}

export const command: CommandDefinition<[], RunOptions> = {
  define(run) {
    run
      .option("-r, --rules <rules...>", RULES_ARGUMENT)
      .option("--dry-run", "load everything and say what would be watched; needs no privileges")
      .option("--json", "print each alert as a line of JSON")
      .addOption(
        new Option(
          "--rule-matching <which>",
          "first: an event raises the alert of the first rule that matches",
        )
          .choices(["first", "all"])
          .default("first"),
      )
      .option("--seconds <n>", "end after this time", parseCount)
      .option("--events <n>", "end after the rules have seen this many events", parseCount)
      .option(
        "--stats <seconds>",
        "print statistics to standard error, each time this has passed",
        parseCount,
      )
      .addOption(
        new Option("--on-drop <actions>", `when events are lost: ${DROP_ACTIONS.join(", ")}`)
          .argParser(parseDropActions)
          .default(["log", "alert"], "log,alert"),
      );
    addContainerFlags(run);
    addCatalogFlags(run);
    run.addHelpText("after", LOSS_HELP + CONTAINERS_HELP);
    addExamples(run, [
      ["alerts of this machine, as they happen", "sudo falcoc run -r rules/"],
      ["which rules would run", "falcoc run -r rules/ --dry-run"],
      [
        "one minute, as JSON, for another program",
        "sudo falcoc run -r rules/ --json --seconds 60 | jq .rule",
      ],
    ]);
  },

  async run(terminal, _arguments, options) {
    const { rules = [], ruleMatching, json, onDrop } = options;
    if (rules.length === 0) throw new Failure(["no rules: name files or directories of them with -r"]);
    keepNewSpaceSmall();
    const result = await loadRules(terminal, rules, options);
    if (result === null) return EXIT.findings;
    const print = json ? alertToJson : alertToText;
    const agent = new Agent(result.ruleset, {
      ruleMatching,
      hostname: hostname(),
      onDrop,
      eventsMax: options.events,
      onAlert: (alert) => terminal.out.write(`${print(alert)}\n`),
      onLog: (message) => terminal.err.write(`falcoc: ${message}\n`),
    });
    terminal.err.write(outlook(result.ruleset, agent.wantedEvents));
    return options.dryRun ? EXIT.ok : runAgent(terminal, agent, options);
  },
};

const LOSS_HELP = `
Where the kernel has to drop events because its ring is full, the next alert says how many were lost before it in the
output field "${DROPPED_FIELD}", and statistics say which. When more than a tenth of a second's events are lost, the
actions of --on-drop follow, at most twice a minute: log (to standard error), alert (of the rule "Falco internal:
syscall event drop"), exit (with status 2), or ignore.
`;

async function runAgent(terminal: Terminal, agent: Agent, options: RunOptions): Promise<ExitCode> {
  const { seconds, stats } = options;
  const engines = containerEngines(options);
  const probe = needProbe(() => openProbe({ events: agent.wantedEvents }));
  const started = performance.now();
  const containers = withContainers((sink, signal) => probe.run(sink, signal), engines);
  const live = { run: containers.feed, counters: () => probe.counters() };
  const report = () => {
    const elapsedMs = performance.now() - started;
    terminal.err.write(statistics(agent.counters(), containers.counters(), elapsedMs));
  };
  const timer = stats ? setInterval(report, stats * 1000) : undefined;
  terminal.err.write(`${READY}\n`);
  try {
    const end = await whileRunning(seconds, (signal) => agent.run(live, signal));
    if (end === "events lost") throw new Failure(["events were lost, and --on-drop asks to exit then"]);
    return EXIT.ok;
  } finally {
    clearInterval(timer);
    report();
  }
}

function parseDropActions(text: string): readonly DropAction[] {
  return text.split(",").map((word) => {
    const action = DROP_ACTIONS.find((one) => one === word.trim());
    if (action === undefined) throw new InvalidArgumentError(`Known actions are ${DROP_ACTIONS.join(", ")}.`);
    return action;
  });
}
