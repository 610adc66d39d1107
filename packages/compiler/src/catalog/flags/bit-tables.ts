// SPDX-License-Identifier: Apache-2.0
import type { FlagTable } from "../types.ts";

/** Names of bits in parameters, in the order in which they are written. */
// biome-ignore format: a table
export const BIT_TABLES = {
  file_flags: { kind: "bits", entries: [
    ["O_LARGEFILE", 2048], ["O_DIRECTORY", 1024], ["O_DIRECT", 512], ["O_TRUNC", 256], ["O_SYNC", 128],
    ["O_NONBLOCK", 64], ["O_EXCL", 32], ["O_DSYNC", 16], ["O_APPEND", 8], ["O_CREAT", 4], ["O_RDWR", 3],
    ["O_WRONLY", 2], ["O_RDONLY", 1], ["O_CLOEXEC", 4096], ["O_NONE", 0], ["O_TMPFILE", 8192],
    ["O_F_CREATED", 16384], ["FD_UPPER_LAYER", 32768], ["FD_LOWER_LAYER", 65536],
  ] },
  creat_flags: { kind: "bits", entries: [["FD_UPPER_LAYER_CREAT", 1], ["FD_LOWER_LAYER_CREAT", 2]] },
  flock_flags: { kind: "bits", entries: [
    ["LOCK_SH", 1], ["LOCK_EX", 2], ["LOCK_NB", 4], ["LOCK_UN", 8], ["LOCK_NONE", 0],
  ] },
  clone_flags: { kind: "bits", entries: [
    ["CLONE_FILES", 1], ["CLONE_FS", 2], ["CLONE_IO", 4], ["CLONE_NEWIPC", 8], ["CLONE_NEWNET", 16],
    ["CLONE_NEWNS", 32], ["CLONE_NEWPID", 64], ["CLONE_NEWUTS", 128], ["CLONE_PARENT", 256],
    ["CLONE_PARENT_SETTID", 512], ["CLONE_PTRACE", 1024], ["CLONE_SIGHAND", 2048], ["CLONE_SYSVSEM", 4096],
    ["CLONE_THREAD", 8192], ["CLONE_UNTRACED", 16384], ["CLONE_VM", 32768], ["CLONE_INVERTED", 65536],
    ["NAME_CHANGED", 131072], ["CLOSED", 262144], ["CLONE_NEWUSER", 1048576],
    ["CLONE_CHILD_CLEARTID", 8388608], ["CLONE_CHILD_SETTID", 16777216], ["CLONE_SETTLS", 33554432],
    ["CLONE_STOPPED", 67108864], ["CLONE_VFORK", 134217728], ["CLONE_NEWCGROUP", 268435456],
    ["CLONE_CHILD_IN_PIDNS", 536870912],
  ] },
  futex_operations: { kind: "bits", entries: [
    ["FUTEX_CLOCK_REALTIME", 256], ["FUTEX_PRIVATE_FLAG", 128], ["FUTEX_CMP_REQUEUE_PI", 12],
    ["FUTEX_WAIT_REQUEUE_PI", 11], ["FUTEX_WAKE_BITSET", 10], ["FUTEX_WAIT_BITSET", 9],
    ["FUTEX_TRYLOCK_PI", 8], ["FUTEX_UNLOCK_PI", 7], ["FUTEX_LOCK_PI", 6], ["FUTEX_WAKE_OP", 5],
    ["FUTEX_CMP_REQUEUE", 4], ["FUTEX_REQUEUE", 3], ["FUTEX_FD", 2], ["FUTEX_WAKE", 1], ["FUTEX_WAIT", 0],
  ] },
  mount_flags: { kind: "bits", entries: [
    ["RDONLY", 1], ["NOSUID", 2], ["NODEV", 4], ["NOEXEC", 8], ["SYNCHRONOUS", 16], ["REMOUNT", 32],
    ["MANDLOCK", 64], ["DIRSYNC", 128], ["NOATIME", 1024], ["NODIRATIME", 2048], ["BIND", 4096],
    ["MOVE", 8192], ["REC", 16384], ["SILENT", 32768], ["POSIXACL", 65536], ["UNBINDABLE", 131072],
    ["PRIVATE", 262144], ["SLAVE", 524288], ["SHARED", 1048576], ["RELATIME", 2097152],
    ["KERNMOUNT", 4194304], ["I_VERSION", 8388608], ["STRICTATIME", 16777216], ["LAZYTIME", 33554432],
    ["NOSEC", 268435456], ["BORN", 536870912], ["ACTIVE", 1073741824], ["NOUSER", 2147483648],
  ] },
  umount_flags: { kind: "bits", entries: [["FORCE", 1], ["DETACH", 2], ["EXPIRE", 4], ["NOFOLLOW", 8]] },
  prot_flags: { kind: "bits", entries: [
    ["PROT_READ", 1], ["PROT_WRITE", 2], ["PROT_EXEC", 4], ["PROT_SEM", 8], ["PROT_GROWSDOWN", 16],
    ["PROT_GROWSUP", 32], ["PROT_SAO", 64], ["PROT_NONE", 0],
  ] },
  mmap_flags: { kind: "bits", entries: [
    ["MAP_SHARED", 1], ["MAP_PRIVATE", 2], ["MAP_FIXED", 4], ["MAP_ANONYMOUS", 8], ["MAP_32BIT", 16],
    ["MAP_RENAME", 32], ["MAP_NORESERVE", 64], ["MAP_POPULATE", 128], ["MAP_NONBLOCK", 256],
    ["MAP_GROWSDOWN", 512], ["MAP_DENYWRITE", 1024], ["MAP_EXECUTABLE", 2048], ["MAP_INHERIT", 4096],
    ["MAP_FILE", 8192], ["MAP_LOCKED", 16384],
  ] },
  splice_flags: { kind: "bits", entries: [
    ["SPLICE_F_MOVE", 1], ["SPLICE_F_NONBLOCK", 2], ["SPLICE_F_MORE", 4], ["SPLICE_F_GIFT", 8],
  ] },
  quotactl_dqi_flags: { kind: "bits", entries: [["DQF_NONE", 1], ["V1_DQF_RSQUASH", 2]] },
  quotactl_cmds: { kind: "bits", entries: [
    ["Q_QUOTAON", 1], ["Q_QUOTAOFF", 2], ["Q_GETFMT", 4], ["Q_GETINFO", 8], ["Q_SETINFO", 16],
    ["Q_GETQUOTA", 32], ["Q_SETQUOTA", 64], ["Q_SYNC", 128], ["Q_XQUOTAON", 256], ["Q_XQUOTAOFF", 512],
    ["Q_XGETQUOTA", 1024], ["Q_XSETQLIM", 2048], ["Q_XGETQSTAT", 4096], ["Q_XQUOTARM", 8192],
    ["Q_XQUOTASYNC", 16384],
  ] },
  quotactl_types: { kind: "bits", entries: [["USRQUOTA", 1], ["GRPQUOTA", 2]] },
  quotactl_quota_fmts: { kind: "bits", entries: [
    ["QFMT_NOT_USED", 1], ["QFMT_VFS_OLD", 2], ["QFMT_VFS_V0", 4], ["QFMT_VFS_V1", 8],
  ] },
  semop_flags: { kind: "bits", entries: [["IPC_NOWAIT", 1], ["SEM_UNDO", 2]] },
  semget_flags: { kind: "bits", entries: [["IPC_EXCL", 16384], ["IPC_CREAT", 8192]] },
  semctl_commands: { kind: "bits", entries: [
    ["IPC_STAT", 1], ["IPC_SET", 2], ["IPC_RMID", 4], ["IPC_INFO", 8], ["SEM_INFO", 16], ["SEM_STAT", 32],
    ["GETALL", 64], ["GETNCNT", 128], ["GETPID", 256], ["GETVAL", 512], ["GETZCNT", 1024],
    ["SETALL", 2048], ["SETVAL", 4096],
  ] },
  access_flags: { kind: "bits", entries: [["F_OK", 0], ["R_OK", 4], ["W_OK", 2], ["X_OK", 1]] },
  pf_flags: { kind: "bits", entries: [
    ["PROTECTION_VIOLATION", 1], ["PAGE_NOT_PRESENT", 2], ["WRITE_ACCESS", 4], ["READ_ACCESS", 8],
    ["USER_FAULT", 16], ["SUPERVISOR_FAULT", 32], ["RESERVED_PAGE", 64], ["INSTRUCTION_FETCH", 128],
  ] },
  unlinkat_flags: { kind: "bits", entries: [["AT_REMOVEDIR", 512]] },
  linkat_flags: { kind: "bits", entries: [["AT_SYMLINK_FOLLOW", 1024], ["AT_EMPTY_PATH", 4096]] },
  newfstatat_flags: { kind: "bits", entries: [
    ["AT_EMPTY_PATH", 4096], ["AT_NO_AUTOMOUNT", 2048], ["AT_SYMLINK_NOFOLLOW", 256],
  ] },
  chmod_mode: { kind: "mode", entries: [
    ["S_IXOTH", 1], ["S_IWOTH", 2], ["S_IROTH", 4], ["S_IXGRP", 8], ["S_IWGRP", 16], ["S_IRGRP", 32],
    ["S_IXUSR", 64], ["S_IWUSR", 128], ["S_IRUSR", 256], ["S_ISVTX", 512], ["S_ISGID", 1024],
    ["S_ISUID", 2048],
  ] },
  fchownat_flags: { kind: "bits", entries: [["AT_SYMLINK_NOFOLLOW", 1024], ["AT_EMPTY_PATH", 4096]] },
  renameat2_flags: { kind: "bits", entries: [
    ["RENAME_NOREPLACE", 1], ["RENAME_EXCHANGE", 2], ["RENAME_WHITEOUT", 4],
  ] },
  openat2_flags: { kind: "bits", entries: [
    ["RESOLVE_BENEATH", 1], ["RESOLVE_IN_ROOT", 2], ["RESOLVE_NO_MAGICLINKS", 4],
    ["RESOLVE_NO_SYMLINKS", 8], ["RESOLVE_NO_XDEV", 16], ["RESOLVE_CACHED", 32],
  ] },
  execve_flags: { kind: "bits", entries: [
    ["EXE_WRITABLE", 1], ["EXE_UPPER_LAYER", 2], ["EXE_FROM_MEMFD", 4], ["EXE_LOWER_LAYER", 8],
  ] },
  execveat_flags: { kind: "bits", entries: [["AT_EMPTY_PATH", 1], ["AT_SYMLINK_NOFOLLOW", 2]] },
  io_uring_setup_flags: { kind: "bits", entries: [
    ["IORING_SETUP_IOPOLL", 1], ["IORING_SETUP_SQPOLL", 2], ["IORING_SQ_NEED_WAKEUP", 4],
    ["IORING_SETUP_SQ_AFF", 8], ["IORING_SETUP_CQSIZE", 16], ["IORING_SETUP_CLAMP", 32],
    ["IORING_SETUP_ATTACH_RW", 64], ["IORING_SETUP_R_DISABLED", 128],
  ] },
  io_uring_setup_feats: { kind: "bits", entries: [
    ["IORING_FEAT_SINGLE_MMAP", 1], ["IORING_FEAT_NODROP", 2], ["IORING_FEAT_SUBMIT_STABLE", 4],
    ["IORING_FEAT_RW_CUR_POS", 8], ["IORING_FEAT_CUR_PERSONALITY", 16], ["IORING_FEAT_FAST_POLL", 32],
    ["IORING_FEAT_POLL_32BITS", 64], ["IORING_FEAT_SQPOLL_NONFIXED", 128],
    ["IORING_FEAT_ENTER_EXT_ARG", 256], ["IORING_FEAT_NATIVE_WORKERS", 512],
    ["IORING_FEAT_RSRC_TAGS", 1024],
  ] },
  io_uring_enter_flags: { kind: "bits", entries: [
    ["IORING_ENTER_GETEVENTS", 1], ["IORING_ENTER_SQ_WAKEUP", 2], ["IORING_ENTER_SQ_WAIT", 4],
    ["IORING_ENTER_EXT_ARG", 8],
  ] },
  mlockall_flags: { kind: "bits", entries: [["MCL_CURRENT", 1], ["MCL_FUTURE", 2], ["MCL_ONFAULT", 4]] },
  mlock2_flags: { kind: "bits", entries: [["MLOCK_ONFAULT", 1]] },
  epoll_create1_flags: { kind: "bits", entries: [["EPOLL_CLOEXEC", 1]] },
  memfd_create_flags: { kind: "bits", entries: [
    ["MFD_CLOEXEC", 1], ["MFD_ALLOW_SEALING", 2], ["MFD_HUGETLB", 4],
  ] },
  pidfd_open_flags: { kind: "bits", entries: [["PIDFD_NONBLOCK", 1]] },
  mknod_mode: { kind: "mode", entries: [
    ["S_IXOTH", 1], ["S_IWOTH", 2], ["S_IROTH", 4], ["S_IXGRP", 8], ["S_IWGRP", 16], ["S_IRGRP", 32],
    ["S_IXUSR", 64], ["S_IWUSR", 128], ["S_IRUSR", 256], ["S_ISVTX", 512], ["S_ISGID", 1024],
    ["S_ISUID", 2048], ["S_IFREG", 32768], ["S_IFCHR", 8192], ["S_IFBLK", 24576], ["S_IFIFO", 4096],
    ["S_IFSOCK", 49152],
  ] },
  delete_module_flags: { kind: "bits", entries: [["O_NONBLOCK", 2], ["O_TRUNC", 1]] },
  close_range_flags: { kind: "bits", entries: [["CLOSE_RANGE_UNSHARE", 2], ["CLOSE_RANGE_CLOEXEC", 4]] },
  finit_module_flags: { kind: "bits", entries: [
    ["MODULE_INIT_IGNORE_MODVERSIONS", 1], ["MODULE_INIT_IGNORE_VERMAGIC", 2],
    ["MODULE_INIT_COMPRESSED_FILE", 4],
  ] },
  anon_inode_fd_types: { kind: "bits", entries: [
    ["ANON_INODE_FD_TYPE_UNKNOWN", 0], ["ANON_INODE_FD_TYPE_EVENTFD", 1],
    ["ANON_INODE_FD_TYPE_EVENTPOLL", 2], ["ANON_INODE_FD_TYPE_INOTIFY", 3],
    ["ANON_INODE_FD_TYPE_SIGNALFD", 4], ["ANON_INODE_FD_TYPE_TIMERFD", 5],
    ["ANON_INODE_FD_TYPE_IO_URING", 6], ["ANON_INODE_FD_TYPE_USERFAULTFD", 7],
    ["ANON_INODE_FD_TYPE_PIDFD", 8], ["ANON_INODE_FD_TYPE_BPF_MAP", 9],
    ["ANON_INODE_FD_TYPE_BPF_PROG", 10], ["ANON_INODE_FD_TYPE_BPF_LINK", 11],
    ["ANON_INODE_FD_TYPE_BPF_ITER", 12], ["ANON_INODE_FD_TYPE_PERF_EVENT", 13],
  ] },
} satisfies Record<string, FlagTable>;
