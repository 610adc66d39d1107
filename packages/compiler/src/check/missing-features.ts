// SPDX-License-Identifier: Apache-2.0
import { type AnyNode, type ByteString, quotedEnd, visitCondition } from "@falcoc/parser";
import { availableIn, type FeatureKind, firstVersionWith, TARGETS, type Target } from "../catalog/index.ts";

/** Something of the language that a version lacks. */
export interface MissingFeature {
  readonly kind: FeatureKind;
  readonly name: string;
  /** First version of Falco that has it. */
  readonly since: string;
}

/** Where a text uses it: half-open byte offsets in the text. */
export interface PlacedFeature extends MissingFeature {
  readonly start: number;
  readonly end: number;
}

/** The feature, when the version lacks it. */
export function missingFeature(target: Target, kind: FeatureKind, name: string): MissingFeature | null {
  const since = firstVersionWith(kind, name);
  return since === null || availableIn(target, kind, name) ? null : { kind, name, since };
}

/**
 * All uses in a condition or an operand of what a version lacks, in the order of the text. Fields are not among
 * them: the version's catalogue does not have those.
 */
export function missingFeatures(target: Target, text: ByteString, root: AnyNode): readonly PlacedFeature[] {
  if (target === TARGETS.at(-1)) return [];
  const missing: PlacedFeature[] = [];
  const use = (kind: FeatureKind, name: string, start: number): undefined => {
    const feature = missingFeature(target, kind, name);
    if (feature !== null) missing.push({ ...feature, start, end: start + name.length });
  };
  visitCondition(root, {
    transformer: (node) => use("transformer", node.name, node.start),
    check: ({ modifier, right }) =>
      modifier === null ? undefined : use("modifier", modifier, text.lastIndexOf(modifier, right.start - 1)),
  });
  for (const at of escapesIn(text, root.start, root.end)) use("escape", text.slice(at, at + 2), at);
  return missing.sort((a, b) => a.start - b.start);
}

/** Offsets of the backslashes that begin an escape: quotes never stand outside of quoted texts. */
function* escapesIn(text: ByteString, start: number, end: number): Generator<number> {
  for (let at = start; at < end; at++) {
    const close = quotedEnd(text, at);
    for (; at < close; at++) {
      if (text[at] !== "\\") continue;
      yield at;
      at++;
    }
  }
}
