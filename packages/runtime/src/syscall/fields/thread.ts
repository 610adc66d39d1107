// SPDX-License-Identifier: Apache-2.0
import { CAPABILITY_NAMES } from "@falcoc/compiler/catalog";
import type { Integer } from "../../capture/integers.ts";
import { cgroupPath } from "../../state/cgroup.ts";
import { type Fields, fromThread, never, ofThread, plain } from "./factory.ts";
import { knownId } from "./process.ts";

const BYTES_PER_KB = 1024;

/** The thread that made the event. */
export const THREAD_FIELDS: Fields = {
  "thread.tid": plain((event) => event.tid),
  "thread.vtid": ofThread((thread) => knownId(thread.vtid)),
  "thread.ismain": ofThread((thread) => thread.isMain),
  "thread.nametid": ofThread((thread) => `${thread.comm}${thread.tid}`),
  "thread.cap_permitted": ofThread((thread) => capabilityNames(thread.capPermitted)),
  "thread.cap_inheritable": ofThread((thread) => capabilityNames(thread.capInheritable)),
  "thread.cap_effective": ofThread((thread) => capabilityNames(thread.capEffective)),
  "thread.pfmajor": ofThread((thread) => thread.pageFaultsMajor),
  "thread.pfminor": ofThread((thread) => thread.pageFaultsMinor),
  "thread.vmsize": ofThread((thread) => (thread.isMain ? thread.vmSizeKb : 0)),
  "thread.vmrss": ofThread((thread) => (thread.isMain ? thread.vmRssKb : 0)),
  "thread.vmsize.b": ofThread((thread) => (thread.isMain ? thread.vmSizeKb * BYTES_PER_KB : 0)),
  "thread.vmrss.b": ofThread((thread) => (thread.isMain ? thread.vmRssKb * BYTES_PER_KB : 0)),
  "thread.exectime": plain(() => 0),
  "thread.totexectime": ofThread(() => 0),
  "thread.cpu": never,
  "thread.cpu.user": never,
  "thread.cpu.system": never,
  "thread.cgroups": ofThread((thread) => (thread.cgroups.length === 0 ? null : thread.cgroups.join(" "))),
  "thread.cgroup": ({ argument }) => fromThread((thread) => cgroupPath(thread.cgroups, argument ?? "")),
};

function capabilityNames(set: Integer): string {
  const bits = BigInt(set);
  return CAPABILITY_NAMES.filter((_, bit) => ((bits >> BigInt(bit)) & 1n) === 1n).join(" ");
}
