// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/parser";

/** A prepared test of one text. */
export type TextTest = (text: ByteString) => boolean;
