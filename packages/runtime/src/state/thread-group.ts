// SPDX-License-Identifier: Apache-2.0
import type { Thread } from "./thread.ts";

/** The threads of one process. */
export class ThreadGroup {
  readonly pid: number;
  /** The leader comes first. A dead leader stays until its last thread has gone. */
  readonly threads: Thread[] = [];
  alive = 0;
  /** Adopts the orphans among its descendants. */
  isReaper: boolean;

  constructor(pid: number, isReaper: boolean) {
    this.pid = pid;
    this.isReaper = isReaper;
  }

  add(thread: Thread): void {
    if (thread.isMain) this.threads.unshift(thread);
    else this.threads.push(thread);
    this.alive++;
  }

  remove(thread: Thread): void {
    const at = this.threads.indexOf(thread);
    if (at >= 0) this.threads.splice(at, 1);
  }

  /** A thread that has not exited; null: all have. */
  firstAlive(): Thread | null {
    return this.threads.find((thread) => !thread.isDead) ?? null;
  }
}
