// SPDX-License-Identifier: Apache-2.0
import { EXIT } from "../exit-code.ts";
import { loadRules } from "../load-rules.ts";
import { renderTable, tableWidth } from "../render/table.ts";
import { ruleEvents } from "../rule-events.ts";
import { addCatalogFlags, type CatalogFlags, catalogSettings } from "./catalog-flags.ts";
import { addExamples, type CommandDefinition, RULES_ARGUMENT } from "./definition.ts";

interface EventsOptions extends CatalogFlags {
  readonly json?: boolean;
}

export const command: CommandDefinition<[rules: string[]], EventsOptions> = {
  define(events) {
    events
      .argument("<rules...>", RULES_ARGUMENT)
      .option("--json", 'print a JSON array with an object a rule; its events are a list of names, or "all"');
    addCatalogFlags(events);
    addExamples(events, [
      ["which events each rule looks at", "falcoc events rules/"],
      [
        "rules that every event has to be tried on",
        `falcoc events rules/ --json | jq -r '.[] | select(.events == "all").rule'`,
      ],
    ]);
  },

  async run(terminal, [rules], options) {
    const result = await loadRules(terminal, rules, catalogSettings(options));
    if (result === null) return EXIT.findings;
    const { out } = terminal;
    const all = ruleEvents(result);
    if (options.json) out.write(`${JSON.stringify(all, null, 2)}\n`);
    else {
      const rows = all.map(({ rule, source, events }) => [
        rule,
        source,
        events === "all" ? "all" : events.join(" "),
      ]);
      out.write(renderTable(rows, tableWidth(out)));
    }
    return EXIT.ok;
  },
};
