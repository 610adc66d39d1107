// SPDX-License-Identifier: Apache-2.0
import type { Diagnostic, SourceFile } from "@falcoc/parser";
import { createCatalog, resolveTarget, TARGETS, type Target } from "./catalog/index.ts";
import { describeRules } from "./describe/describe-rules.ts";
import type { RulesDescription } from "./describe/description.ts";
import { linkProgram } from "./link-program.ts";
import type { AppendOutput } from "./load/append-output.ts";
import { type LoadedFiles, loadFiles } from "./load/load-files.ts";
import type { LoadResult } from "./load/load-result.ts";
import type { OwnCode } from "./load/own-codes.ts";
import { type PluginVersion, unmetRequirement } from "./load/plugin-requirements.ts";
import { Session } from "./load/session.ts";
import type { Priority, Program } from "./program/index.ts";

export interface CompileOptions {
  /** Version of Falco or of its engine whose language is meant, such as `0.44`. Default: the latest known. */
  readonly target?: string;
  /** Plugins whose fields and event sources exist, "all" for every known one. Default: "all". */
  readonly plugins?: readonly string[] | "all";
  /** The least urgent priority whose rules are part of the program. Default: Debug, all rules. */
  readonly priority?: Priority;
  /** What the configuration adds to outputs. Default: nothing. */
  readonly appendOutput?: readonly AppendOutput[];
  /** Names of the configured fields `static.NAME`. Default: none. */
  readonly staticFields?: readonly string[];
  /** Plugins that are loaded, for `required_plugin_versions`. Default: requirements are not checked. */
  readonly loadedPlugins?: readonly PluginVersion[];
}

export interface CompileResult {
  /**
   * What the last file that loaded without error left: like an engine, it keeps its rules when a later one fails. Made
   * when asked for.
   */
  readonly ruleset: Program;
  /** Everything there is to say about the files, each thing once. */
  readonly diagnostics: readonly Diagnostic[];
  /** The engine's own view of each file, in order. */
  readonly loads: readonly LoadResult[];
  /** What the linter goes by; of no use to others. */
  readonly loaded: LoadedRules;
  /** The active rules, macros and lists as they were written and as they were compiled; made when asked for. */
  readonly description: RulesDescription;
}

/** Files, what they define, and what their conditions mean. */
export interface LoadedRules extends Pick<LoadedFiles, "files" | "collection" | "active"> {
  readonly session: Session;
  /** Version of the engine whose language was meant, `x.y.z`. */
  readonly engineVersion: string;
}

/** Compiles rules files, loaded one after the other. Never throws: what is wrong is in the diagnostics. */
export function compile(files: readonly SourceFile[], options: CompileOptions = {}): CompileResult {
  const target = resolveTarget(options.target ?? LATEST.falco);
  const engineVersion = (target ?? LATEST).engine ?? ENGINE_VERSION;
  const { plugins = "all", staticFields = [], appendOutput = [], priority = "Debug" } = options;
  const session = new Session(
    createCatalog({ plugins, staticFields, target: options.target }),
    target ?? LATEST,
  );
  const { loads, diagnostics, ...loaded } = loadFiles(files, session, { engineVersion, appendOutput });
  const { collection, active } = loaded;
  const unmet = options.loadedPlugins && unmetRequirement(collection.requiredPlugins, options.loadedPlugins);
  let ruleset: Program | null = null;
  let description: RulesDescription | null = null;
  return {
    get ruleset() {
      ruleset ??= linkProgram(active?.rules ?? [], session.catalog, engineVersion, priority);
      return ruleset;
    },
    diagnostics: [
      ...diagnostics,
      ...(target === null ? [unknownTarget(options.target ?? "")] : []),
      ...(unmet ? [unmetPlugin(unmet)] : []),
    ],
    loads,
    loaded: { ...loaded, session, engineVersion },
    get description() {
      description ??= describeRules(collection, active, session);
      return description;
    },
  };
}

const LATEST = TARGETS.at(-1) as Target;
const ENGINE_VERSION = LATEST.engine ?? "0.0.0";

function unknownTarget(target: string): Diagnostic {
  const known = TARGETS.map(({ falco }) => falco).join(", ");
  return {
    code: "UNKNOWN_TARGET" satisfies OwnCode,
    severity: "error",
    message: `"${target}" is no known version`,
    span: null,
    hint: `known versions of Falco are ${known}`,
  };
}

function unmetPlugin(message: string): Diagnostic {
  return { code: "PLUGIN_REQUIREMENT" satisfies OwnCode, severity: "error", message, span: null };
}
