// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/compiler/program";
import { splitNul } from "./nul-strings.ts";

/** Short names of subsystems, as some kernels give them. */
const FULL_NAMES: ReadonlyMap<string, string> = new Map([
  ["perf", "perf_event"],
  ["mem", "memory"],
  ["io", "blkio"],
]);
const SUFFIX = "_cgroup";

/** `name=path` entries of a list of cgroups, names in their normal form; the first one that is none ends it. */
export function readCgroups(list: ByteString): ByteString[] {
  const cgroups: ByteString[] = [];
  for (const entry of splitNul(list)) {
    const at = entry.indexOf("=");
    if (at < 0) break;
    const name = entry.slice(0, at);
    const short = name.endsWith(SUFFIX) ? name.slice(0, -SUFFIX.length) : name;
    cgroups.push(`${FULL_NAMES.get(short) ?? short}${entry.slice(at)}`);
  }
  return cgroups;
}

/** Path of one subsystem; null: the thread has none. */
export function cgroupPath(cgroups: readonly ByteString[], name: ByteString): ByteString | null {
  const found = cgroups.find((entry) => entry.startsWith(name) && entry[name.length] === "=");
  return found === undefined ? null : found.slice(name.length + 1);
}
