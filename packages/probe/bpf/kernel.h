/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only */
#pragma once

/*
 * The few kernel types that the programs read, with the few members they need. The loader fits the offsets
 * to the running kernel from its BTF, so neither order nor size has to be right here, only the names. A type
 * with a triple underscore is an older or newer shape of the type before it.
 */

#include <linux/bpf.h>
#include <linux/types.h>
#include <stdbool.h>
#include <stddef.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

#define KERNEL_TYPES_BEGIN _Pragma("clang attribute push(__attribute__((preserve_access_index)), apply_to = record)")
#define KERNEL_TYPES_END _Pragma("clang attribute pop")

typedef __u8 u8;
typedef __u16 u16;
typedef __u32 u32;
typedef __u64 u64;
typedef __s16 s16;
typedef __s32 s32;
typedef __s64 s64;

KERNEL_TYPES_BEGIN

#if defined(__TARGET_ARCH_x86)
struct pt_regs {
	unsigned long bp, bx, r10, r9, r8, cx, dx, si, di, orig_ax, ip;
};
struct thread_info {
	u32 status;
};
#elif defined(__TARGET_ARCH_arm64)
struct pt_regs {
	u64 regs[31];
	u64 orig_x0;
	s32 syscallno;
};
struct thread_info {
	unsigned long flags;
};
#else
#error "only x86-64 and 64-bit ARM are supported"
#endif

typedef struct {
	u32 val;
} kuid_t, kgid_t;

typedef struct {
	int counter;
} atomic_t;

struct list_head {
	struct list_head *next;
};

struct ns_common {
	unsigned int inum;
};

enum pid_type { PIDTYPE_PID, PIDTYPE_TGID, PIDTYPE_PGID, PIDTYPE_SID };

struct pid_namespace {
	struct task_struct *child_reaper;
	unsigned int level;
};

struct upid {
	int nr;
	struct pid_namespace *ns;
};

struct pid {
	unsigned int level;
	struct upid numbers[1];
};

struct rlimit {
	unsigned long rlim_cur;
	unsigned long rlim_max;
};

struct tty_driver {
	int major;
	int minor_start;
};

struct tty_struct {
	int index;
	struct tty_driver *driver;
};

struct nsproxy {
	struct pid_namespace *pid_ns_for_children;
};

struct signal_struct {
	struct list_head thread_head;
	unsigned int is_child_subreaper : 1;
	struct pid *pids[4];
	struct tty_struct *tty;
	struct rlimit rlim[16];
};

struct uid_gid_extent {
	u32 first, lower_first, count;
};

struct uid_gid_map {
	u32 nr_extents;
	struct uid_gid_extent extent[5];
};

struct user_namespace {
	struct uid_gid_map uid_map;
	struct uid_gid_map gid_map;
	int level;
};

struct group_info {
	int ngroups;
	kgid_t gid[0];
};

/* Eight bytes, least significant first: two words before Linux 6.3, one since. */
typedef struct {
	u64 val;
} kernel_cap_t;

struct cred {
	kuid_t euid, fsuid;
	kgid_t egid, fsgid;
	kernel_cap_t cap_inheritable, cap_permitted, cap_effective;
	struct user_namespace *user_ns;
	struct group_info *group_info;
};

struct cgroup_subsys_state {
	struct cgroup *cgroup;
};

struct kernfs_node {
	const char *name;
	struct kernfs_node *parent;
};

/* Since Linux 6.15. */
struct kernfs_node___renamed {
	struct kernfs_node *__parent;
};

struct cgroup {
	struct kernfs_node *kn;
};

struct css_set {
	struct cgroup_subsys_state *subsys[16];
};

enum cgroup_subsys_id { cpuset_cgrp_id = 1, cpu_cgrp_id, cpuacct_cgrp_id, io_cgrp_id, memory_cgrp_id };

struct qstr {
	u32 len;
	const unsigned char *name;
};

struct dentry {
	struct dentry *d_parent;
	struct qstr d_name;
	struct inode *d_inode;
	struct super_block *d_sb;
};

struct vfsmount {
	struct dentry *mnt_root;
	struct super_block *mnt_sb;
};

struct mount {
	struct mount *mnt_parent;
	struct dentry *mnt_mountpoint;
	struct vfsmount mnt;
};

struct path {
	struct vfsmount *mnt;
	struct dentry *dentry;
};

struct super_block {
	u32 s_dev;
	unsigned long s_flags;
	unsigned long s_magic;
};

struct timespec64 {
	s64 tv_sec;
	long tv_nsec;
};

struct inode {
	u16 i_mode;
	kuid_t i_uid;
	kgid_t i_gid;
	unsigned int i_flags;
	struct super_block *i_sb;
	unsigned long i_ino;
	/* Since Linux 6.11. */
	s64 i_ctime_sec, i_mtime_sec;
	u32 i_ctime_nsec, i_mtime_nsec;
};

