// SPDX-License-Identifier: Apache-2.0

/** A released version of Falco whose language the catalogue knows apart from the others. */
export interface Target {
  /** `major.minor` of Falco. */
  readonly falco: string;
  /** Version of its rule engine; null where it could not be established. */
  readonly engine: string | null;
}

/** What a version can bring. */
export type FeatureKind = "modifier" | "transformer" | "rule-key" | "field" | "escape";

interface Feature {
  readonly kind: FeatureKind;
  /** A name, or a prefix followed by `*`. */
  readonly name: string;
  /** The first Falco version that has it. */
  readonly since: string;
}

/** Known versions, oldest first. The last one is the one that the whole catalogue describes. */
export const TARGETS: readonly Target[] = [
  // The official rules that were released for 0.42, version 5, require engine 0.57.0.
  { falco: "0.42", engine: "0.57.0" },
  { falco: "0.43", engine: null },
  // The version output of 0.44.1 says 0.62.0, and so do the notes of 0.45.0 for their predecessor.
  { falco: "0.44", engine: "0.62.0" },
  { falco: "0.45", engine: "0.63.0" },
];

/** What the language gained after the oldest known version, or with it, where the release notes say so. */
const FEATURES: readonly Feature[] = [
  // Notes of 0.42.0: falcosecurity/falco pull requests 3557 (static fields) and 3645 (captures).
  { kind: "field", name: "static.*", since: "0.42" },
  { kind: "rule-key", name: "capture", since: "0.42" },
  { kind: "rule-key", name: "capture_duration", since: "0.42" },
  // Notes of 0.44.0: falcosecurity/falco pull request 3878.
  { kind: "modifier", name: "oneof", since: "0.44" },
  { kind: "modifier", name: "anyof", since: "0.44" },
  { kind: "modifier", name: "allof", since: "0.44" },
  // falcosecurity/libs pull requests 2776 (calls with several arguments), 2822 and 2842: proposed between January and
  // February of 2026, too late for 0.43.0 of January 28, so 0.44 is the first release that can have them.
  { kind: "transformer", name: "join", since: "0.44" },
  { kind: "transformer", name: "concat", since: "0.44" },
  { kind: "transformer", name: "getopt", since: "0.44" },
  // Notes of 0.45.0: falcosecurity/falco pull request 3942.
  { kind: "escape", name: "\\x", since: "0.45" },
];

/**
 * The version that a text names: one of Falco (`0.44`, `0.44.1`) or of the engine (`0.62`, `0.62.0`); an engine
 * version between two known ones counts as the older. Null when it is neither.
 */
export function resolveTarget(text: string): Target | null {
  const match = /^v?(0\.([0-9]{1,3}))(\.[0-9]{1,3})?$/.exec(text);
  if (match === null) return null;
  const falco = TARGETS.find((target) => target.falco === match[1]);
  return falco ?? targetOfEngine(Number(match[2]));
}

/** The first Falco version with a feature; null when every known version has it, or none. */
export function firstVersionWith(kind: FeatureKind, name: string): string | null {
  return FEATURES.find((feature) => feature.kind === kind && covers(feature.name, name))?.since ?? null;
}

/** Whether a version has a feature. What the table does not mention counts as had by all. */
export function availableIn(target: Target, kind: FeatureKind, name: string): boolean {
  const since = firstVersionWith(kind, name);
  return since === null || rank(since) <= rank(target.falco);
}

function targetOfEngine(minor: number): Target | null {
  if (minor > minorOf(TARGETS.at(-1)?.engine ?? null)) return null;
  return TARGETS.findLast(({ engine }) => minorOf(engine) <= minor) ?? null;
}

function minorOf(engine: string | null): number {
  return engine === null ? Number.POSITIVE_INFINITY : Number(engine.split(".")[1]);
}

function covers(pattern: string, name: string): boolean {
  return pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
}

function rank(falco: string): number {
  return TARGETS.findIndex((target) => target.falco === falco);
}
