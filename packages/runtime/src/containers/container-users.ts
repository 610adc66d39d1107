// SPDX-License-Identifier: Apache-2.0
import type { GroupEntry, UserEntry } from "../capture/records.ts";
import { readAccounts } from "./account-files.ts";

type Account = UserEntry | GroupEntry;

/** Who wants to hear of users and groups in containers. */
export type AccountListener = (entry: Account, containerId: string, change: "added" | "deleted") => void;

/** Processes whose view of the files is tried, before a container is left without names. */
const ATTEMPTS_MAX = 20;

interface Known {
  attempts: number;
  isBusy: boolean;
  /** The process that was seen last while another one's files were being read. */
  next: number | null;
  accounts: readonly Account[];
}

/**
 * Reads the users and groups of each container once, through the root of one of its processes. One after the other:
 * should a file system never answer, no more than one reader waits for it.
 */
export class ContainerUsers {
  readonly #listener: AccountListener;
  readonly #known = new Map<string, Known>();
  #last: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(listener: AccountListener) {
    this.#listener = listener;
  }

  /** A process of this container has started its program. Returns at once. */
  see(containerId: string, pid: number): void {
    let known = this.#known.get(containerId);
    if (known === undefined) {
      known = { attempts: 0, isBusy: false, next: null, accounts: [] };
      this.#known.set(containerId, known);
    }
    if (known.accounts.length > 0 || known.attempts >= ATTEMPTS_MAX) return;
    if (known.isBusy) known.next = pid;
    else this.#try(known, containerId, pid);
  }

  /** The container is no longer remembered. */
  forget(containerId: string): void {
    const accounts = this.#known.get(containerId)?.accounts ?? [];
    this.#known.delete(containerId);
    for (const account of accounts) this.#listener(account, containerId, "deleted");
  }

  /** Nothing is told any more. */
  close(): void {
    this.#isClosed = true;
    this.#known.clear();
  }

  #try(known: Known, containerId: string, pid: number): void {
    known.isBusy = true;
    known.attempts++;
    this.#last = this.#last.then(() => this.#read(known, containerId, pid));
  }

  async #read(known: Known, containerId: string, pid: number): Promise<void> {
    // A process that has ended meanwhile has no files to be seen: the next one of the container is tried.
    const accounts = this.#isClosed ? [] : await readAccounts(`/proc/${pid}/root`).catch(() => []);
    if (this.#isClosed || this.#known.get(containerId) !== known) return;
    known.isBusy = false;
    known.accounts = accounts;
    for (const account of accounts) this.#listener(account, containerId, "added");
    const { next } = known;
    known.next = null;
    if (next !== null) this.see(containerId, next);
  }
}
