// SPDX-License-Identifier: Apache-2.0
import {
  type Diagnostic,
  decodeText,
  lookup,
  lookupEntry,
  type RulesFile,
  readRulesFile,
  type Severity,
  type SourceFile,
  type YamlMapping,
  type YamlNode,
} from "@falcoc/parser";
import { didYouMean } from "../suggest.ts";
import { KNOWN_CODES } from "./codes.ts";
import { LINT_GROUPS } from "./define.ts";
import type { LintOptions } from "./options.ts";

export interface LintConfig {
  readonly options: Pick<LintOptions, "enable" | "disable" | "severities">;
  /** What is wrong with the file; the rest of it counts. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads the key `lint` of a `falcoc.yaml`:
 *
 *     lint:
 *       enable: [style]
 *       disable: [PATH_CONTAINS]
 *       severity:
 *         DUPLICATE_ITEM: error
 */
export function readLintConfig(source: SourceFile): LintConfig {
  const file = readRulesFile(source);
  const reader = new ConfigReader(file);
  if (file.problem !== null)
    reader.report(file.span(file.problem.mark.offset, file.problem.mark.offset), file.problem.message);
  const root = file.documents[0]?.root;
  if (root !== undefined && root.kind !== "mapping")
    reader.reportNode(root, "the configuration must be a mapping");
  if (root?.kind === "mapping") reader.reportStrays(root);
  const section = root?.kind === "mapping" ? lookup(root, "lint") : null;
  if (section !== null && section.kind !== "mapping" && section.kind !== "null") {
    reader.reportNode(section, '"lint" must be a mapping');
  }
  const options = section?.kind === "mapping" ? reader.read(section) : {};
  return { options, diagnostics: reader.diagnostics };
}

const KEYS = ["enable", "disable", "severity"];
const SEVERITIES: readonly Severity[] = ["error", "warning", "info"];

class ConfigReader {
  readonly diagnostics: Diagnostic[] = [];
  readonly #file: RulesFile;

  constructor(file: RulesFile) {
    this.#file = file;
  }

  read(section: YamlMapping): LintConfig["options"] {
    for (const { key } of section.entries) {
      const name = key.kind === "scalar" ? decodeText(key.text) : "";
      if (!KEYS.includes(name)) this.reportNode(key, `"lint" has no key "${name}"`, didYouMean(name, KEYS));
    }
    const codes = [...KNOWN_CODES];
    return {
      enable: this.#names(section, "enable", [...codes, ...Object.keys(LINT_GROUPS)]),
      disable: this.#names(section, "disable", codes),
      severities: this.#severities(section, codes),
    };
  }

  /** Keys beside `lint` are none of ours, unless they look it. */
  reportStrays(root: YamlMapping): void {
    for (const name of KEYS) {
      const entry = lookupEntry(root, name);
      if (entry !== null) this.reportNode(entry.key, `"${name}" belongs under "lint"`);
    }
  }

  reportNode(node: YamlNode, message: string, hint?: string): void {
    this.report(this.#file.span(node.start, node.end), message, hint);
  }

  report(span: Diagnostic["span"], message: string, hint?: string): void {
    this.diagnostics.push({
      code: "LINT_CONFIG",
      severity: "error",
      message,
      span,
      ...(hint === undefined ? {} : { hint }),
    });
  }

  #names(section: YamlMapping, key: string, known: readonly string[]): readonly string[] {
    const value = lookup(section, key);
    if (value === null || value.kind === "null") return [];
    if (value.kind !== "sequence") {
      this.reportNode(lookupEntry(section, key)?.key ?? value, `"${key}" must be a list of codes`);
      return [];
    }
    return value.items.flatMap((item) => this.#name(item, known) ?? []);
  }

  #name(node: YamlNode, known: readonly string[]): string | null {
    const name = node.kind === "scalar" ? decodeText(node.text) : "";
    if (known.includes(name)) return name;
    this.reportNode(node, `no finding has the code "${name}"`, didYouMean(name, known));
    return null;
  }

  #severities(section: YamlMapping, codes: readonly string[]): Readonly<Record<string, Severity>> {
    const value = lookup(section, "severity");
    if (value === null || value.kind === "null") return {};
    if (value.kind !== "mapping") {
      this.reportNode(value, '"severity" must map codes to severities');
      return {};
    }
    const severities: Record<string, Severity> = {};
    for (const entry of value.entries) {
      const code = this.#name(entry.key, codes);
      const text = entry.value.kind === "scalar" ? decodeText(entry.value.text) : "";
      const severity = SEVERITIES.find((one) => one === text);
      if (severity === undefined) {
        this.reportNode(entry.value, `"${text}" is no severity`, `use one of ${SEVERITIES.join(", ")}`);
      } else if (code !== null) severities[code] = severity;
    }
    return severities;
  }
}
