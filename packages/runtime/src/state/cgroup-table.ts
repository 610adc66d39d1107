// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/compiler/program";
import { readCgroups } from "./cgroup.ts";
import { containerIdOf } from "./container-id.ts";

/** Most lists that are remembered; all are forgotten then, and found out again as they come. */
const LISTS_MAX = 4096;

/**
 * What lists of cgroups say. Most processes have the list of another one, so that it is taken apart once for all of
 * them, and they share what comes of it.
 */
export class CgroupTable {
  readonly #lists = new Map<ByteString, readonly ByteString[]>();
  readonly #containerIds = new WeakMap<readonly ByteString[], ByteString>();

  /** The entries of a list, see `readCgroups`. */
  read(list: ByteString): readonly ByteString[] {
    const known = this.#lists.get(list);
    if (known !== undefined) return known;
    if (this.#lists.size >= LISTS_MAX) this.#lists.clear();
    const cgroups = readCgroups(list);
    this.#lists.set(list, cgroups);
    return cgroups;
  }

  /** See `containerIdOf`. */
  containerId(cgroups: readonly ByteString[]): ByteString {
    if (cgroups.length === 0) return "";
    const known = this.#containerIds.get(cgroups);
    if (known !== undefined) return known;
    const id = containerIdOf(cgroups);
    this.#containerIds.set(cgroups, id);
    return id;
  }
}
