// SPDX-License-Identifier: Apache-2.0
import { eventStream } from "../bench/event-stream.ts";
import { measureParts, type PartCost } from "../bench/measure-parts.ts";
import { measureRules } from "../bench/measure-rules.ts";
import { EXIT } from "../exit-code.ts";
import { Failure } from "../failure.ts";
import { loadRules } from "../load-rules.ts";
import { dearestFirst, renderRuleCosts, spoilers } from "../render/rule-costs.ts";
import { tableWidth } from "../render/table.ts";
import { ruleEvents } from "../rule-events.ts";
import { addCatalogFlags, type CatalogFlags, catalogSettings, parseCount } from "./catalog-flags.ts";
import { addExamples, type CommandDefinition, RULES_ARGUMENT } from "./definition.ts";

interface BenchOptions extends CatalogFlags {
  readonly events?: readonly string[];
  readonly source?: string;
  readonly top: number;
  readonly parts: number;
  readonly json?: boolean;
}

const TOP_DEFAULT = 20;
const PARTS_DEFAULT = 1;

export const command: CommandDefinition<[rules: string[]], BenchOptions> = {
  define(bench) {
    bench
      .argument("<rules...>", RULES_ARGUMENT)
      .requiredOption("--events <files...>", "files of events, test cases, scenarios or captures")
      .option("--source <source>", "event source of events that do not tell it themselves")
      .option("--top <n>", "how many of the dearest rules to show", parseCount, TOP_DEFAULT)
      .option(
        "--parts <n>",
        "of how many of the dearest rules to measure the parts, beside those warned of",
        parseCount,
        PARTS_DEFAULT,
      )
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
    const settings = catalogSettings(options);
    const result = await loadRules(terminal, rules, settings);
    if (result === null) return EXIT.findings;
    const stream = await eventStream(options.events ?? [], options.source, terminal.stdin);
    const progress = (what: string) => (done: number, all: number) => {
      if (err.isTerminal) err.write(done < all ? `\r\x1b[K${done} of ${all} ${what} measured` : "\r\x1b[K");
    };
    const costs = await measureRules(result.ruleset, stream, progress("rules"));
    if (costs.events === 0) throw new Failure(["there is no event to measure on"]);
    const events = ruleEvents(result);
    const expensive = spoilers(costs.rules, events).map(({ rule }) => rule);
    const dearest = dearestFirst(costs.rules).slice(0, options.parts);
    const parts = new Map<string, readonly PartCost[]>();
    for (const rule of new Set([...dearest.map((one) => one.rule), ...expensive])) {
      parts.set(rule, await measureParts(result, rule, stream, settings, progress("parts")));
    }
    if (options.json) {
      const withParts = costs.rules.map((cost) => ({ ...cost, parts: parts.get(cost.rule) }));
      out.write(`${JSON.stringify({ ...costs, rules: withParts, expensive })}\n`);
    } else out.write(renderRuleCosts({ costs, parts, events }, options.top, tableWidth(out)));
    return EXIT.ok;
  },
};
