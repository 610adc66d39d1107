// SPDX-License-Identifier: Apache-2.0

/** Types of field values and event parameters, as the engine names them. */
export const VALUE_TYPES = [
  "INT8", "INT16", "INT32", "INT64", "UINT8", "UINT16", "UINT32", "UINT64",
  "ERRNO", "FD", "PID", "UID", "GID", "SYSCALLID", "SIGTYPE", "SIGSET", "MODE", "L4PROTO", "SOCKFAMILY",
  "FLAGS8", "FLAGS16", "FLAGS32", "ENUMFLAGS8", "ENUMFLAGS16", "ENUMFLAGS32",
  "RELTIME", "ABSTIME", "PORT", "DOUBLE", "BOOL",
  "CHARBUF", "FSPATH", "FSRELPATH", "BYTEBUF", "CHARBUFARRAY", "CHARBUF_PAIR_ARRAY",
  "IPV4ADDR", "IPV6ADDR", "IPADDR", "IPV4NET", "IPV6NET", "IPNET",
  "SOCKADDR", "SOCKTUPLE", "FDLIST", "DYN", "FD32", "PID32",
] as const; // biome-ignore format: a table

export type ValueType = (typeof VALUE_TYPES)[number];

/** How a number is written in an output text. */
export type PrintFormat = "NA" | "DEC" | "HEX" | "OCT" | "10_PADDED_DEC" | "ID" | "DIR";

/**
 * Groups in which the engine looks a field up, in this order; the first group that has a name which is a prefix
 * of the text decides (spec 2.9).
 */
export type FieldClass =
  | "evt-generic" | "evt" | "process" | "user" | "group" | "fd" | "fs.path" | "util" | "fdlist"
  | "static" | "plugin"; // biome-ignore format: a table

export interface FieldArgument {
  readonly need: "none" | "optional" | "required";
  /** index: `[3]`; key: `[name]`; suffix: `.name`; null when need is none. */
  readonly form: "index" | "key" | "index-or-key" | "suffix" | "index-or-name" | null;
}

/**
 * How a field's value takes part in comparisons.
 * - value: the extracted value is compared;
 * - endpoints: the extractor gives all candidates (both ends of a connection): `!=` holds when it holds for all,
 *   every other operator when it holds for one;
 * - ancestors: the extractor gives all candidates; an operator holds when it holds for one of them;
 * - around: the extractor gives the event's time; the literal is a distance in ms from the argument.
 */
export type ComparisonMode = "value" | "endpoints" | "ancestors" | "around";

/** One entry of the catalogue of fields. */
export interface FieldDefinition {
  readonly name: string;
  readonly class: FieldClass;
  readonly type: ValueType;
  /** Element type is `type`. */
  readonly isList: boolean;
  readonly print: PrintFormat;
  readonly argument: FieldArgument;
  readonly comparison: ComparisonMode;
  /** Accepted, but always missing in outputs. */
  readonly filterOnly: boolean;
  /** May not be wrapped in a transformer. */
  readonly noTransformer: boolean;
  /** May not take part in field-to-field comparisons. */
  readonly noRightHand: boolean;
  readonly deprecated: boolean;
  /** Appended to outputs where `suggested_output` asks for it. */
  readonly suggested: boolean;
  /** Event sources whose events can have the field; `["*"]`: all. */
  readonly sources: readonly string[];
  /** `native`, or the plugin that provides it. */
  readonly provider: string;
  /** Meaning, units and missing-value condition, in one sentence. */
  readonly description: string;
}

/** A field as a rule names it: definition and argument, checked. */
export interface ResolvedField {
  readonly definition: FieldDefinition;
  /** `name` or `name[argument]`: the key of the field in programs and outputs. */
  readonly text: string;
  /** Argument as written, brackets or suffix dot removed; null without. */
  readonly argument: string | null;
  /** Type of this use: that of the definition but for `evt.rawarg`, which has its parameter's. */
  readonly type: ValueType;
  readonly isList: boolean;
  /** As in the definition, but "value" for an ancestor field with an index. */
  readonly comparison: ComparisonMode;
}

export type FieldLookup =
  | { readonly ok: true; readonly field: ResolvedField }
  | { readonly ok: false /** The engine's wording. */; readonly message: string };

/** What the compiler asks of the world of fields. Tests bring their own; `catalog` is the real one. */
export interface FieldCatalog {
  /** Looks up `name` or `name[argument]` for events of a source (spec 2.9). */
  resolve(text: string, source: string): FieldLookup;
  /** All definitions usable with a source; null: all of all sources. */
  fields(source: string | null): readonly FieldDefinition[];
  /** Event sources whose rules can be compiled. */
  readonly sources: readonly string[];
  /** Names of the events that the loaded plugins inject: further names that `evt.type` may be compared with. */
  readonly asyncEvents?: readonly string[];
}

export interface EventParameter {
  readonly name: string;
  readonly type: ValueType;
  readonly print: PrintFormat;
  /** Name of the flag or enum table that renders it, for DYN of the table of its alternatives; null when none. */
  readonly table: string | null;
  /** For FSRELPATH: index of the parameter that holds the directory descriptor; null otherwise. */
  readonly directoryParameter: number | null;
}

/** Names of the bits or numbers of a parameter, in the order in which they are written. */
export interface FlagTable {
  /**
   * - bits: entries are taken off the value one after the other;
   * - mode: the same, but an entry equal to the whole value ends it;
   * - enum: every entry equal to the value counts.
   */
  readonly kind: "bits" | "mode" | "enum";
  /** Names with their values; names and values may repeat. */
  readonly entries: readonly (readonly [name: string, value: number])[];
}

/** One type that the value of a DYN parameter can have. */
export interface DynamicAlternative {
  readonly type: ValueType;
  readonly print: PrintFormat;
}

export type EventFlag =
  | "creates_fd" | "destroys_fd" | "uses_fd" | "reads_from_fd" | "writes_to_fd"
  | "modifies_state" | "waits" | "skipparsereset" | "large_payload"
  | "old_version" | "converter_managed" | "unused"; // biome-ignore format: a table

/** One entry of the event table. Even codes are enter events (or pseudo events), odd ones exit events. */
export interface EventDefinition {
  readonly code: number;
  /** Name in the event table, in upper case with direction: `SYSCALL_OPENAT_2_X`. */
  readonly id: string;
  /** What `evt.type` compares with. */
  readonly name: string;
  readonly direction: "enter" | "exit";
  readonly category: string;
  /** What produces it; "none" for unused codes. */
  readonly source: "syscall" | "tracepoint" | "meta" | "plugin" | "iter" | "none";
  readonly flags: readonly EventFlag[];
  readonly old: boolean;
  readonly unused: boolean;
  /** Lengths of parameters take 32 bits in captures. */
  readonly large: boolean;
  readonly parameters: readonly EventParameter[];
}

export interface SyscallDefinition {
  /** Code of the schema, the same on every architecture. */
  readonly code: number;
  readonly name: string;
  /** Native numbers; null where the architecture lacks the call. */
  readonly x86_64: number | null;
  readonly aarch64: number | null;
  /** Delivered as the generic event. */
  readonly generic: boolean;
  /** Codes of its events. */
  readonly events: readonly number[];
}
