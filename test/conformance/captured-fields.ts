// SPDX-License-Identifier: Apache-2.0
import { checkTemplate, FieldTable, resolvesInOutput } from "@falcoc/compiler";
import { createCatalog } from "@falcoc/compiler/catalog";
import { encodeText } from "@falcoc/compiler/program";
import { parseTemplate } from "@falcoc/parser";
import {
  bindTemplate,
  type Event,
  type FieldBinder,
  openCapture,
  type TemplateRenderer,
} from "@falcoc/runtime";

/** Renders the token of one field, as `%FIELD` in an output. */
export type FieldRenderer = readonly [field: string, renderer: TemplateRenderer];

/** Replays a capture. `onEvent` gets each event with the renderers of the fields, which are made once. */
export async function replayFields(
  path: string,
  fields: readonly string[],
  onEvent: (event: Event, renderers: readonly FieldRenderer[]) => void,
): Promise<void> {
  let renderers: readonly FieldRenderer[] | null = null;
  await openCapture(path).run((event) => {
    renderers ??= bindFields(fields, event.binder);
    onEvent(event, renderers);
  });
}

function bindFields(fields: readonly string[], binder: FieldBinder): FieldRenderer[] {
  const catalog = createCatalog();
  return fields.map((field) => {
    const context = { catalog, source: "syscall" };
    const parsed = parseTemplate(encodeText(`*%${field}`), (value) => resolvesInOutput(value, context));
    if (!parsed.ok) throw new Error(`%${field}: ${parsed.error.message}`);
    const table = new FieldTable();
    const checked = checkTemplate(parsed.template, { ...context, fields: table });
    if (!checked.ok) throw new Error(`%${field}: ${checked.error.message}`);
    return [field, bindTemplate(checked.output, table.fields, binder)];
  });
}

/** Fields whose items come in the order of the engine's hash table. */
export const UNORDERED: ReadonlySet<string> = new Set(["fd.types"]);

/** A list in an output text, its items sorted. */
export function sortedItems(list: string): string {
  return list.slice(1, -1).split(",").sort().join(",");
}

/** How one field of one capture compares with what the engine gave. */
export class Tally {
  #total = 0;
  #equal = 0;
  readonly #examples: string[] = [];

  add(event: Event, got: string, want: string): void {
    this.#total++;
    if (got === want) this.#equal++;
    else if (this.#examples.length < 3) this.#examples.push(`#${event.number}: ${got}, expected ${want}`);
  }

  /** Null when all are equal. */
  message(): string | null {
    if (this.#equal === this.#total) return null;
    return `${this.#equal} of ${this.#total} equal; ${this.#examples.join("; ")}`;
  }
}

/** Tallies by field. */
export class Tallies {
  readonly #byField = new Map<string, Tally>();

  add(field: string, event: Event, got: string, want: string): void {
    let tally = this.#byField.get(field);
    if (tally === undefined) {
      tally = new Tally();
      this.#byField.set(field, tally);
    }
    tally.add(event, got, want);
  }

  message(field: string): string | null {
    return this.#byField.get(field)?.message() ?? null;
  }
}
