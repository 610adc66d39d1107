// SPDX-License-Identifier: Apache-2.0
import { DESCRIPTOR_TYPES, type DescriptorType } from "@falcoc/compiler/catalog";
import type { FdType } from "../capture/records.ts";
import type { FdInfo } from "./fd-info.ts";

/** What stands for the text of a type or protocol that has none. */
export const NO_TEXT = "<NA>";

const BY_CODE = new Map(DESCRIPTOR_TYPES.map((type) => [type.code, type]));
const UNKNOWN = BY_CODE.get(0) as DescriptorType;
const PROTOCOL_CHARS = ["", "", "t", "u", "i", "r"] as const;

/** Names of a type of descriptors. */
export function descriptorType(type: FdType): DescriptorType {
  return BY_CODE.get(type) ?? UNKNOWN;
}

/** `<` type and protocol `>` name, as arguments of events show a descriptor. */
export function descriptorText(info: FdInfo): string {
  const protocol = PROTOCOL_CHARS[info.shownProtocol] ?? "";
  return `<${descriptorType(info.type).char}${protocol}>${info.name}`;
}
