// SPDX-License-Identifier: Apache-2.0
import type { GroupEntry, UserEntry } from "../../capture/records.ts";
import type { Thread } from "../../state/thread.ts";
import { UNKNOWN_ID, UNKNOWN_NAME } from "../../state/thread.ts";
import type { SyscallEvent } from "../syscall-event.ts";
import { type Fields, ofThread } from "./factory.ts";

/** Whose rights the thread has. Names that are not known are a text too. */
export const USER_FIELDS: Fields = {
  "user.uid": ofThread((thread) => thread.uid),
  "user.name": ofThread((thread, event) => userOf(thread, event)?.name ?? UNKNOWN_NAME),
  "user.homedir": ofThread((thread, event) => userOf(thread, event)?.home ?? UNKNOWN_NAME),
  "user.shell": ofThread((thread, event) => userOf(thread, event)?.shell ?? UNKNOWN_NAME),
  "user.loginuid": ofThread((thread) => (thread.loginuid === UNKNOWN_ID ? -1 : thread.loginuid)),
  "user.loginname": ofThread(
    (thread, event) => event.state.users.user(thread.containerId, thread.loginuid)?.name ?? UNKNOWN_NAME,
  ),
  "group.gid": ofThread((thread) => thread.gid),
  "group.name": ofThread((thread, event) => groupOf(thread, event)?.name ?? UNKNOWN_NAME),
};

function userOf(thread: Thread, event: SyscallEvent): UserEntry | null {
  return event.state.users.user(thread.containerId, thread.uid);
}

function groupOf(thread: Thread, event: SyscallEvent): GroupEntry | null {
  return event.state.users.group(thread.containerId, thread.gid);
}
