// SPDX-License-Identifier: Apache-2.0
import type { Priority } from "../program/index.ts";

/**
 * What `falco -L` prints as JSON (spec 4.7), with its keys. Lists that stand for sets are sorted; texts are decoded.
 */
export interface RulesDescription {
  readonly required_engine_version: string;
  readonly required_plugin_versions: readonly RequiredPlugin[];
  readonly rules: readonly RuleDescription[];
  readonly macros: readonly MacroDescription[];
  readonly lists: readonly ListDescription[];
}

export interface RequiredPlugin {
  readonly name: string;
  readonly version: string;
  readonly alternatives: readonly { readonly name: string; readonly version: string }[];
}

interface ConditionParts {
  /** Macros and lists that the condition names itself. */
  readonly macros: readonly string[];
  readonly lists: readonly string[];
  /** Of the compiled condition. */
  readonly condition_operators: readonly string[];
  readonly condition_fields: readonly string[];
  /** Names of the event types that it can match. */
  readonly events: readonly string[];
  readonly condition_compiled: string;
  /** Plugins without which it cannot work. */
  readonly plugins: readonly string[];
}

export interface RuleDescription {
  /** As the files say, with what was appended. */
  readonly info: {
    readonly name: string;
    readonly condition: string;
    readonly priority: Priority;
    readonly output: string;
    readonly description: string;
    readonly enabled: boolean;
    readonly source: string;
    readonly capture: boolean;
    /** Milliseconds; 0: the configured default. */
    readonly capture_duration: number;
    readonly tags: readonly string[];
  };
  readonly details: ConditionParts & {
    readonly output_fields: readonly string[];
    readonly output_compiled: string;
    readonly exception_fields: readonly string[];
    readonly exception_names: readonly string[];
    readonly exception_operators: readonly string[];
    /** Templates of configured extra fields; absent without. */
    readonly extra_output_formatted_fields?: Readonly<Record<string, string>>;
  };
}

export interface MacroDescription {
  readonly info: { readonly name: string; readonly condition: string };
  readonly details: ConditionParts & { readonly used: boolean };
}

export interface ListDescription {
  readonly info: { readonly name: string; readonly items: readonly string[] };
  readonly details: {
    readonly used: boolean;
    /** Lists whose items are among the compiled ones. */
    readonly lists: readonly string[];
    readonly items_compiled: readonly string[];
    readonly plugins: readonly string[];
  };
}
