// SPDX-License-Identifier: Apache-2.0
import type { DynamicAlternative, FlagTable } from "../types.ts";
import { BIT_TABLES } from "./bit-tables.ts";
import { DYNAMIC_TABLES } from "./dynamic-tables.ts";
import { ENUM_TABLES } from "./enum-tables.ts";

export { CAPABILITY_NAMES, ERRNO_NAMES, SIGNAL_NAMES } from "./number-names.ts";
export {
  CONTAINER_TYPES,
  DESCRIPTOR_TYPES,
  type DescriptorType,
  THREAD_FLAGS,
  TRANSPORT_PROTOCOLS,
} from "./state-names.ts";

/** The table that an event parameter names; null when there is none of that name. */
export function flagTable(name: string): FlagTable | null {
  return FLAG_TABLES[name] ?? null;
}

/** The alternatives of a DYN parameter; null when there is no table of that name. */
export function dynamicTable(name: string): readonly DynamicAlternative[] | null {
  return ALTERNATIVES[name] ?? null;
}

const FLAG_TABLES: Readonly<Record<string, FlagTable>> = { ...BIT_TABLES, ...ENUM_TABLES };
const ALTERNATIVES: Readonly<Record<string, readonly DynamicAlternative[]>> = DYNAMIC_TABLES;
