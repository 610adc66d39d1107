// SPDX-License-Identifier: Apache-2.0
import { decodeText, type YamlMapping } from "@falcoc/parser";
import { didYouMean } from "../../suggest.ts";
import type { LintFinding, LintRule } from "../define.ts";
import { ruleWith } from "../example.ts";
import { elementsOf, type Item, itemTitle, spanOf } from "../items.ts";

const exceptionWith = (key: string): string => `  exceptions:
    - name: known_readers
      fields: proc.name
      ${key}: [cat, less]
`;

export const unknownKey: LintRule = {
  code: "UNKNOWN_KEY",
  summary: "An exception or a plugin requirement has a key that nobody reads.",
  rationale:
    "The engine warns of unknown keys of rules, macros and lists, but not of those inside exceptions and plugin requirements. A mistyped `values` leaves an exception without effect, in silence.",
  avoid: ruleWith("evt.type = openat and fd.name = /etc/shadow", { rest: exceptionWith("value") }),
  prefer: ruleWith("evt.type = openat and fd.name = /etc/shadow", { rest: exceptionWith("values") }),
  severity: "warning",
  group: null,
  *check({ items }) {
    for (const item of items) {
      for (const [what, keys, mapping] of mappingsOf(item)) yield* unknownKeys(item, what, keys, mapping);
    }
  },
};

const EXCEPTION = ["name", "fields", "comps", "values"];
const REQUIREMENT = ["name", "version"];

/** Mappings inside an item whose keys the engine does not check. */
function* mappingsOf({
  node,
}: Item): Generator<[what: string, keys: readonly string[], mapping: YamlMapping]> {
  for (const element of elementsOf(node, "exceptions")) {
    if (element.kind === "mapping") yield ["an exception", EXCEPTION, element];
  }
  for (const element of elementsOf(node, "required_plugin_versions")) {
    if (element.kind !== "mapping") continue;
    yield ["a plugin requirement", [...REQUIREMENT, "alternatives"], element];
    for (const alternative of elementsOf(element, "alternatives")) {
      if (alternative.kind === "mapping")
        yield ["an alternative of a plugin requirement", REQUIREMENT, alternative];
    }
  }
}

function* unknownKeys(
  item: Item,
  what: string,
  keys: readonly string[],
  { entries }: YamlMapping,
): Generator<LintFinding> {
  for (const { key } of entries) {
    if (key.kind !== "scalar" || keys.includes(key.text)) continue;
    const name = decodeText(key.text);
    const hint = didYouMean(name, keys) ?? `known keys are ${keys.join(", ")}`;
    yield {
      message: `${what} in ${itemTitle(item)} has an unknown key "${name}", which is ignored`,
      span: spanOf(item, key),
      hint,
    };
  }
}
