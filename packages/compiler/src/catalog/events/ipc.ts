// SPDX-License-Identifier: Apache-2.0
import {
  bytes,
  CREATES,
  enum32,
  errno,
  eventsOf,
  fd,
  flags16,
  flags32,
  i64,
  MANAGED,
  OLD,
  pid,
  STATE,
  u8,
  u32,
  u64,
} from "./define.ts";

const event = eventsOf("syscall");

/** System calls for talking and synchronizing within the host. */
// biome-ignore format: a table
export const IPC_EVENTS = [
  event(42, "SOCKET_SOCKETPAIR_E", "socketpair", "ipc", [CREATES, STATE, OLD, MANAGED], [enum32("domain", "socket_families"), u32("type"), u32("proto")]),
  event(43, "SOCKET_SOCKETPAIR_X", "socketpair", "ipc", [CREATES, STATE, MANAGED], [errno("res"), fd("fd1"), fd("fd2"), u64("source", "HEX"), u64("peer", "HEX"), enum32("domain", "socket_families"), u32("type"), u32("proto")]),
  event(60, "SYSCALL_PIPE_E", "pipe", "ipc", [CREATES, STATE, OLD]),
  event(61, "SYSCALL_PIPE_X", "pipe", "ipc", [CREATES, STATE], [errno("res"), fd("fd1"), fd("fd2"), u64("ino")]),
  event(62, "SYSCALL_EVENTFD_E", "eventfd", "ipc", [CREATES, STATE, OLD, MANAGED], [u64("initval"), u32("flags", "HEX")]),
  event(63, "SYSCALL_EVENTFD_X", "eventfd", "ipc", [CREATES, STATE, MANAGED], [fd("res"), u64("initval"), u32("flags", "HEX")]),
  event(64, "SYSCALL_FUTEX_E", "futex", "ipc", [OLD, MANAGED], [u64("addr", "HEX"), flags16("op", "futex_operations"), u64("val")]),
  event(65, "SYSCALL_FUTEX_X", "futex", "ipc", [MANAGED], [errno("res"), u64("addr", "HEX"), flags16("op", "futex_operations"), u64("val")]),
  event(138, "SYSCALL_INOTIFY_INIT_E", "inotify_init", "ipc", [CREATES, STATE, OLD, MANAGED], [u8("flags", "HEX")]),
  event(139, "SYSCALL_INOTIFY_INIT_X", "inotify_init", "ipc", [CREATES, STATE, MANAGED], [fd("res"), u8("flags", "HEX")]),
  event(392, "SYSCALL_PIPE2_E", "pipe2", "ipc", [CREATES, STATE, OLD]),
  event(393, "SYSCALL_PIPE2_X", "pipe2", "ipc", [CREATES, STATE], [errno("res"), fd("fd1"), fd("fd2"), u64("ino"), flags32("flags", "file_flags")]),
  event(394, "SYSCALL_INOTIFY_INIT1_E", "inotify_init1", "ipc", [CREATES, STATE, OLD]),
  event(395, "SYSCALL_INOTIFY_INIT1_X", "inotify_init1", "ipc", [CREATES, STATE], [fd("res"), flags16("flags", "file_flags")]),
  event(396, "SYSCALL_EVENTFD2_E", "eventfd2", "ipc", [CREATES, STATE, OLD, MANAGED], [u64("initval")]),
  event(397, "SYSCALL_EVENTFD2_X", "eventfd2", "ipc", [CREATES, STATE, MANAGED], [fd("res"), flags16("flags", "file_flags"), u64("initval")]),
  event(420, "SYSCALL_PROCESS_VM_READV_E", "process_vm_readv", "ipc", [OLD]),
  event(421, "SYSCALL_PROCESS_VM_READV_X", "process_vm_readv", "ipc", [], [i64("res"), pid("pid"), bytes("data")]),
  event(422, "SYSCALL_PROCESS_VM_WRITEV_E", "process_vm_writev", "ipc", [OLD]),
  event(423, "SYSCALL_PROCESS_VM_WRITEV_X", "process_vm_writev", "ipc", [], [i64("res"), pid("pid"), bytes("data")]),
];
