// SPDX-License-Identifier: Apache-2.0
export { type ByteString, decodeText, encodeText } from "@falcoc/parser";
export * from "./program.ts";
