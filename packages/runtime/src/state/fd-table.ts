// SPDX-License-Identifier: Apache-2.0
import type { FdInfo } from "./fd-info.ts";

/** Most descriptors that are kept for one process. */
export const FDS_MAX = 4096;

/** Open descriptors of a process, in the order in which they were opened. */
export class FdTable {
  readonly #fds = new Map<number, FdInfo>();

  get size(): number {
    return this.#fds.size;
  }

  get(fd: number): FdInfo | null {
    return this.#fds.get(fd) ?? null;
  }

  /** False: there is no room for one more. */
  set(fd: number, info: FdInfo): boolean {
    if (this.#fds.size >= FDS_MAX && !this.#fds.has(fd)) return false;
    this.#fds.set(fd, info);
    return true;
  }

  delete(fd: number): void {
    this.#fds.delete(fd);
  }

  entries(): IterableIterator<[number, FdInfo]> {
    return this.#fds.entries();
  }

  values(): IterableIterator<FdInfo> {
    return this.#fds.values();
  }

  clear(): void {
    this.#fds.clear();
  }

  /** Takes over copies of all descriptors of another table. */
  copyFrom(other: FdTable): void {
    for (const [fd, info] of other.#fds) this.#fds.set(fd, info.clone());
  }
}
