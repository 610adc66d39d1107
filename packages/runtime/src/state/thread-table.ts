// SPDX-License-Identifier: Apache-2.0
import { Thread, UNKNOWN_ID, UNKNOWN_NAME } from "./thread.ts";
import { ThreadGroup } from "./thread-group.ts";

/** Most threads that are kept; events of further ones have no thread. */
export const THREADS_MAX = 262_144;
/** How many exits are remembered, so that late events of dead children are told from new ones. */
const RECENT_EXITS_MAX = 8192;
/** Longest chain of parents that is followed. */
export const ANCESTORS_MAX = 1024;
/** The same where nothing is remembered of threads with more ancestors. */
const SETTLED_ANCESTORS_MAX = 64;

interface Exit {
  readonly parentTid: number;
  readonly timeNs: bigint;
}

/** All known threads, their processes, and who is whose child. */
export class ThreadTable {
  readonly #threads = new Map<number, Thread>();
  readonly #groups = new Map<number, ThreadGroup>();
  readonly #recentExits = new Map<number, Exit>();
  #last: Thread | null = null;
  /** Threads that found no room. */
  dropped = 0;
  /** Grows whenever something changed that more than one thread may show: what an ancestor is, or who it is. */
  changes = 0;

  get size(): number {
    return this.#threads.size;
  }

  clear(): void {
    this.#threads.clear();
    this.#groups.clear();
    this.#recentExits.clear();
    this.#last = null;
  }

  values(): IterableIterator<Thread> {
    return this.#threads.values();
  }

  find(tid: number): Thread | null {
    const last = this.#last;
    if (last !== null && last.tid === tid) return last;
    const found = this.#threads.get(tid) ?? null;
    if (found !== null) this.#last = found;
    return found;
  }

  /** The thread of that id; a placeholder is made for one that is not known. Null: there is no room for it. */
  findOrAdd(tid: number): Thread | null {
    const found = this.find(tid);
    if (found !== null) return found;
    const thread = new Thread(tid);
    thread.comm = UNKNOWN_NAME;
    thread.exe = UNKNOWN_NAME;
    thread.uid = UNKNOWN_ID;
    thread.gid = UNKNOWN_ID;
    // A thread that is already known may name it as its parent.
    this.changes++;
    return this.add(thread) ? thread : null;
  }

  /** Puts a thread into the table, in the place of an older one of its id, without linking it. */
  add(thread: Thread): boolean {
    const older = this.#threads.get(thread.tid);
    if (older === undefined && this.#threads.size >= THREADS_MAX) {
      this.dropped++;
      return false;
    }
    if (older !== undefined) {
      this.#forget(older);
      this.changes++;
    }
    this.#threads.set(thread.tid, thread);
    this.#last = thread;
    return true;
  }

  /** Makes a valid thread a member of its process and a child of its parent. */
  link(thread: Thread): void {
    if (thread.isInvalid) return;
    let group = this.#groups.get(thread.pid);
    if (group === undefined) {
      group = new ThreadGroup(thread.pid, thread.pid === 1 || thread.vpid === 1);
      this.#groups.set(thread.pid, group);
    }
    group.add(thread);
    thread.group = group;
    if (thread.pid === 1) return;
    const parent = this.find(thread.ptid);
    if (parent === null) thread.ptid = 0;
    else if (!parent.isInvalid) parent.addChild(thread);
  }

  /** The thread that is the parent; null: none is known. */
  parent(thread: Thread): Thread | null {
    return this.find(thread.ptid);
  }

  /** The leader of the parent's process. */
  parentProcess(thread: Thread): Thread | null {
    const main = thread.main;
    return main === null ? null : (this.parent(main)?.main ?? null);
  }

  /** The process `steps` generations above that of a thread (0: its own); null: it is not known. */
  ancestor(thread: Thread, steps: number): Thread | null {
    let process = thread.main;
    for (let i = 0; i < Math.min(steps, ANCESTORS_MAX) && process !== null; i++) {
      process = this.parent(process)?.main ?? null;
    }
    return process;
  }

