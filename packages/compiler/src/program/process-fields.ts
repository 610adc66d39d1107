// SPDX-License-Identifier: Apache-2.0

const PROCESS_FIELDS: ReadonlySet<string> = new Set([
  // The program that runs, and how it was started.
  ...["name", "exe", "exepath", "exeline", "args", "cmdline", "cmdnargs", "cmdlenargs", "env", "tty"].map(
    ofProcess,
  ),
  ...["is_exe_writable", "is_exe_upper_layer", "is_exe_lower_layer", "is_exe_from_memfd"].map(ofProcess),
  ...["exe_ino", "exe_ino.ctime", "exe_ino.mtime"].map(ofProcess),
  // Which process it is, and what its ancestors are. Who leads its session or group need not be one of them.
  ...["pid", "vpid", "ppid", "pvpid", "apid", "sid", "vpgid", "pgid", "loginshellid"].map(ofProcess),
  ...["is_sid_leader", "is_vpgid_leader", "is_pgid_leader"].map(ofProcess),
  ...["pname", "pexe", "pexepath", "pcmdline"].map(ofProcess),
  ...["aname", "aexe", "aexepath", "acmdline", "aargs", "aenv"].map(ofProcess),
  // What it may do, and where it is confined.
  ...["cap_permitted", "cap_inheritable", "cap_effective", "cgroups", "cgroup"].map(
    (name) => `thread.${name}`,
  ),
]);

/** Classes all of whose fields are such, but for those that measure time. */
const CLASSES = ["user.", "group.", "container.", "k8s."] as const;
const MEASURES_TIME = "container.duration";

/**
 * Whether a field's value stays the same until something happens to the process of an event: to itself, its
 * ancestors, its container or its user. What tests of such fields come to is kept with the process (see `Remember`),
 * so whoever keeps it must know of everything that changes one of them.
 */
export function isProcessField(name: string): boolean {
  if (PROCESS_FIELDS.has(name)) return true;
  return CLASSES.some((start) => name.startsWith(start)) && name !== MEASURES_TIME;
}

function ofProcess(name: string): string {
  return `proc.${name}`;
}