struct inode___v6_6 {
	struct timespec64 __i_ctime;
};

struct inode___v6_7 {
	struct timespec64 __i_mtime;
};

struct inode___v5_8 {
	struct timespec64 i_ctime;
	struct timespec64 i_mtime;
};

struct file {
	u32 f_mode;
	unsigned int f_flags;
	void *private_data;
	struct path f_path;
	struct inode *f_inode;
};

struct fdtable {
	unsigned int max_fds;
	struct file **fd;
};

struct files_struct {
	struct fdtable *fdt;
};

struct percpu_counter {
	s64 count;
};

typedef struct {
	s64 counter;
} atomic_long_t;

enum { MM_FILEPAGES, MM_ANONPAGES, MM_SWAPENTS, MM_SHMEMPAGES };

struct mm_struct {
	unsigned long total_vm;
	unsigned long arg_start, arg_end, env_start, env_end;
	struct file *exe_file;
	struct percpu_counter rss_stat[4];
};

/* Before Linux 6.2. */
struct mm_rss_stat {
	atomic_long_t count[4];
};

struct mm_struct___v5_8 {
	struct mm_rss_stat rss_stat;
};

struct task_struct {
	struct thread_info thread_info;
	struct mm_struct *mm;
	unsigned int flags;
	int exit_state;
	int exit_code;
	int pid;
	int tgid;
	struct task_struct *real_parent;
	struct list_head children;
	struct task_struct *group_leader;
	struct pid *thread_pid;
	struct list_head thread_node;
	u64 start_boottime;
	unsigned long min_flt, maj_flt;
	const struct cred *cred;
	char comm[16];
	struct files_struct *files;
	struct nsproxy *nsproxy;
	struct signal_struct *signal;
	kuid_t loginuid;
	struct css_set *cgroups;
};

struct in6_addr {
	u8 bytes[16];
};

struct sock_common {
	u32 skc_daddr;
	u32 skc_rcv_saddr;
	u16 skc_dport;
	u16 skc_num;
	u16 skc_family;
	struct in6_addr skc_v6_daddr;
	struct in6_addr skc_v6_rcv_saddr;
};

struct sock {
	struct sock_common __sk_common;
	u32 sk_ack_backlog;
	u32 sk_max_ack_backlog;
};

struct socket {
	short type;
	struct sock *sk;
	struct file *file;
};

struct ipv6_pinfo {
	struct in6_addr saddr;
};

struct inet_sock {
	u32 inet_saddr;
	u16 inet_sport;
	struct ipv6_pinfo *pinet6;
};

struct sockaddr_un {
	u16 sun_family;
	char sun_path[108];
};

struct unix_address {
	int len;
	struct sockaddr_un name[0];
};

struct unix_sock {
	struct unix_address *addr;
	struct sock *peer;
};

struct sender {
	int _pid;
};

union __sifields {
	struct sender _kill;
};

struct kernel_siginfo {
	int si_code;
	union __sifields _sifields;
};

KERNEL_TYPES_END

/*
 * Since Linux 6.2 any address can be given a type, and what is there be loaded by plain instructions, which the kernel
 * makes safe. Before, and for members of less frequent interest, a helper copies it, which takes ten times as long.
 * The function that gives the type cannot be looked for itself, so a helper of the same version is.
 */
enum bpf_func_id___v6_2 { BPF_FUNC_cgrp_storage_get___v6_2 };
#define CAN_LOAD bpf_core_enum_value_exists(enum bpf_func_id___v6_2, BPF_FUNC_cgrp_storage_get___v6_2)

extern void *bpf_rdonly_cast(const void *address, u32 type) __ksym __weak;

#define TYPED(type, address) ((type *)bpf_rdonly_cast(address, bpf_core_type_id_kernel(type)))

/*
 * Eight bytes of the kernel's memory, as a number: of what it knows to be a pointer the verifier asks more. Any type
 * that begins with such a number would do.
 */
#define LOAD_WORD(address) (TYPED(struct rlimit, address)->rlim_cur)

/* A member of a kernel type: loaded where it can be, else copied. */
#define LOAD(type, address, member)                                                       \
	({                                                                                \
		type *loaded_from = (type *)(address);                                    \
		__typeof__(loaded_from->member) loaded;                                   \
		if (!CAN_LOAD)                                                            \
			loaded = BPF_CORE_READ(loaded_from, member);                      \
		else if (sizeof(loaded) == sizeof(u64))                                   \
			loaded = (__typeof__(loaded))LOAD_WORD(&loaded_from->member);     \
		else                                                                      \
			loaded = TYPED(type, loaded_from)->member;                        \
		loaded;                                                                   \
	})
