// SPDX-License-Identifier: Apache-2.0
import {
  createCatalog,
  type FieldCatalog,
  type FieldDefinition,
  type ResolvedField,
  type ValueType,
} from "@falcoc/compiler/catalog";
import {
  canonicalInteger,
  encodeText,
  type FieldUse,
  type FieldValue,
  type ScalarValue,
} from "@falcoc/compiler/program";

type JsonValue = string | number | boolean | { readonly hex: string };

/** A field as a case of the corpus describes it: type, and value on the one event of the case. */
export interface CaseField {
  readonly type: string;
  readonly value_type?: string;
  readonly list?: boolean;
  readonly flags?: readonly string[];
  readonly value?: JsonValue | readonly JsonValue[] | null;
  readonly any?: readonly JsonValue[] | null;
  readonly any_mode?: "endpoint" | "ancestors";
  readonly fd_present?: boolean;
}

export type CaseFields = Readonly<Record<string, CaseField>>;

const COMPARISONS = { endpoint: "endpoints", ancestors: "ancestors" } as const;

/** The fields of one case; names that it does not have are looked up in `rest`, if given. */
export function caseCatalog(fields: CaseFields, rest: FieldCatalog | null = null): FieldCatalog {
  return {
    sources: ["syscall"],
    fields: () => Object.entries(fields).map(([text, field]) => resolved(text, field).definition),
    resolve(text, source) {
      const field = Object.hasOwn(fields, text) ? fields[text] : undefined;
      if (field !== undefined) return { ok: true, field: resolved(text, field) };
      if (rest !== null) return rest.resolve(text, source);
      return { ok: false, message: `filter_check called with nonexistent field ${text}` };
    },
  };
}

/** Reads the fields of the case's event. */
export function caseReader(fields: CaseFields): (field: Pick<FieldUse, "text">) => FieldValue | null {
  return ({ text }) => caseValue(fields[text]!);
}

/**
 * A raw argument has the type of the first event parameter of its name, which need not be the type of the value on
 * the event of the case.
 */
const RAW_ARGUMENTS = createCatalog();

function resolved(text: string, field: CaseField): ResolvedField {
  const [, name, argument] = /^([^[]*)(?:\[(.*)\])?$/s.exec(text)!;
  if (field.type === "DYN") {
    const lookup = RAW_ARGUMENTS.resolve(text, "syscall");
    if (lookup.ok) return lookup.field;
  }
  const type = (field.value_type ?? field.type) as ValueType;
  const isList = field.list ?? false;
  const flags = field.flags ?? [];
  const comparison = field.any_mode === undefined ? "value" : COMPARISONS[field.any_mode];
  const definition: FieldDefinition = {
    name: name!,
    class: "evt",
    type,
    isList,
    print: "DEC",
    argument: { need: "none", form: null },
    comparison,
    filterOnly: flags.includes("filter_only"),
    noTransformer: flags.includes("no_transformer"),
    noRightHand: flags.includes("no_rhs"),
    deprecated: false,
    suggested: false,
    sources: ["*"],
    provider: "native",
    description: "",
  };
  return { definition, text, argument: argument ?? null, type, isList, comparison };
}

function caseValue(field: CaseField): FieldValue | null {
  const type = field.value_type ?? field.type;
  if (field.any_mode !== undefined) {
    return field.fd_present === false ? null : (field.any ?? []).map((one) => scalar(one, type));
  }
  const value = field.value ?? null;
  if (value === null) return null;
  return isArray(value) ? value.map((one) => scalar(one, type)) : scalar(value, type);
}

function isArray(value: JsonValue | readonly JsonValue[]): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function scalar(value: JsonValue, type: string): ScalarValue {
  if (typeof value === "object") return Buffer.from(value.hex, "hex").toString("latin1");
  if (typeof value === "boolean" || type === "DOUBLE") return value;
  if (type.startsWith("IP")) return addressBytes(String(value));
  const isText = type === "BYTEBUF" || type === "CHARBUF" || type.startsWith("FS");
  return isText ? encodeText(String(value)) : canonicalInteger(BigInt(value));
}

/** Bytes of an address. The URL parser writes every form of version 6 as hexadecimal groups. */
function addressBytes(text: string): string {
  if (!text.includes(":")) return String.fromCharCode(...text.split(".").map(Number));
  const [head = "", tail] = new URL(`http://[${text}]`).hostname.slice(1, -1).split("::");
  const groups = (part: string): number[] =>
    part === "" ? [] : part.split(":").map((hex) => Number.parseInt(hex, 16));
  const [first, last] = [groups(head), groups(tail ?? "")];
  const zeros = new Array<number>(8 - first.length - last.length).fill(0);
  return String.fromCharCode(...[...first, ...zeros, ...last].flatMap((group) => [group >> 8, group & 255]));
}
