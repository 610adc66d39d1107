// SPDX-License-Identifier: Apache-2.0
import { type ByteString, decodeText } from "@falcoc/parser";
import { EVENTS } from "../catalog/index.ts";
import type { FieldCatalog } from "../catalog/types.ts";
import type { CheckError } from "../check/check-condition.ts";
import { didYouMean } from "../suggest.ts";
import type { Findings } from "./findings.ts";
import { HINTED_ERRORS_MAX } from "./limits.ts";

/** What is wrong with a check, and what to do about it, for people. */
export interface CheckWords {
  readonly message: string;
  readonly hint: string | undefined;
}

export function wordsForCheck(error: CheckError, catalog: FieldCatalog, source: string): CheckWords {
  const { kind, name, message } = error;
  if (kind === "unknown-field" && name !== undefined) {
    const words = `"${name}" is no field of source "${decodeText(source)}"`;
    return { message: words, hint: hintForField(name, catalog, source) };
  }
  if (kind === "unknown-event-type" && name !== undefined) {
    const names = new Set(EVENTS.map((event) => event.name));
    return { message: `"${name}" is no event type`, hint: didYouMean(name, names) };
  }
  return { message, hint: undefined };
}

/** The nearest of the names that files define. The search takes a while: behind many errors there is none. */
export function hintForName(
  name: ByteString,
  names: Iterable<ByteString>,
  findings: Findings,
): string | undefined {
  return findings.errors < HINTED_ERRORS_MAX
    ? didYouMean(decodeText(name), Array.from(names, decodeText))
    : undefined;
}

/** The nearest field; or, for a field of other events, which they are. */
export function hintForField(name: string, catalog: FieldCatalog, source: string): string | undefined {
  const elsewhere = catalog.fields(null).find((field) => field.name === name);
  if (elsewhere !== undefined) {
    const sources = elsewhere.sources.map((one) => `"${one}"`).join(", ");
    return `only events of source ${sources} have it`;
  }
  return didYouMean(
    name,
    catalog.fields(source).map((field) => field.name),
  );
}
