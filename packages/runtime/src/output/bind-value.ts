// SPDX-License-Identifier: Apache-2.0
import {
  applyTransform,
  type Extractor,
  type FieldUse,
  type OutputValue,
  type ScalarValue,
} from "@falcoc/compiler/program";
import type { Event, FieldBinder } from "../event.ts";
import type { ValueForm } from "./scalar.ts";

/** A field of a template, ready to be read from events of one kind. */
export interface BoundField {
  readonly use: FieldUse;
  readonly read: Extractor<Event>;
}

/** What a token of a template shows, ready to be read from events of one kind. */
export interface BoundValue {
  /** Canonical text: `proc.aname[2]`, `toupper(proc.name)`. */
  readonly text: string;
  readonly form: ValueForm;
  readonly read: Extractor<Event>;
  /** Every field in it, in order; for a plain field, itself. */
  readonly fields: readonly BoundField[];
  readonly isField: boolean;
}

const TEXT: ValueForm = { type: "CHARBUF", print: "NA" };

/** Prepares a value of a template for events of one kind. `fields` are those of its program. */
export function bindValue(value: OutputValue, fields: readonly FieldUse[], binder: FieldBinder): BoundValue {
  switch (value.kind) {
    case "field":
      return bindField(fields[value.slot] as FieldUse, binder);
    case "literal":
      return { text: value.text, form: TEXT, read: () => value.text, fields: [], isField: false };
    case "list":
      return bindList(value.items.map((item) => bindValue(item, fields, binder)));
    case "transform":
      return bindTransform(
        value,
        value.args.map((argument) => bindValue(argument, fields, binder)),
      );
    default:
      return value satisfies never;
  }
}

type Transform = Extract<OutputValue, { kind: "transform" }>;

/** Outputs show the value itself, also of fields that compare by rules of their own, unless it has none by itself. */
function bindField(use: FieldUse, binder: FieldBinder): BoundValue {
  const isShown = !use.filterOnly || use.comparison === "value";
  const read = isShown ? binder.bind({ ...use, comparison: "value" }) : () => null;
  return { text: use.text, form: use, read, fields: [{ use, read }], isField: true };
}

function bindList(items: readonly BoundValue[]): BoundValue {
  const read = (event: Event) => {
    const values: ScalarValue[] = [];
    for (const item of items) {
      const value = item.read(event);
      if (value === null) return null;
      values.push(...((Array.isArray(value) ? value : [value]) as readonly ScalarValue[]));
    }
    return values;
  };
  const text = `(${items.map((item) => item.text).join(",")})`;
  return { text, form: TEXT, read, fields: items.flatMap((item) => item.fields), isField: false };
}

function bindTransform(call: Transform, args: readonly BoundValue[]): BoundValue {
  const read = (event: Event) =>
    applyTransform(
      call,
      args.map((argument) => argument.read(event)),
    );
  return {
    text: callText(call, args),
    form: call,
    read,
    fields: args.flatMap((argument) => argument.fields),
    isField: false,
  };
}

/** `print` stands for no call of the rule's author: it shows as its argument. */
function callText(call: Transform, args: readonly BoundValue[]): string {
  const texts = args.map((argument) => argument.text).join(",");
  if (call.name === "print") return texts;
  return `${call.name}(${texts})${call.selector === null ? "" : `[${call.selector}]`}`;
}
