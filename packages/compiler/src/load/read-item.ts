// SPDX-License-Identifier: Apache-2.0
import { decodeText, ITEM_KINDS, type ItemKind, type RulesItem, type YamlMapping } from "@falcoc/parser";
import { missingFeature } from "../check/missing-features.ts";
import { didYouMean } from "../suggest.ts";
import { type Context, nameOf, nodeContext, quoted, spanOfNode } from "./context.ts";
import { hintForVersion, wordsForMissing } from "./hints.ts";
import { readList } from "./read-list.ts";
import { readMacro } from "./read-macro.ts";
import { readRule } from "./read-rule.ts";
import { readEngineVersion, readPluginVersions } from "./read-versions.ts";
import type { Reading } from "./reading.ts";

interface Kind {
  readonly read: (reading: Reading, node: YamlMapping, parent: Context) => void;
  /** Keys that items of the kind may have. */
  readonly keys: readonly string[];
}

const KINDS: Readonly<Record<ItemKind, Kind>> = {
  required_engine_version: { read: readEngineVersion, keys: ["required_engine_version"] },
  required_plugin_versions: { read: readPluginVersions, keys: ["required_plugin_versions"] },
  list: { read: readList, keys: ["list", "items", "append", "override"] },
  macro: { read: readMacro, keys: ["macro", "condition", "append", "override"] },
  rule: {
    read: readRule,
    keys: [
      "rule", "condition", "output", "desc", "priority", "source", "enabled", "tags", "exceptions", "capture",
      "capture_duration", "warn_evttypes", "skip-if-unknown-filter", "append", "override",
    ], // biome-ignore format: a table
  },
};

/** Reads one item and changes the collection as it says; what is wrong with it is reported. */
export function readItem(reading: Reading, item: RulesItem, parent: Context): void {
  const { findings } = reading;
  switch (item.kind) {
    case "misplaced": {
      const context = nodeContext(parent, "rules content item", item.node);
      const engine = "Unexpected element type. Each element should be a yaml associative array.";
      findings.error("LOAD_ERR_YAML_VALIDATE", context, engine, {
        message: "an item must be a mapping",
        span: spanOfNode(parent.file, item.node),
        hint: `begin it with one of ${ITEM_KINDS.join(", ")}`,
      });
      return;
    }
    case "unknown":
      reportUnknownItem(reading, item.node, parent);
      return;
    default: {
      const errors = findings.errors;
      reportRepeatedKeys(reading, item.node, parent);
      KINDS[item.kind].read(reading, item.node, parent);
      if (item.kind === "rule") reportNewKeys(reading, item.node, parent);
      if (findings.errors === errors) reportUnknownKeys(reading, item.kind, item.node, parent);
    }
  }
}

function reportUnknownItem({ findings }: Reading, node: YamlMapping, parent: Context): void {
  const context = nodeContext(parent, "rules content item", node);
  const keys = keysOf(node);
  const [first] = keys;
  const hint = keys.map(({ text }) => didYouMean(text, ITEM_KINDS)).find((found) => found !== undefined);
  findings.warn("LOAD_UNKNOWN_ITEM", context, "Unknown top level item", {
    message: first === undefined ? "an item is empty" : `no item is called ${quoted(first.text)}`,
    span: spanOfNode(parent.file, first ?? node),
    hint: hint ?? `an item has one of the keys ${ITEM_KINDS.join(", ")}`,
  });
}

function reportUnknownKeys({ findings }: Reading, kind: ItemKind, node: YamlMapping, parent: Context): void {
  const known = KINDS[kind].keys;
  const context = contextOf(kind, node, parent);
  for (const key of keysOf(node)) {
    if (known.includes(key.text)) continue;
    const engine = `Unknown key '${key.text}'. The key will be ignored.`;
    findings.warn("LOAD_UNKNOWN_KEY", context, engine, {
      message: `${nameOf(context)} has an unknown key ${quoted(key.text)}, which is ignored`,
      span: spanOfNode(parent.file, key),
      hint: didYouMean(decodeText(key.text), known),
    });
  }
}

/** Reports keys that the version to compile for does not know. */
function reportNewKeys({ findings, target }: Reading, node: YamlMapping, parent: Context): void {
  const context = contextOf("rule", node, parent);
  for (const key of keysOf(node)) {
    const missing = missingFeature(target, "rule-key", key.text);
    if (missing === null) continue;
    const message = `${nameOf(context)} has ${wordsForMissing(missing, target)}`;
    findings.error("LOAD_ERR_YAML_VALIDATE", context, message, {
      message,
      span: spanOfNode(parent.file, key),
      hint: hintForVersion(missing),
    });
  }
}

function reportRepeatedKeys({ findings }: Reading, node: YamlMapping, parent: Context): void {
  const seen = new Set<string>();
  for (const key of keysOf(node)) {
    if (seen.has(key.text)) {
      findings.note("YAML_DUPLICATE_KEY", {
        message: `key ${quoted(key.text)} is there twice; this one is ignored`,
        span: spanOfNode(parent.file, key),
      });
    }
    seen.add(key.text);
  }
}

/** The item as the engine names it once it has read its name. */
function contextOf(kind: ItemKind, node: YamlMapping, parent: Context): Context {
  const entry = node.entries.find(({ key }) => key.kind === "scalar" && key.text === kind);
  if (kind === "required_engine_version") return nodeContext(parent, kind, node);
  if (kind === "required_plugin_versions") {
    return nodeContext(parent, "required plugin versions", entry?.value ?? node);
  }
  const name = entry?.value.kind === "scalar" ? entry.value.text : "";
  return nodeContext(parent, kind, node, name);
}

function keysOf(node: YamlMapping) {
  return node.entries.flatMap(({ key }) => (key.kind === "scalar" ? [key] : []));
}
