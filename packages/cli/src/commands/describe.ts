// SPDX-License-Identifier: Apache-2.0
import type { ListDescription, MacroDescription, RuleDescription, RulesDescription } from "@falcoc/compiler";
import { EXIT } from "../exit-code.ts";
import { loadRules } from "../load-rules.ts";
import { printable } from "../render/display.ts";
import { sortedJson } from "../render/sorted-json.ts";
import type { Style } from "../terminal.ts";
import { addCatalogFlags, type CatalogFlags, catalogSettings } from "./catalog-flags.ts";
import { addExamples, type CommandDefinition, RULES_ARGUMENT } from "./definition.ts";

interface DescribeOptions extends CatalogFlags {
  readonly json?: boolean;
}

export const command: CommandDefinition<[rules: string[]], DescribeOptions> = {
  define(describe) {
    describe
      .argument("<rules...>", RULES_ARGUMENT)
      .option("--json", "print what `falco -L` prints with JSON output");
    addCatalogFlags(describe);
    addExamples(describe, [
      ["what each rule has become after all files", "falcoc describe falco_rules.yaml local_rules.yaml"],
      [
        "the compiled condition of a rule",
        `falcoc describe rules/ --json | jq '.rules[0].details.condition_compiled'`,
      ],
    ]);
  },

  async run(terminal, [rules], options) {
    const result = await loadRules(terminal, rules, catalogSettings(options));
    if (result === null) return EXIT.findings;
    const { out } = terminal;
    out.write(
      options.json ? `${sortedJson(result.description)}\n` : descriptionText(result.description, out.style),
    );
    return EXIT.ok;
  },
};

function descriptionText({ rules, macros, lists }: RulesDescription, style: Style): string {
  const blocks = [
    ...rules.map((rule) => block("rule", rule.info.name, ruleEntries(rule), style)),
    ...macros.map((macro) => block("macro", macro.info.name, macroEntries(macro), style)),
    ...lists.map((list) => block("list", list.info.name, listEntries(list), style)),
  ];
  return blocks.join("\n");
}

type Entries = Readonly<Record<string, string>>;

/** Entries without a value are left out. */
function block(kind: string, name: string, entries: Entries, style: Style): string {
  const lines = Object.entries(entries)
    .filter(([, value]) => value !== "")
    .map(([key, value]) => `  ${style("dim", `${key}:`)} ${printable(value)}\n`);
  return `${kind} ${style("bold", printable(name))}\n${lines.join("")}`;
}

function ruleEntries({ info, details }: RuleDescription): Entries {
  return {
    description: info.description.trim(),
    source: info.source,
    priority: info.priority,
    enabled: info.enabled ? "" : "no",
    tags: info.tags.join(", "),
    condition: details.condition_compiled,
    output: details.output_compiled,
    macros: details.macros.join(", "),
    lists: details.lists.join(", "),
    exceptions: details.exception_names.join(", "),
    plugins: details.plugins.join(", "),
  };
}

function macroEntries({ info, details }: MacroDescription): Entries {
  return { used: details.used ? "" : "no", condition: details.condition_compiled || info.condition };
}

function listEntries({ details }: ListDescription): Entries {
  return { used: details.used ? "" : "no", items: details.items_compiled.join(", ") };
}
