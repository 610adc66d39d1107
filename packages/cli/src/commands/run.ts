// SPDX-License-Identifier: Apache-2.0
import { hostname } from "node:os";
import type { Program } from "@falcoc/compiler/program";
import {
  alertToJson,
  alertToText,
  createEngine,
  DROP_ACTIONS,
  type DropAction,
  KERNEL_SOURCE,
  type RuleMatching,
  wantedEvents,
} from "@falcoc/runtime";
import { InvalidArgumentError, Option } from "commander";
import { EXIT } from "../exit-code.ts";
import { Failure } from "../failure.ts";
import { loadRules } from "../load-rules.ts";
import { plural } from "../render/lint-report.ts";
import type { Terminal } from "../terminal.ts";
import { addCatalogFlags, type CatalogFlags, parseCount } from "./catalog-flags.ts";
import { addExamples, type CommandDefinition, RULES_ARGUMENT } from "./definition.ts";
import { runAgent } from "./run-agent.ts";
import { addContainerFlags, type ContainerFlags, containerEngines } from "./run-containers.ts";
import { untilStopped } from "./run-stop.ts";

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
      .option("--dry-run", "load the rules and say what would be watched; needs no privileges")
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
      .option("--stats <seconds>", "print statistics to standard error, every so often", parseCount)
      .addOption(
        new Option("--on-drop <actions>", `what to do when events are lost: ${DROP_ACTIONS.join(", ")}`)
          .argParser(parseDropActions)
          .default(["log", "alert"], "log,alert"),
      );
    addContainerFlags(run);
    addCatalogFlags(run);
    run.addHelpText("after", LOSS_HELP);
    addExamples(run, [
      ["alerts of this machine, as they happen", "sudo falcoc run -r rules/"],
      ["which rules would run, without privileges", "falcoc run -r rules/ --dry-run"],
      [
        "one minute, as JSON, for another program",
        "sudo falcoc run -r rules/ --json --seconds 60 | jq .rule",
      ],
    ]);
  },

  async run(terminal, _arguments, options) {
    const { rules = [] } = options;
    if (rules.length === 0) throw new Failure(["no rules: name files or directories with -r"]);
    const result = await loadRules(terminal, rules, options);
    if (result === null) return EXIT.findings;
    const print = options.json ? alertToJson : alertToText;
    const agent = {
      hostname: hostname(),
      print: (alert: Parameters<typeof print>[0]) => terminal.out.write(`${print(alert)}\n`),
    };
    const isEnabled = createEngine(result.ruleset).isEnabled;
    terminal.err.write(summary(result.ruleset));
    return EXIT.ok;
  },
};
