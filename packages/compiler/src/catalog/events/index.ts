// SPDX-License-Identifier: Apache-2.0
import type { EventDefinition } from "../types.ts";
import { FILE_EVENTS } from "./file.ts";
import { IO_EVENTS } from "./io.ts";
import { IPC_EVENTS } from "./ipc.ts";
import { KERNEL_EVENTS } from "./kernel.ts";
import { MEMORY_EVENTS } from "./memory.ts";
import { META_EVENTS } from "./meta.ts";
import { NETWORK_EVENTS } from "./network.ts";
import { OTHER_EVENTS } from "./other.ts";
import { PROCESS_EVENTS } from "./process.ts";
import { USER_EVENTS } from "./user.ts";
import { WAIT_EVENTS } from "./wait.ts";

/** All events; an event's index is its code. */
export const EVENTS: readonly EventDefinition[] = byCode([
  FILE_EVENTS,
  IO_EVENTS,
  IPC_EVENTS,
  KERNEL_EVENTS,
  MEMORY_EVENTS,
  META_EVENTS,
  NETWORK_EVENTS,
  OTHER_EVENTS,
  PROCESS_EVENTS,
  USER_EVENTS,
  WAIT_EVENTS,
]);

function byCode(families: readonly (readonly EventDefinition[])[]): EventDefinition[] {
  return families.flat().sort((a, b) => a.code - b.code);
}
