// SPDX-License-Identifier: Apache-2.0

/**
 * System calls by their numbers in the 32-bit convention of x86, and the names of their events: those whose
 * arguments look alike in both conventions, so that the same kernel program can read them. Where there are two
 * calls, the one that old programs still make with narrow users is left out.
 */
// biome-ignore format: a table
export const COMPAT_CALLS: readonly (readonly [number: number, event: string])[] = [
  [2, "fork"], [3, "read"], [4, "write"], [5, "open"], [6, "close"], [8, "creat"], [9, "link"],
  [10, "unlink"], [11, "execve"], [12, "chdir"], [14, "mknod"], [15, "chmod"], [21, "mount"],
  [26, "ptrace"], [33, "access"], [37, "kill"], [38, "rename"], [39, "mkdir"], [40, "rmdir"], [41, "dup"],
  [42, "pipe"], [52, "umount2"], [57, "setpgid"], [61, "chroot"], [63, "dup2"], [66, "setsid"],
  [83, "symlink"], [94, "fchmod"], [120, "clone"], [125, "mprotect"], [128, "init_module"],
  [129, "delete_module"], [133, "fchdir"], [172, "prctl"], [183, "getcwd"], [185, "capset"],
  [190, "vfork"], [198, "lchown"], [203, "setreuid"], [204, "setregid"], [207, "fchown"],
  [208, "setresuid"], [210, "setresgid"], [212, "chown"], [213, "setuid"], [214, "setgid"], [221, "fcntl"],
  [238, "tkill"], [254, "epoll_create"], [270, "tgkill"], [291, "inotify_init"], [295, "openat"],
  [296, "mkdirat"], [297, "mknodat"], [298, "fchownat"], [301, "unlinkat"], [302, "renameat"],
  [303, "linkat"], [304, "symlinkat"], [306, "fchmodat"], [310, "unshare"], [322, "timerfd_create"],
  [323, "eventfd"], [327, "signalfd4"], [328, "eventfd2"], [329, "epoll_create1"], [330, "dup3"],
  [331, "pipe2"], [332, "inotify_init1"], [342, "open_by_handle_at"], [346, "setns"],
  [350, "finit_module"], [353, "renameat2"], [356, "memfd_create"], [357, "bpf"], [358, "execveat"],
  [359, "socket"], [360, "socketpair"], [361, "bind"], [362, "connect"], [363, "listen"], [364, "accept4"],
  [369, "sendto"], [371, "recvfrom"], [373, "shutdown"], [374, "userfaultfd"], [434, "pidfd_open"],
  [435, "clone3"], [436, "close_range"], [438, "pidfd_getfd"],
];
