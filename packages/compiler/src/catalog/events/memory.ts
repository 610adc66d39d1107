// SPDX-License-Identifier: Apache-2.0
import {
  CREATES,
  errno,
  eventsOf,
  fd,
  flags32,
  MANAGED,
  OLD,
  STATE,
  text,
  USES,
  u32,
  u64,
} from "./define.ts";

const event = eventsOf("syscall");

/** System calls that map, protect and lock memory. */
// biome-ignore format: a table
export const MEMORY_EVENTS = [
  event(10, "SYSCALL_BRK_1_E", "brk", "memory", [OLD, MANAGED], [u32("size")]),
  event(11, "SYSCALL_BRK_1_X", "brk", "memory", [OLD, MANAGED], [u64("res", "HEX")]),
  event(158, "SYSCALL_BRK_4_E", "brk", "memory", [OLD, MANAGED], [u64("addr", "HEX")]),
  event(159, "SYSCALL_BRK_4_X", "brk", "memory", [MANAGED], [u64("res", "HEX"), u32("vm_size"), u32("vm_rss"), u32("vm_swap"), u64("addr", "HEX")]),
  event(160, "SYSCALL_MMAP_E", "mmap", "memory", [USES, OLD, MANAGED], [u64("addr", "HEX"), u64("length"), flags32("prot", "prot_flags"), flags32("flags", "mmap_flags"), fd("fd"), u64("offset")]),
  event(161, "SYSCALL_MMAP_X", "mmap", "memory", [USES, MANAGED], [errno("res", "HEX"), u32("vm_size"), u32("vm_rss"), u32("vm_swap"), u64("addr", "HEX"), u64("length"), flags32("prot", "prot_flags"), flags32("flags", "mmap_flags"), fd("fd"), u64("offset")]),
  event(162, "SYSCALL_MMAP2_E", "mmap2", "memory", [USES, OLD, MANAGED], [u64("addr", "HEX"), u64("length"), flags32("prot", "prot_flags"), flags32("flags", "mmap_flags"), fd("fd"), u64("pgoffset")]),
  event(163, "SYSCALL_MMAP2_X", "mmap2", "memory", [USES, MANAGED], [errno("res", "HEX"), u32("vm_size"), u32("vm_rss"), u32("vm_swap"), u64("addr", "HEX"), u64("length"), flags32("prot", "prot_flags"), flags32("flags", "mmap_flags"), fd("fd"), u64("pgoffset")]),
  event(164, "SYSCALL_MUNMAP_E", "munmap", "memory", [OLD, MANAGED], [u64("addr", "HEX"), u64("length")]),
  event(165, "SYSCALL_MUNMAP_X", "munmap", "memory", [MANAGED], [errno("res"), u32("vm_size"), u32("vm_rss"), u32("vm_swap"), u64("addr", "HEX"), u64("length")]),
  event(328, "SYSCALL_MPROTECT_E", "mprotect", "memory", [OLD, MANAGED], [u64("addr", "HEX"), u64("length"), flags32("prot", "prot_flags")]),
  event(329, "SYSCALL_MPROTECT_X", "mprotect", "memory", [MANAGED], [errno("res"), u64("addr", "HEX"), u64("length"), flags32("prot", "prot_flags")]),
  event(344, "SYSCALL_MLOCK_E", "mlock", "memory", [OLD]),
  event(345, "SYSCALL_MLOCK_X", "mlock", "memory", [], [errno("res"), u64("addr", "HEX"), u64("len")]),
  event(346, "SYSCALL_MUNLOCK_E", "munlock", "memory", [OLD]),
  event(347, "SYSCALL_MUNLOCK_X", "munlock", "memory", [], [errno("res"), u64("addr", "HEX"), u64("len")]),
  event(348, "SYSCALL_MLOCKALL_E", "mlockall", "memory", [OLD]),
  event(349, "SYSCALL_MLOCKALL_X", "mlockall", "memory", [], [errno("res"), flags32("flags", "mlockall_flags")]),
  event(350, "SYSCALL_MUNLOCKALL_E", "munlockall", "memory", [OLD]),
  event(351, "SYSCALL_MUNLOCKALL_X", "munlockall", "memory", [], [errno("res")]),
  event(370, "SYSCALL_MLOCK2_E", "mlock2", "memory", [OLD]),
  event(371, "SYSCALL_MLOCK2_X", "mlock2", "memory", [], [errno("res"), u64("addr", "HEX"), u64("len"), flags32("flags", "mlock2_flags")]),
  event(404, "SYSCALL_MEMFD_CREATE_E", "memfd_create", "memory", [CREATES, STATE, OLD]),
  event(405, "SYSCALL_MEMFD_CREATE_X", "memfd_create", "memory", [CREATES, STATE], [fd("fd"), text("name"), flags32("flags", "memfd_create_flags")]),
];
