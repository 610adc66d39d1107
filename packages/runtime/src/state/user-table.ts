// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/compiler/program";
import type { GroupEntry, UserEntry } from "../capture/records.ts";

/** Most users and groups, of all containers together, that are kept. */
export const USERS_MAX = 262_144;

const ROOT_USER: UserEntry = { kind: "user", uid: 0, gid: 0, name: "root", home: "/root", shell: "<NA>" };
const ROOT_GROUP: GroupEntry = { kind: "group", gid: 0, name: "root" };

/** Users and groups of the host (container id empty) and of containers. */
export class UserTable {
  readonly #users = new Map<ByteString, Map<number, UserEntry>>();
  readonly #groups = new Map<ByteString, Map<number, GroupEntry>>();
  #size = 0;
  /** Entries that found no room. */
  dropped = 0;
  /** Grows with every change. */
  changes = 0;

  clear(): void {
    this.#users.clear();
    this.#groups.clear();
    this.#size = 0;
    this.changes++;
  }

  add(containerId: ByteString, entry: UserEntry | GroupEntry): void {
    // Entries of name services, not of users.
    const first = entry.name[0];
    if (first === "+" || first === "-") return;
    if (this.#size >= USERS_MAX) {
      this.dropped++;
      return;
    }
    this.changes++;
    if (entry.kind === "user") this.#put(this.#users, containerId, entry.uid, entry);
    else this.#put(this.#groups, containerId, entry.gid, entry);
  }

  removeUser(containerId: ByteString, uid: number): void {
    if (this.#users.get(containerId)?.delete(uid)) this.#size--;
    this.changes++;
  }

  removeGroup(containerId: ByteString, gid: number): void {
    if (this.#groups.get(containerId)?.delete(gid)) this.#size--;
    this.changes++;
  }

  /** Null: not in the tables. */
  listedUser(containerId: ByteString, uid: number): UserEntry | null {
    return this.#users.get(containerId)?.get(uid) ?? null;
  }

  listedGroup(containerId: ByteString, gid: number): GroupEntry | null {
    return this.#groups.get(containerId)?.get(gid) ?? null;
  }

  /** Null: not known. The superuser always is. */
  user(containerId: ByteString, uid: number): UserEntry | null {
    return this.listedUser(containerId, uid) ?? (uid === 0 ? ROOT_USER : null);
  }

  group(containerId: ByteString, gid: number): GroupEntry | null {
    return this.listedGroup(containerId, gid) ?? (gid === 0 ? ROOT_GROUP : null);
  }

  #put<T>(tables: Map<ByteString, Map<number, T>>, containerId: ByteString, id: number, entry: T): void {
    let table = tables.get(containerId);
    if (table === undefined) {
      table = new Map();
      tables.set(containerId, table);
    }
    const before = table.size;
    table.set(id, entry);
    this.#size += table.size - before;
  }
}
