// SPDX-License-Identifier: Apache-2.0
import { DUPLICATE_HANDLERS } from "./fd-duplicate.ts";
import { OBJECT_HANDLERS } from "./fd-objects.ts";
import { OPEN_HANDLERS } from "./fd-open.ts";
import type { Handlers } from "./handler.ts";
import { META_HANDLERS } from "./meta-events.ts";
import { ATTRIBUTE_HANDLERS } from "./process-attributes.ts";
import { onClone } from "./process-clone.ts";
import { onExec } from "./process-exec.ts";
import { onExit } from "./process-exit.ts";
import { SOCKET_HANDLERS } from "./socket-calls.ts";
import { SOCKET_IO_HANDLERS } from "./socket-io.ts";

/** What events do to the state, by the id of the event. */
export const HANDLERS_BY_ID: Handlers = {
  SYSCALL_CLONE_20_X: onClone,
  SYSCALL_FORK_20_X: onClone,
  SYSCALL_VFORK_20_X: onClone,
  SYSCALL_CLONE3_X: onClone,
  SYSCALL_EXECVE_19_X: onExec,
  SYSCALL_EXECVEAT_X: onExec,
  PROCEXIT_1_E: onExit,
  ...ATTRIBUTE_HANDLERS,
  ...OPEN_HANDLERS,
  ...DUPLICATE_HANDLERS,
  ...OBJECT_HANDLERS,
  ...SOCKET_HANDLERS,
  ...SOCKET_IO_HANDLERS,
  ...META_HANDLERS,
};
