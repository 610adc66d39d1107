// SPDX-License-Identifier: Apache-2.0
import { didYouMean, LINT_RULES, LOAD_CODES, OWN_CODES } from "@falcoc/compiler";
import { InvalidArgumentError } from "commander";

/** What each code of a finding stands for, in a sentence. */
const SUMMARIES: ReadonlyMap<string, string> = new Map([
  ...Object.entries(LOAD_CODES).map(([code, { explanation }]) => [code, explanation] as const),
  ...Object.entries(OWN_CODES),
  ...LINT_RULES.map(({ code, summary }) => [code, summary] as const),
]);

/** Lint rules that are only on when their code, or their group, is asked for. */
const OPTIONAL: readonly string[] = [
  ...new Set(LINT_RULES.flatMap(({ code, group }) => (group === null ? [] : [group, code]))),
];

/** Meaning of a code; null when it is none that a finding has. */
export function summaryOfCode(code: string): string | null {
  return SUMMARIES.get(code) ?? null;
}

/** Parses a repeatable flag that names findings to look for. */
export function parseOptionalCode(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, known(text, OPTIONAL)];
}

/** Parses a repeatable flag that names findings of any kind. */
export function parseCode(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, known(text, [...SUMMARIES.keys()])];
}

function known(text: string, names: readonly string[]): string {
  if (names.includes(text)) return text;
  throw new InvalidArgumentError(`No such code${suffix(didYouMean(text, names))}.`);
}

function suffix(hint: string | undefined): string {
  return hint === undefined ? "" : `; ${hint.replace(/\?$/, "")}`;
}
