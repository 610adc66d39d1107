// SPDX-License-Identifier: Apache-2.0
import type { Derivation } from "./derivation.ts";
import { ARGUMENT_DERIVATIONS } from "./derive-argument.ts";
import { DESCRIPTOR_DERIVATIONS } from "./derive-descriptor.ts";
import { EVENT_DERIVATIONS } from "./derive-event.ts";
import { PROCESS_DERIVATIONS } from "./derive-process.ts";
import { USER_DERIVATIONS } from "./derive-user.ts";

/**
 * Everything that follows from the fields of a flat event, at most one entry a field. Two fields may follow from each
 * other: the one that is given wins.
 */
export const DERIVATIONS: readonly Derivation[] = [
  ...EVENT_DERIVATIONS,
  ...ARGUMENT_DERIVATIONS,
  ...DESCRIPTOR_DERIVATIONS,
  ...PROCESS_DERIVATIONS,
  ...USER_DERIVATIONS,
];
