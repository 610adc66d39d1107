// SPDX-License-Identifier: Apache-2.0
import type { TransformerName } from "@falcoc/parser";
import type { ComparisonMode, PrintFormat, ValueType } from "../catalog/types.ts";

/** Raised whenever a Program of an older form can no longer be run. */
export const PROGRAM_VERSION = 3;

/**
 * Compiled rules: plain data and generated source text, so that it can be written to disk as JSON and run later
 * without the compiler.
 */
export interface Program {
  readonly version: typeof PROGRAM_VERSION;
  /** Engine version whose language it follows, `x.y.z`. */
  readonly engineVersion: string;
  /** Fields that conditions and outputs use. A field's index here is its slot. */
  readonly fields: readonly FieldUse[];
  /** In load order; a rule's index here is its number in generated code. */
  readonly rules: readonly ProgramRule[];
  /**
   * Body of a function of (`rt`, `field`, `enabled`, `remember`) that returns an `Evaluator`, see `Instantiate`: `rt`
   * is the `primitives` object of this package, `field` gives the extractor of a slot, `enabled` says which rules take
   * part, `remember` keeps what is found out about processes. Texts of rules occur in it only as string literals.
   */
  readonly code: string;
}

/** One field as conditions and outputs use it. */
export interface FieldUse {
  /** `name` or `name[argument]`: unique in the program, the key in `output_fields`. */
  readonly text: string;
  readonly name: string;
  /** null without argument. */
  readonly argument: string | null;
  readonly type: ValueType;
  readonly isList: boolean;
  readonly print: PrintFormat;
  readonly comparison: ComparisonMode;
  /** Always missing in outputs. */
  readonly filterOnly: boolean;
  /** `native`, or the plugin that provides it. */
  readonly provider: string;
}

export const PRIORITIES = [
  "Emergency",
  "Alert",
  "Critical",
  "Error",
  "Warning",
  "Notice",
  "Informational",
  "Debug",
] as const;
export type Priority = (typeof PRIORITIES)[number];

export interface ProgramRule {
  readonly name: string;
  readonly description: string;
  readonly source: string;
  readonly priority: Priority;
  /** Sorted. */
  readonly tags: readonly string[];
  /** As the rules files say; configuration may change it when an engine is made. */
  readonly enabled: boolean;
  readonly output: OutputTemplate;
  /** Extra entries of `output_fields` (append_output's extra_fields), in order. */
  readonly extraFields: readonly ExtraField[];
  /** Event codes that the rule can match, sorted; "all" for every code. Without the ever present asyncevent. */
  readonly events: readonly number[] | "all";
  /** Codes of the system calls behind them, sorted: what a probe must deliver. Empty for other sources. */
  readonly syscalls: readonly number[] | "all";
  readonly capture: boolean;
  /** Milliseconds; 0: the configured default. */
  readonly captureDurationMs: number;
  /** Where the rule was defined: path and line (from 1). */
  readonly path: string;
  readonly line: number;
}

export interface ExtraField {
  readonly key: string;
  /** A template is rendered to text; a raw value keeps its type. */
  readonly value: OutputTemplate | OutputValue;
}

/** A compiled output template. Rule outputs always tolerate missing values. */
export interface OutputTemplate {
  readonly kind: "template";
  readonly tolerant: boolean;
  readonly parts: readonly OutputPart[];
}

export type OutputPart =
  | { readonly kind: "text" /** A ByteString. */; readonly text: string }
  | {
      readonly kind: "token";
      readonly value: OutputValue;
      /** Exact width in bytes; null: as it comes. */
      readonly width: number | null;
    };

/** What a token shows: a field, or transformers over fields and texts. */
export type OutputValue =
  | { readonly kind: "field"; readonly slot: number }
  | { readonly kind: "literal" /** A ByteString. */; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly OutputValue[] }
  | {
      readonly kind: "transform";
      readonly name: TransformName;
      readonly args: readonly OutputValue[];
      /** The letter of `getopt(…)[c]`; null without. */
      readonly selector: string | null;
      readonly type: ValueType;
      readonly isList: boolean;
      readonly print: PrintFormat;
    };

/** Transformers of the language, and "print": the text of a number in its print format, as `join` shows it. */
export type TransformName = TransformerName | "print";

/**
 * A field's value while an event is processed.
 * - text, paths, byte buffers: a ByteString (text ends before its first NUL);
 * - integers of every width, times (ns): a number when it is a safe integer, else a bigint — so that equal values
 *   are always `===`; doubles: a number;
 * - booleans: a boolean;
 * - addresses: a ByteString of 4 or 16 bytes in network order;
 * - lists, and candidates of fields with their own comparison: an array of these.
 */
export type ScalarValue = string | number | bigint | boolean;
export type FieldValue = ScalarValue | readonly ScalarValue[];

/** Reads one field of an event; null when the event has no value for it. `E` is the event of one source. */
export type Extractor<E = never> = (event: E) => FieldValue | null;

/** What the generated code gives back. Not re-entrant: one event at a time. */
export interface Evaluator<E = never> {
  /**
   * Number of the first enabled rule of `source` (in load order) that matches, or -1.
   * `code` is the event's code, or -1 when unknown: then every rule of the source is a candidate.
   */
  first(event: E, source: string, code: number): number;
  /** Appends the numbers of all enabled rules that match to `matches`, in load order. */
  all(event: E, source: string, code: number, matches: number[]): void;
  /** Whether any rule of `source`, enabled or not, may match events of this code: where none does, none need be asked. */
  mayMatch(source: string, code: number): boolean;
}