  /** The parent of a thread, its parent and so on: at most `ANCESTORS_MAX`, those in a circle a few times. */
  ancestors(thread: Thread): Thread[] {
    const found: Thread[] = [];
    // A circle is left when it comes back to a mark, which is set further and further apart.
    let mark = thread;
    let markAt = 1;
    for (
      let current = this.parent(thread);
      current !== null && current !== mark;
      current = this.parent(current)
    ) {
      if (found.length >= ANCESTORS_MAX) break;
      found.push(current);
      if (found.length === markAt) {
        mark = current;
        markAt *= 2;
      }
    }
    return found;
  }

  /** A thread is no longer what it was, for itself and for those who have it as an ancestor. */
  changed(thread: Thread): void {
    thread.memory = null;
    if (thread.children.size > 0) this.changes++;
  }

  /** Whether `changes` tells of all that may happen to a thread's ancestors: each has to know of its child. */
  hasSettledAncestors(thread: Thread): boolean {
    let child = thread;
    for (let i = 0; i < SETTLED_ANCESTORS_MAX; i++) {
      const { main } = child;
      if (main === null || main.ptid !== child.ptid) return false;
      const parent = this.parent(child);
      if (parent === null) return child.ptid <= 0;
      if (!parent.children.has(child) || !parent.children.has(main)) return false;
      child = parent;
    }
    return false;
  }

  markDead(thread: Thread): void {
    if (thread.isDead) return;
    thread.isDead = true;
    if (thread.group !== null) thread.group.alive--;
  }

  /** Takes a thread that has exited out of the table; a leader stays while threads of its process live. */
  remove(tid: number, timeNs: bigint): void {
    const thread = this.#threads.get(tid);
    if (thread === undefined) return;
    const group = thread.group;
    if (thread.isInvalid || group === null) {
      this.#forget(thread);
      return;
    }
    this.markDead(thread);
    if (thread.children.size > 0) this.#adopt(thread);
    this.#remember(thread, timeNs);
    if (thread.isMain && group.alive > 0) return;
    this.#forget(thread);
    if (group.alive > 0) return;
    for (const left of [...group.threads]) this.#forget(left);
    if (this.#groups.get(group.pid) === group) this.#groups.delete(group.pid);
  }

  /** Whether a child of that parent exited at most `windowNs` before `timeNs`. */
  exitedRecently(parentTid: number, tid: number, timeNs: bigint, windowNs: bigint): boolean {
    const exit = this.#recentExits.get(tid);
    return exit !== undefined && exit.parentTid === parentTid && timeNs - exit.timeNs < windowNs;
  }

  #remember(thread: Thread, timeNs: bigint): void {
    this.#recentExits.delete(thread.tid);
    this.#recentExits.set(thread.tid, { parentTid: thread.ptid, timeNs });
    if (this.#recentExits.size <= RECENT_EXITS_MAX) return;
    for (const oldest of this.#recentExits.keys()) {
      this.#recentExits.delete(oldest);
      return;
    }
  }

  #forget(thread: Thread): void {
    if (thread.children.size > 0) this.changes++;
    if (this.#threads.get(thread.tid) === thread) this.#threads.delete(thread.tid);
    if (this.#last === thread) this.#last = null;
    thread.group?.remove(thread);
    this.find(thread.ptid)?.removeChild(thread);
  }

  /** Gives the children of a thread that has exited a new parent. */
  #adopt(thread: Thread): void {
    const reaper = thread.reaperTid > 0 ? this.#namedReaper(thread) : this.#findReaper(thread);
    this.changes++;
    for (const child of thread.children) {
      child.ptid = reaper?.tid ?? 0;
      reaper?.addChild(child);
    }
    thread.removeChildren();
  }

  #namedReaper(thread: Thread): Thread | null {
    const reaper = this.find(thread.reaperTid);
    if (reaper === null || reaper.isInvalid || reaper.group === null) return this.#findReaper(thread);
    reaper.group.isReaper = true;
    return reaper;
  }

  /** Another thread of the process, else one of the nearest ancestor that adopts. */
  #findReaper(thread: Thread): Thread | null {
    const sibling = thread.group?.firstAlive();
    if (sibling) return sibling;
    for (const ancestor of this.ancestors(thread)) {
      if (ancestor.isInPidNamespace !== thread.isInPidNamespace) return null;
      const reaper = ancestor.group?.isReaper ? ancestor.group.firstAlive() : null;
      if (reaper) return reaper;
    }
    return null;
  }
}
