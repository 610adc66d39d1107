// SPDX-License-Identifier: Apache-2.0
import { type CompileResult, compile, engineResults, lint, loadSummary } from "@falcoc/compiler";
import type { SourceFile } from "@falcoc/parser";
import { Option } from "commander";
import { EXIT } from "../exit-code.ts";
import { parseCode, parseOptionalCode, summaryOfCode } from "../finding-codes.ts";
import { fixFiles } from "../fix/fix-files.ts";
import { loadLintConfig } from "../input/lint-config.ts";
import { readRulesFiles } from "../input/rules-files.ts";
import { renderGithub } from "../render/diagnostic-github.ts";
import { renderJson } from "../render/diagnostic-json.ts";
import { renderPretty } from "../render/diagnostic-pretty.ts";
import { renderSarif } from "../render/diagnostic-sarif.ts";
import { countSeverities, type LintReport, plural } from "../render/lint-report.ts";
import { runEvent } from "../run-event.ts";
import type { Terminal } from "../terminal.ts";
import { toolVersion } from "../version.ts";
import { addCatalogFlags, type CatalogFlags, catalogSettings, parseCount } from "./catalog-flags.ts";
import { addExamples, type CommandDefinition, RULES_ARGUMENT } from "./definition.ts";

interface LintOptions extends CatalogFlags {
  readonly format: LintFormat;
  readonly fix?: boolean;
  readonly maxWarnings?: number;
  readonly enable?: readonly string[];
  readonly disable?: readonly string[];
  readonly config?: string;
}

/** Renderers of our own diagnostics; `engine` prints the engine's view of the same load. */
const RENDERERS = {
  pretty: (report, { out }) => renderPretty(report, out.style, out.width),
  json: renderJson,
  sarif: (report) => renderSarif(report, toolVersion(), summaryOfCode),
  github: renderGithub,
} satisfies Record<string, (report: LintReport, terminal: Terminal) => string>;
type LintFormat = keyof typeof RENDERERS | "engine";

export const command: CommandDefinition<[rules: string[]], LintOptions> = {
  define(command) {
    command
      .argument("<rules...>", RULES_ARGUMENT)
      .addOption(
        new Option("--format <format>", "how to print what was found")
          .choices([...Object.keys(RENDERERS), "engine"])
          .default("pretty"),
      )
      .addOption(new Option("--engine-json", "the same as --format engine").implies({ format: "engine" }))
      .option("--fix", "apply the fixes that cannot change what a rule matches")
      .option(
        "--enable <code>",
        "look for this too, or for this group (style); repeatable",
        parseOptionalCode,
      )
      .option("--disable <code>", "do not report this; repeatable. Errors always are", parseCode)
      .option("--config <file>", "what to look for; falcoc.yaml in the current directory without this")
      .option("--max-warnings <n>", "fail when there are more warnings than this", parseCount);
    addCatalogFlags(command);
    addExamples(command, [
      ["all rules of a directory", "falcoc lint rules/"],
      ["by the official style guide, too", "falcoc lint rules/ --enable style"],
      ["in the order in which the engine loads them", "falcoc lint falco_rules.yaml local_rules.yaml"],
      ["for code scanning", "falcoc lint rules/ --format sarif > falcoc.sarif"],
      ["exactly what `falco -V` prints with JSON output", "falcoc lint rules/ --format engine"],
    ]);
  },

  async run(terminal, [rules], options) {
    const read = await readRulesFiles(rules, terminal.stdin);
    const settings = catalogSettings(options);
    const { format } = options;
    const { enable = [], disable = [], severities } = await loadLintConfig(options.config);
    const lintOptions = {
      run: runEvent,
      enable: [...enable, ...(options.enable ?? [])],
      disable: [...disable, ...(options.disable ?? [])],
      severities,
    };
    const look = (files: readonly SourceFile[]) => lint(compile(files, settings), lintOptions);
    const fixed = options.fix ? await fixFiles(read, look) : null;
    if (fixed !== null) terminal.err.write(`${plural(fixed.applied, "fix", "fixes")} applied\n`);
    const files = fixed?.files ?? read;
    const counts =
      format === "engine"
        ? printEngineView(terminal, compile(files, settings))
        : printFindings(terminal, { files, diagnostics: look(files) }, format);
    if (counts.error > 0) return EXIT.findings;
    return counts.warning > (options.maxWarnings ?? Number.POSITIVE_INFINITY) ? EXIT.findings : EXIT.ok;
  },
};

type Counts = Readonly<Record<"error" | "warning", number>>;

function printFindings(terminal: Terminal, report: LintReport, format: keyof typeof RENDERERS): Counts {
  terminal.out.write(RENDERERS[format](report, terminal));
  return countSeverities(report.diagnostics);
}

function printEngineView({ out, err }: Terminal, { loads }: CompileResult): Counts {
  out.write(`${engineResults(loads)}\n`);
  for (const load of loads) if (!load.successful) err.write(`${loadSummary(load, false)}\n`);
  const sum = (key: "errors" | "warnings") => loads.reduce((total, load) => total + load[key].length, 0);
  return { error: sum("errors"), warning: sum("warnings") };
}
