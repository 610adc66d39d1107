// SPDX-License-Identifier: Apache-2.0
export { type ByteString, decodeText, encodeText, sequenceLength } from "@falcoc/parser";
export { didYouMean, suggest } from "../suggest.ts";
export { parseAddress } from "./address.ts";
export { globMatches, globTest } from "./glob.ts";
export { canonicalInteger, wrapInteger } from "./integers.ts";
export { type NeededEvents, neededEvents } from "./needed-events.ts";
export { inNetwork } from "./network.ts";
export { pathTest } from "./path-tree.ts";
export {
  type Instantiate,
  type Primitives,
  primitives,
  type Remember,
  rememberNothing,
} from "./primitives.ts";
export { printInteger } from "./print-integer.ts";
export { parsePriority } from "./priority.ts";
export { isProcessField } from "./process-fields.ts";
export * from "./program.ts";
export { compileRegex, type Regex } from "./regex.ts";
export { enabledAfter, matchesWildcard, type RuleChange, type RuleSelector, selects } from "./selection.ts";
export type { TextTest } from "./text-test.ts";
export { applyTransform, type TransformCall } from "./transform.ts";
