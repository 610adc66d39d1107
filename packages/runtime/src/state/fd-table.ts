// SPDX-License-Identifier: Apache-2.0
import type { FdInfo } from "./fd-info.ts";

/** Most descriptors that are kept for one process. */
export const FDS_MAX = 4096;

/** Descriptors below it are looked up by their number; the kernel always gives the lowest that is free. */
const LOW_FDS = 1024;

/** Open descriptors of a process. */
export class FdTable {
  /** Made with the standard ones, so that it is an array of objects from the start. */
  #low: (FdInfo | null)[] = [null, null, null];
  #high: Map<number, FdInfo> | null = null;
  #size = 0;
  /** How many descriptors were ever opened. */
  #opened = 0;

  get size(): number {
    return this.#size;
  }

  get(fd: number): FdInfo | null {
    if (fd >= 0 && fd < this.#low.length) return this.#low[fd] as FdInfo | null;
    return this.#high === null ? null : (this.#high.get(fd) ?? null);
  }

  /** A descriptor that is open already keeps its place in the order. False: there is no room for one more. */
  set(fd: number, info: FdInfo): boolean {
    const older = this.get(fd);
    if (older !== null) info.order = older.order;
    else {
      if (this.#size >= FDS_MAX) return false;
      this.#size++;
      info.order = this.#opened++;
    }
    this.#put(fd, info);
    return true;
  }

  delete(fd: number): void {
    if (this.get(fd) === null) return;
    this.#size--;
    if (fd < LOW_FDS && fd >= 0) this.#low[fd] = null;
    else this.#high?.delete(fd);
  }

  /** Visits all descriptors, in no order; they may be deleted meanwhile. */
  each(visit: (fd: number, info: FdInfo) => void): void {
    const low = this.#low;
    for (let fd = 0; fd < low.length; fd++) {
      const info = low[fd] as FdInfo | null;
      if (info !== null) visit(fd, info);
    }
    if (this.#high !== null) for (const [fd, info] of this.#high) visit(fd, info);
  }

  /** All descriptors, in the order in which they were opened. */
  entries(): (readonly [fd: number, info: FdInfo])[] {
    const entries: (readonly [number, FdInfo])[] = [];
    this.each((fd, info) => entries.push([fd, info]));
    return entries.sort(([, a], [, b]) => a.order - b.order);
  }

  values(): FdInfo[] {
    return this.entries().map(([, info]) => info);
  }

  /** Takes over all descriptors of another table, and shares them with it; this one has been empty so far. */
  inherit(other: FdTable): void {
    this.#opened = other.#opened;
    this.#size = other.#size;
    this.#low = other.#low.slice();
    const low = this.#low;
    for (let fd = 0; fd < low.length; fd++) {
      const info = low[fd] as FdInfo | null;
      if (info !== null && !info.isShared) info.isShared = true;
    }
    if (other.#high === null) return;
    this.#high = new Map(other.#high);
    for (const info of this.#high.values()) info.isShared = true;
  }

  /** A descriptor that is about to be changed: what other tables share becomes a copy. Null: it is not open. */
  own(fd: number): FdInfo | null {
    const info = this.get(fd);
    if (info === null || !info.isShared) return info;
    const copy = info.clone();
    this.#put(fd, copy);
    return copy;
  }

  #put(fd: number, info: FdInfo): void {
    if (fd >= 0 && fd < LOW_FDS) {
      const low = this.#low;
      while (low.length <= fd) low.push(null);
      low[fd] = info;
    } else {
      this.#high ??= new Map();
      this.#high.set(fd, info);
    }
  }
}
