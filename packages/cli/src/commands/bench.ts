// SPDX-License-Identifier: Apache-2.0
import { eventStream } from "../bench/event-stream.ts";
import { measureRules } from "../bench/measure-rules.ts";
import { EXIT } from "../exit-code.ts";
import { Failure } from "../failure.ts";
import { loadRules } from "../load-rules.ts";
import { renderRuleCosts, spoilers } from "../render/rule-costs.ts";
import { tableWidth } from "../render/table.ts";
import { ruleEvents } from "../rule-events.ts";
import { addCatalogFlags, type CatalogFlags, catalogSettings, parseCount } from "./catalog-flags.ts";
import { addExamples, type CommandDefinition, RULES_ARGUMENT } from "./definition.ts";

interface BenchOptions extends CatalogFlags {
  readonly events?: readonly string[];
  readonly source?: string;
  readonly top: number;
  readonly json?: boolean;
}

const TOP_DEFAULT = 20;

export const command: CommandDefinition<[rules: string[]], BenchOptions> = {
  define(bench) {
    bench
      .argument("<rules...>", RULES_ARGUMENT)
      .requiredOption("--events <files...>", "files of events, test cases, scenarios or captures")
      .option("--source <source>", "event source of events that do not tell it themselves")
      .option("--top <n>", "how many of the dearest rules to show", parseCount, TOP_DEFAULT)
      .option("--json", "print one JSON object: costs in ns an event, all rules in load order");
    addCatalogFlags(bench);
    addExamples(bench, [
      ["which rules cost most on a recorded load", "falcoc bench rules/ --events busy-node.scap"],
      [
        "rules over 100 ns an event",
        "falcoc bench rules/ --events busy-node.scap --json | jq '.rules[] | select(.ns > 100)'",
      ],
    ]);
  },

  async run(terminal, [rules], options) {
    const { out, err } = terminal;
    const result = await loadRules(terminal, rules, catalogSettings(options));
    if (result === null) return EXIT.findings;
    const stream = await eventStream(options.events ?? [], options.source, terminal.stdin);
    const costs = await measureRules(result.ruleset, stream, (done, all) => {
      if (err.isTerminal) err.write(done < all ? `\r${done} of ${all} rules measured` : "\r\x1b[K");
    });
    if (costs.events === 0) throw new Failure(["there is no event to measure on"]);
    if (options.json)
      out.write(`${JSON.stringify({ ...costs, expensive: spoilers(costs.rules).map((one) => one.rule) })}\n`);
    else out.write(renderRuleCosts(costs, ruleEvents(result), options.top, tableWidth(out)));
    return EXIT.ok;
  },
};
