// SPDX-License-Identifier: Apache-2.0
import { type ByteString, decodeText } from "@falcoc/parser";
import { EVENTS, type FeatureKind, type Target } from "../catalog/index.ts";
import type { CheckError } from "../check/check-condition.ts";
import { type MissingFeature, missingFeature } from "../check/missing-features.ts";
import { didYouMean } from "../suggest.ts";
import type { Findings } from "./findings.ts";
import { HINTED_ERRORS_MAX } from "./limits.ts";
import type { Session } from "./session.ts";

/** What is wrong with a check, and what to do about it, for people. */
export interface CheckWords {
  readonly message: string;
  readonly hint: string | undefined;
}

export function wordsForCheck(error: CheckError, session: Session, source: string): CheckWords {
  const { kind, name, message } = error;
  if (kind === "unknown-field" && name !== undefined) {
    const words = `"${name}" is no field of source "${decodeText(source)}"`;
    return { message: words, hint: hintForField(name, session, source) };
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

/** The nearest field; for a field of other events, which they are; for a newer one, since when there is it. */
export function hintForField(name: string, { catalog, target }: Session, source: string): string | undefined {
  const missing = missingFeature(target, "field", name);
  if (missing !== null) return hintForVersion(missing);
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

const FEATURE_WORDS: Readonly<Record<FeatureKind, string>> = {
  modifier: "modifier",
  transformer: "transformer",
  escape: "escape",
  field: "field",
  "rule-key": "key",
};

/** What a version lacks: the end of a sentence. */
export function wordsForMissing({ kind, name }: MissingFeature, { falco }: Target): string {
  return `the ${FEATURE_WORDS[kind]} "${name}", which Falco ${falco} does not have`;
}

export function hintForVersion({ since }: MissingFeature): string {
  return `Falco ${since} is the first version that has it`;
}
