// SPDX-License-Identifier: Apache-2.0
import type { FieldArgument, FieldClass, FieldDefinition, PrintFormat, ValueType } from "../types.ts";

type Trait = Partial<
  Pick<
    FieldDefinition,
    | "isList"
    | "print"
    | "argument"
    | "comparison"
    | "filterOnly"
    | "noTransformer"
    | "noRightHand"
    | "deprecated"
    | "suggested"
  >
>;

type Define = (name: string, type: ValueType, description: string, ...traits: Trait[]) => FieldDefinition;

/** Gives the constructor of the fields of one class, provider and set of sources. */
export function fieldsOf(fieldClass: FieldClass, provider: string, sources: readonly string[]): Define {
  return (name, type, description, ...traits) => {
    const field = {
      name,
      class: fieldClass,
      type,
      isList: false,
      print: DECIMAL.has(type) ? "DEC" : "NA",
      argument: NO_ARGUMENT,
      comparison: "value",
      filterOnly: false,
      noTransformer: false,
      noRightHand: false,
      deprecated: false,
      suggested: false,
      sources,
      provider,
      description,
    } satisfies FieldDefinition;
    return Object.assign(field, ...traits);
  };
}

export const LIST: Trait = { isList: true };
export const DEPRECATED: Trait = { deprecated: true };
export const SUGGESTED: Trait = { suggested: true };
export const NO_RIGHT_HAND: Trait = { noRightHand: true };

/** Neither transformers nor right-hand fields: the field has a comparison of its own. */
export const CLOSED: Trait = { noTransformer: true, noRightHand: true };
export const FILTER_ONLY: Trait = { ...CLOSED, filterOnly: true };
export const ENDPOINTS: Trait = { ...FILTER_ONLY, comparison: "endpoints" };
export const ANCESTORS: Trait = { ...CLOSED, comparison: "ancestors" };

/** Written in another format than the decimal of numbers and the plain text of everything else. */
export function print(format: PrintFormat): Trait {
  return { print: format };
}

export function required(form: FieldArgument["form"]): Trait {
  return { argument: { need: "required", form } };
}

export function optional(form: FieldArgument["form"]): Trait {
  return { argument: { need: "optional", form } };
}

const NO_ARGUMENT: FieldArgument = { need: "none", form: null };

const DECIMAL: ReadonlySet<ValueType> = new Set<ValueType>([
  "INT16",
  "INT32",
  "INT64",
  "UINT32",
  "UINT64",
  "RELTIME",
  "ABSTIME",
  "PORT",
]);
