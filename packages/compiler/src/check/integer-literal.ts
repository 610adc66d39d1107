// SPDX-License-Identifier: Apache-2.0
import { type ByteString, decodeText } from "@falcoc/parser";
import { scanInteger } from "../catalog/scan-integer.ts";
import { canonicalInteger } from "../program/index.ts";
import { failure, type Result, success } from "./result.ts";
import type { IntegerForm } from "./value-types.ts";

/** Reads a decimal integer, cut to the width of its type. */
export function parseInteger(text: ByteString, { bits, signed }: IntegerForm): Result<number | bigint> {
  const value = scanInteger(text, bits, signed);
  if (value === null) return failure("bad-literal", `${decodeText(text)} is not a valid number`);
  return success(canonicalInteger(value));
}
