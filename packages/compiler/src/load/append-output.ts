// SPDX-License-Identifier: Apache-2.0
import { type ByteString, encodeText } from "@falcoc/parser";
import type { FieldCatalog } from "../catalog/types.ts";
import type { RuleEntry } from "./collection.ts";

/** An entry of the configuration's `append_output`: what is added to the outputs of some rules. */
export interface AppendOutput {
  /** Which rules: all conditions must hold; an absent or empty one holds for every rule. */
  readonly match?: {
    readonly source?: string;
    readonly rule?: string;
    /** The rule must have all of them. */
    readonly tags?: readonly string[];
  };
  /** Template text that is appended to the output, behind a space. */
  readonly extraOutput?: string;
  /** Entries of `output_fields` only: a field, or a key with a template. */
  readonly extraFields?: readonly (string | Readonly<Record<string, string>>)[];
  /** Append the fields that the catalogue suggests. */
  readonly suggestedOutput?: boolean;
}

export interface AddedField {
  readonly key: string;
  readonly template: ByteString;
  /** The value keeps its type; otherwise it is rendered to text. */
  readonly raw: boolean;
}

export interface AddedOutput {
  /** Texts to append in this order, each behind a space. */
  readonly texts: readonly ByteString[];
  /** One for each key. */
  readonly fields: readonly AddedField[];
}

/** What the configuration adds to a rule's output (spec 5.5). */
export function addedOutput(
  rule: RuleEntry,
  entries: readonly AppendOutput[],
  catalog: FieldCatalog,
): AddedOutput {
  const texts: ByteString[] = [];
  const fields = new Map<string, AddedField>();
  for (const entry of entries) {
    if (!matches(rule, entry.match)) continue;
    if (entry.extraOutput !== undefined && entry.extraOutput !== "")
      texts.push(encodeText(entry.extraOutput));
    if (entry.suggestedOutput === true) texts.push(...suggestedTexts(catalog, rule.source));
    const extra = entry.extraFields ?? [];
    for (const field of extra.filter((one) => typeof one !== "string")) {
      for (const [key, template] of Object.entries(field)) {
        fields.set(key, { key, template: encodeText(template), raw: false });
      }
    }
    for (const name of extra.filter((one) => typeof one === "string")) {
      fields.set(name, { key: name, template: encodeText(`%${name}`), raw: true });
    }
  }
  return { texts, fields: [...fields.values()] };
}

function matches(rule: RuleEntry, match: AppendOutput["match"]): boolean {
  const { source = "", rule: name = "", tags = [] } = match ?? {};
  return (
    (source === "" || rule.source === encodeText(source)) &&
    (name === "" || rule.name === encodeText(name)) &&
    tags.every((tag) => rule.tags.includes(encodeText(tag)))
  );
}

function suggestedTexts(catalog: FieldCatalog, source: string): readonly ByteString[] {
  const suggested = catalog.fields(source).filter((field) => field.suggested);
  return suggested.map(({ name }) => encodeText(`${name.replaceAll(".", "_")}=%${name}`));
}
