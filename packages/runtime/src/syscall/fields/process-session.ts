// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/compiler/program";
import type { Thread } from "../../state/thread.ts";
import type { ThreadTable } from "../../state/thread-table.ts";
import { type Factory, type Fields, ofThread } from "./factory.ts";

/** Sessions and process groups, and who leads them. */
export const PROCESS_SESSION_FIELDS: Fields = {
  "proc.sid": ofThread((thread) => thread.sid),
  "proc.sname": leader("sid", (process) => process.comm),
  "proc.sid.exe": leader("sid", (process) => process.exe),
  "proc.sid.exepath": leader("sid", (process) => process.exepath),
  "proc.vpgid": ofThread((thread) => thread.vpgid),
  "proc.vpgid.name": leader("vpgid", (process) => process.comm),
  "proc.vpgid.exe": leader("vpgid", (process) => process.exe),
  "proc.vpgid.exepath": leader("vpgid", (process) => process.exepath),
  "proc.pgid": ofThread((thread) => thread.pgid),
  "proc.pgid.name": leader("pgid", (process) => process.comm),
  "proc.pgid.exe": leader("pgid", (process) => process.exe),
  "proc.pgid.exepath": leader("pgid", (process) => process.exepath),
};

type LedBy = "sid" | "vpgid" | "pgid";

function leader(by: LedBy, read: (process: Thread) => ByteString): Factory {
  return ofThread((thread, event) => {
    const process = leaderOf(event.state.threads, thread, by);
    return process === null ? "" : read(process);
  });
}

/**
 * The process whose id is that of the session or group. Ids inside a pid namespace are not those that we know
 * processes by: there the uppermost ancestor of the same session or group stands for the leader.
 */
function leaderOf(threads: ThreadTable, thread: Thread, by: LedBy): Thread | null {
  const id = thread[by];
  if (id === -1) return null;
  if (by === "pgid" || !thread.isInPidNamespace) {
    const found = threads.find(id);
    if (found !== null) return found;
  }
  let uppermost: Thread | null = null;
  for (const ancestor of threads.ancestors(thread)) {
    if (ancestor[by] !== id) break;
    uppermost = ancestor;
  }
  return uppermost;
}
