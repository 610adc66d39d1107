// SPDX-License-Identifier: Apache-2.0
import { EVENTS } from "../catalog/index.ts";
import type { FieldCatalog } from "../catalog/types.ts";
import type { CheckError } from "../check/check-condition.ts";
import { didYouMean } from "../suggest.ts";

/** What to do about a check that is wrong: the nearest existing name, where a name is the problem. */
export function hintForCheck(
  { kind, name }: CheckError,
  catalog: FieldCatalog,
  source: string,
): string | undefined {
  if (name === undefined) return undefined;
  switch (kind) {
    case "unknown-field":
      return hintForField(name, catalog, source);
    case "unknown-event-type":
      return didYouMean(name, new Set(EVENTS.map((event) => event.name)));
    default:
      return undefined;
  }
}

export function hintForField(name: string, catalog: FieldCatalog, source: string): string | undefined {
  const names = catalog.fields(source).map((field) => field.name);
  const nearest = didYouMean(name, names);
  if (nearest !== undefined) return nearest;
  const elsewhere = catalog.fields(null).find((field) => field.name === name);
  if (elsewhere === undefined) return undefined;
  return `it is a field of plugin "${elsewhere.provider}", for events of source ${elsewhere.sources.map((one) => `"${one}"`).join(", ")}`;
}
