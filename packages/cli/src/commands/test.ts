// SPDX-License-Identifier: Apache-2.0
import type { RuleMatching } from "@falcoc/runtime";
import { type Command, Option } from "commander";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { Failure } from "../failure.ts";
import { findSuites } from "../input/suites.ts";
import { renderTestJson } from "../render/test-json.ts";
import { renderJunit } from "../render/test-junit.ts";
import { renderTestPretty } from "../render/test-pretty.ts";
import { countCases, type SuiteReport, type TestReport } from "../render/test-report.ts";
import { renderTap } from "../render/test-tap.ts";
import type { Terminal } from "../terminal.ts";
import { runSuite } from "../testing/run-suite.ts";
import { watchSuites } from "../testing/watch-suites.ts";
import { addCatalogFlags, type CatalogFlags, catalogSettings } from "./catalog-flags.ts";
import { addExamples, type CommandDefinition, RULES_ARGUMENT } from "./definition.ts";

interface TestOptions extends CatalogFlags {
  readonly events?: readonly string[];
  readonly format: TestFormat;
  readonly ruleMatching: RuleMatching;
  readonly source?: string;
  readonly watch?: boolean;
}

const RENDERERS = {
  pretty: (report, { out }) => renderTestPretty(report, out.style, out.width),
  json: renderTestJson,
  junit: renderJunit,
  tap: renderTap,
} satisfies Record<string, (report: TestReport, terminal: Terminal) => string>;
type TestFormat = keyof typeof RENDERERS;

export const command: CommandDefinition<[rules: string[]], TestOptions> = {
  define(test) {
    test
      .argument("[rules...]", `${RULES_ARGUMENT}; default: the current directory`)
      .option(
        "--events <files...>",
        "files of events, test cases, scenarios or captures, directories of them, - for standard input",
      )
      .addOption(
        new Option("--format <format>", "how to print the report")
          .choices(Object.keys(RENDERERS))
          .default("pretty"),
      )
      .addOption(
        new Option("--rule-matching <which>", "first: of the rules that match an event only the first counts")
          .choices(["first", "all"])
          .default("all"),
      )
      .option("--source <source>", "event source of events that do not tell it themselves")
      .option("--watch", "run again whenever a file changes");
    addCatalogFlags(test);
    addDiscoveryHelp(test);
    addExamples(test, [
      ["which rules match which events", "falcoc test rules/ --events events.jsonl"],
      ["every example, each with its own rules and cases", "falcoc test examples"],
      [
        "audit events against several files of rules",
        "falcoc test a.yaml b.yaml --events audit.json --source k8s_audit",
      ],
      ["for a CI system", "falcoc test rules/ --format junit > report.xml"],
    ]);
  },

  async run(terminal, [rules], options) {
    const named = rules.length > 0 ? rules : ["."];
    if (options.watch) return watchSuites(terminal, () => runOnce(terminal, named, options));
    return (await runOnce(terminal, named, options)).status;
  },
};

function addDiscoveryHelp(command: Command): void {
  command.addHelpText(
    "after",
    `
Without --events, the events are the files that lie beside the rules: *.jsonl, *.json, *.scap, events.yaml, cases.yaml,
*.events.yaml, *.cases.yaml, *.test.yaml. A directory without rules of its own stands for its sub-directories: each
that holds rules and events is a suite; rules given as files are loaded before those of each suite.

Cases that say what is expected fail the command when that is not what happens; of other events it is told which rules
match them.`,
  );
}

interface Run {
  readonly status: ExitCode;
  /** Files that the result depends on. */
  readonly files: readonly string[];
}

async function runOnce(terminal: Terminal, rules: readonly string[], options: TestOptions): Promise<Run> {
  const { ruleMatching, source, events = [] } = options;
  const suites = await findSuites(rules, events);
  if (options.watch && suites.some((suite) => [...suite.rules, ...suite.events].includes("-"))) {
    throw new Failure(["--watch cannot watch standard input"]);
  }
  const reports: SuiteReport[] = [];
  for (const suite of suites) {
    reports.push(
      await runSuite(suite, terminal, { catalog: catalogSettings(options), ruleMatching, source }),
    );
  }
  const report = { suites: reports };
  terminal.out.write(RENDERERS[options.format](report, terminal));
  return { status: statusOf(report), files: suites.flatMap((suite) => [...suite.rules, ...suite.events]) };
}

function statusOf(report: TestReport): ExitCode {
  const { failed, broken, problems } = countCases(report);
  if (problems > 0) return EXIT.failure;
  return failed > 0 || broken > 0 ? EXIT.findings : EXIT.ok;
}
