// SPDX-License-Identifier: Apache-2.0
import {
  errno,
  eventsOf,
  flags8,
  flags16,
  gid,
  MANAGED,
  OLD,
  reltime,
  STATE,
  text,
  u32,
  u64,
  uid,
} from "./define.ts";

const event = eventsOf("syscall");

/** System calls about users, groups and quotas. */
// biome-ignore format: a table
export const USER_EVENTS = [
  event(190, "SYSCALL_QUOTACTL_E", "quotactl", "user", [OLD, MANAGED], [flags16("cmd", "quotactl_cmds", "DEC"), flags8("type", "quotactl_types"), u32("id"), flags8("quota_fmt", "quotactl_quota_fmts")]),
  event(191, "SYSCALL_QUOTACTL_X", "quotactl", "user", [MANAGED], [errno("res"), text("special"), text("quotafilepath"), u64("dqb_bhardlimit"), u64("dqb_bsoftlimit"), u64("dqb_curspace"), u64("dqb_ihardlimit"), u64("dqb_isoftlimit"), reltime("dqb_btime"), reltime("dqb_itime"), reltime("dqi_bgrace"), reltime("dqi_igrace"), flags8("dqi_flags", "quotactl_dqi_flags"), flags8("quota_fmt_out", "quotactl_quota_fmts"), flags16("cmd", "quotactl_cmds", "DEC"), flags8("type", "quotactl_types"), u32("id"), flags8("quota_fmt", "quotactl_quota_fmts")]),
  event(192, "SYSCALL_SETRESUID_E", "setresuid", "user", [STATE, OLD, MANAGED], [uid("ruid"), uid("euid"), uid("suid")]),
  event(193, "SYSCALL_SETRESUID_X", "setresuid", "user", [STATE, MANAGED], [errno("res"), uid("ruid"), uid("euid"), uid("suid")]),
  event(194, "SYSCALL_SETRESGID_E", "setresgid", "user", [STATE, OLD, MANAGED], [gid("rgid"), gid("egid"), gid("sgid")]),
  event(195, "SYSCALL_SETRESGID_X", "setresgid", "user", [STATE, MANAGED], [errno("res"), gid("rgid"), gid("egid"), gid("sgid")]),
  event(198, "SYSCALL_SETUID_E", "setuid", "user", [STATE, OLD, MANAGED], [uid("uid")]),
  event(199, "SYSCALL_SETUID_X", "setuid", "user", [STATE, MANAGED], [errno("res"), uid("uid")]),
  event(200, "SYSCALL_SETGID_E", "setgid", "user", [STATE, OLD, MANAGED], [gid("gid")]),
  event(201, "SYSCALL_SETGID_X", "setgid", "user", [STATE, MANAGED], [errno("res"), gid("gid")]),
  event(202, "SYSCALL_GETUID_E", "getuid", "user", [OLD]),
  event(203, "SYSCALL_GETUID_X", "getuid", "user", [], [uid("uid")]),
  event(204, "SYSCALL_GETEUID_E", "geteuid", "user", [OLD]),
  event(205, "SYSCALL_GETEUID_X", "geteuid", "user", [], [uid("euid")]),
  event(206, "SYSCALL_GETGID_E", "getgid", "user", [OLD]),
  event(207, "SYSCALL_GETGID_X", "getgid", "user", [], [gid("gid")]),
  event(208, "SYSCALL_GETEGID_E", "getegid", "user", [OLD]),
  event(209, "SYSCALL_GETEGID_X", "getegid", "user", [], [gid("egid")]),
  event(210, "SYSCALL_GETRESUID_E", "getresuid", "user", [OLD]),
  event(211, "SYSCALL_GETRESUID_X", "getresuid", "user", [], [errno("res"), uid("ruid"), uid("euid"), uid("suid")]),
  event(212, "SYSCALL_GETRESGID_E", "getresgid", "user", [OLD]),
  event(213, "SYSCALL_GETRESGID_X", "getresgid", "user", [], [errno("res"), gid("rgid"), gid("egid"), gid("sgid")]),
  event(426, "SYSCALL_SETREUID_E", "setreuid", "user", [STATE, OLD]),
  event(427, "SYSCALL_SETREUID_X", "setreuid", "user", [STATE], [errno("res"), uid("ruid"), uid("euid")]),
  event(428, "SYSCALL_SETREGID_E", "setregid", "user", [OLD]),
  event(429, "SYSCALL_SETREGID_X", "setregid", "user", [STATE], [errno("res"), uid("rgid"), uid("egid")]),
];
