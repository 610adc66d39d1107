// SPDX-License-Identifier: Apache-2.0

export interface DescriptorType {
  /** Code in captures and in the state. */
  readonly code: number;
  readonly name: string;
  /** What `fd.typechar` shows. */
  readonly char: string;
  /** What `fd.type` shows; null: missing. */
  readonly text: string | null;
}

/** Kinds of descriptors. */
// biome-ignore format: a table
export const DESCRIPTOR_TYPES: readonly DescriptorType[] = [
  { code: -1, name: "uninitialized", char: "?", text: null },
  { code: 0, name: "unknown", char: "o", text: null },
  { code: 1, name: "file", char: "f", text: "file" },
  { code: 2, name: "directory", char: "d", text: "directory" },
  { code: 3, name: "ipv4_sock", char: "4", text: "ipv4" },
  { code: 4, name: "ipv6_sock", char: "6", text: "ipv6" },
  { code: 5, name: "ipv4_servsock", char: "4", text: "ipv4" },
  { code: 6, name: "ipv6_servsock", char: "6", text: "ipv6" },
  { code: 7, name: "fifo", char: "p", text: "pipe" },
  { code: 8, name: "unix_sock", char: "u", text: "unix" },
  { code: 9, name: "event", char: "e", text: "event" },
  { code: 10, name: "unsupported", char: "X", text: null },
  { code: 11, name: "signalfd", char: "s", text: "signalfd" },
  { code: 12, name: "eventpoll", char: "l", text: "eventpoll" },
  { code: 13, name: "inotify", char: "i", text: "inotify" },
  { code: 14, name: "timerfd", char: "t", text: "timerfd" },
  { code: 15, name: "netlink", char: "n", text: "netlink" },
  { code: 16, name: "file_v2", char: "f", text: "file" },
  { code: 17, name: "bpf", char: "b", text: "bpf" },
  { code: 18, name: "userfaultfd", char: "u", text: "userfaultfd" },
  { code: 19, name: "iouring", char: "r", text: "io_uring" },
  { code: 20, name: "memfd", char: "m", text: "memfd" },
  { code: 21, name: "pidfd", char: "P", text: "pidfd" },
];

/** What `fd.l4proto` shows for a protocol's code, which is the index; null: missing. */
export const TRANSPORT_PROTOCOLS: readonly (string | null)[] = [null, null, "tcp", "udp", "icmp", "raw"];

/** What `container.type` shows for the codes in container metadata. Other codes show nothing. */
export const CONTAINER_TYPES: Readonly<Record<number, string>> = {
  0: "docker",
  1: "lxc",
  2: "libvirt-lxc",
  3: "mesos",
  4: "rkt",
  6: "cri",
  7: "containerd",
  8: "cri-o",
  9: "bpm",
  11: "podman",
  65534: "host",
};

/** Bits of a thread's flags: those of clone and those that the state adds. */
// biome-ignore format: a table
export const THREAD_FLAGS = {
  NONE: 0, CLONE_FILES: 1, CLONE_FS: 2, CLONE_IO: 4, CLONE_NEWIPC: 8, CLONE_NEWNET: 16, CLONE_NEWNS: 32,
  CLONE_NEWPID: 64, CLONE_NEWUTS: 128, CLONE_PARENT: 256, CLONE_PARENT_SETTID: 512, CLONE_PTRACE: 1024,
  CLONE_SIGHAND: 2048, CLONE_SYSVSEM: 4096, CLONE_THREAD: 8192, CLONE_UNTRACED: 16384, CLONE_VM: 32768,
  CLONE_INVERTED: 65536, NAME_CHANGED: 131072, CLOSED: 262144, ACTIVE: 524288, CLONE_NEWUSER: 1048576,
  PIPE_SRC: 2097152, PIPE_DST: 4194304, CLONE_CHILD_CLEARTID: 8388608, CLONE_CHILD_SETTID: 16777216,
  CLONE_SETTLS: 33554432, CLONE_STOPPED: 67108864, CLONE_VFORK: 134217728, CLONE_NEWCGROUP: 268435456,
  CHILD_IN_PIDNS: 536870912, IS_MAIN_THREAD: 1073741824,
} as const;
