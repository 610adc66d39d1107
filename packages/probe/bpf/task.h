/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only */
#pragma once

#include "file.h"
#include "path.h"

#define RLIMIT_NOFILE 7
#define CGROUP_DEPTH_MAX 32
#define CGROUP_BYTES_MAX 1024
#define PF_EXITING 0x4
/* Threads and ancestors that are looked at to find who inherits the children of a dead process. */
#define REAPER_CANDIDATES_MAX 32

static __always_inline struct task_struct *current_task(void)
{
	return (struct task_struct *)bpf_get_current_task();
}

/* Number of `pid` in the namespace of `task`, or, in the first namespace, for level 0. */
static __always_inline s64 number_at(const struct pid *pid, u32 level)
{
	struct upid upid = { 0 };

	bpf_core_read(&upid, sizeof(upid), &pid->numbers[level & 31]);
	return upid.nr;
}

static __always_inline u32 namespace_level(const struct task_struct *task)
{
	return LOAD(struct pid, LOAD(struct task_struct, task, thread_pid), level);
}

static __always_inline struct pid_namespace *pid_namespace_of(const struct task_struct *task)
{
	struct pid *pid = LOAD(struct task_struct, task, thread_pid);
	struct pid_namespace *namespace = NULL;

	bpf_core_read(&namespace, sizeof(namespace), &pid->numbers[namespace_level(task) & 31].ns);
	return namespace;
}

/* Thread, process group, … as the task itself sees its number. */
static __always_inline s64 own_number(const struct task_struct *task, enum pid_type type)
{
	const struct pid *pid;

	if (type == PIDTYPE_PID)
		pid = LOAD(struct task_struct, task, thread_pid);
	else
		pid = LOAD(struct signal_struct, LOAD(struct task_struct, task, signal), pids[type]);
	return number_at(pid, namespace_level(task));
}

static __always_inline s64 first_number(const struct task_struct *task, enum pid_type type)
{
	return number_at(LOAD(struct signal_struct, LOAD(struct task_struct, task, signal), pids[type]), 0);
}

/* The task, or those that it will make, are in a pid namespace. */
static __always_inline bool makes_in_pid_namespace(const struct task_struct *task)
{
	struct nsproxy *namespaces = LOAD(struct task_struct, task, nsproxy);

	return namespace_level(task) != 0 ||
	       LOAD(struct nsproxy, namespaces, pid_ns_for_children) != pid_namespace_of(task);
}

static __always_inline u64 namespace_start(const struct task_struct *task)
{
	struct pid_namespace *namespace = pid_namespace_of(task);

	return LOAD(struct task_struct, LOAD(struct pid_namespace, namespace, child_reaper), start_boottime);
}

static __always_inline u32 terminal_of(const struct task_struct *task)
{
	struct tty_struct *tty = LOAD(struct signal_struct, LOAD(struct task_struct, task, signal), tty);
	u32 major, minor;

	if (!tty)
		return 0;
	major = BPF_CORE_READ(tty, driver, major);
	minor = BPF_CORE_READ(tty, driver, minor_start) + BPF_CORE_READ(tty, index);
	return encode_device(major << 20 | minor);
}

static __always_inline u32 login_user_of(const struct task_struct *task)
{
	if (!bpf_core_field_exists(task->loginuid))
		return -1;
	return LOAD(struct task_struct, task, loginuid.val);
}

static __always_inline u64 capabilities(const void *set)
{
	u64 bits = 0;

	if (CAN_LOAD)
		bits = LOAD_WORD(set);
	else
		bpf_probe_read_kernel(&bits, sizeof(bits), set);
	return bits & ((1ull << 41) - 1);
}

struct memory {
	u32 size_kb, resident_kb, swap_kb;
};

static __always_inline s64 pages_of(const struct mm_struct *mm, int kind)
{
	const struct percpu_counter *counter;

	if (bpf_core_type_exists(struct mm_rss_stat)) {
		const struct mm_struct___v5_8 *old = (const void *)mm;

		return BPF_CORE_READ(old, rss_stat.count[kind].counter);
	}
	/* The kernel's counter is longer than the part of it that is declared, so the index is not left to C. */
	counter = (void *)((char *)mm + bpf_core_field_offset(struct mm_struct, rss_stat) +
			   kind * bpf_core_type_size(struct percpu_counter));
	return LOAD(struct percpu_counter, counter, count);
}

static __always_inline u32 kilobytes(s64 pages)
{
	return pages > 0 ? pages * knob_page_kb : 0;
}

static __always_inline struct memory memory_of(const struct mm_struct *mm)
{
	struct memory memory = { 0 };

	if (!mm)
		return memory;
	memory.size_kb = kilobytes(LOAD(struct mm_struct, mm, total_vm));
	memory.resident_kb =
		kilobytes(pages_of(mm, MM_FILEPAGES) + pages_of(mm, MM_ANONPAGES) + pages_of(mm, MM_SHMEMPAGES));
	memory.swap_kb = kilobytes(pages_of(mm, MM_SWAPENTS));
	return memory;
}

static __always_inline void put_memory(struct record *r, const struct task_struct *task)
{
	struct memory memory = memory_of(LOAD(struct task_struct, task, mm));

	put_u32(r, memory.size_kb);
	put_u32(r, memory.resident_kb);
	put_u32(r, memory.swap_kb);
}

/*
 * Builds the path of a cgroup from its node. Controllers of one hierarchy, all of them as a rule, have one cgroup: the
 * path that is there is left. Not static, for the reason that build_file_path is not.
 */
__noinline int build_cgroup_path(u64 address)
{
	struct kernfs_node *node = (struct kernfs_node *)address;
	struct scratch *scratch = own_scratch();

	if (!scratch || scratch->cgroup_node == address)
		return 0;
	scratch->cgroup_node = address;
	begin_path(scratch);
	for (int i = 0; i < CGROUP_DEPTH_MAX && node && scratch->path_start > PATH_END - CGROUP_BYTES_MAX; i++) {
		const struct kernfs_node___renamed *renamed = (const void *)node;
		struct kernfs_node *parent = bpf_core_field_exists(node->parent) ?
						     LOAD(struct kernfs_node, node, parent) :
						     LOAD(struct kernfs_node___renamed, renamed, __parent);
		const char *name = LOAD(struct kernfs_node, node, name);
		long bytes;

		if (!parent)
			break;
		/* The length of a name is not kept anywhere: read it to where the path will not reach. */
		bytes = bpf_probe_read_kernel_str(scratch->path, NAME_BYTES_MAX + 1, name);
		prepend_name(scratch, name, bytes > 0 ? bytes - 1 : 0);
		node = parent;
	}
	return 0;
}

static __always_inline u64 cgroup_node_of(const struct css_set *set, int subsystem)
{
	struct cgroup_subsys_state *state = LOAD(struct css_set, set, subsys[subsystem]);

	return (u64)LOAD(struct cgroup, LOAD(struct cgroup_subsys_state, state, cgroup), kn);
}

/* Appends one cgroup, `NAME=/path` with its NUL, to the parameter that is gathered. */
static __always_inline void append_cgroup(struct record *r, struct scratch *scratch, const struct css_set *set,
					  int subsystem, const char *name, u32 name_bytes)
{
	u8 *place = r->bytes + ((r->end + scratch->gathered) & (RECORD_BYTES_MAX - 1));
	long path_bytes;

	build_cgroup_path(cgroup_node_of(set, subsystem));
#pragma unroll
	for (u32 i = 0; i < name_bytes; i++)
		place[i] = name[i];
	path_bytes = bpf_probe_read_kernel_str(place + name_bytes, PARAMETER_BYTES_MAX - name_bytes, finish_path(scratch));
	if (path_bytes > 0)
		scratch->gathered += name_bytes + path_bytes;
}

#define APPEND_CGROUP(r, scratch, set, name)                                                                       \
	if (bpf_core_enum_value_exists(enum cgroup_subsys_id, name##_cgrp_id))                                     \
	append_cgroup(r, scratch, set, bpf_core_enum_value(enum cgroup_subsys_id, name##_cgrp_id), #name "=",      \
		      sizeof(#name))

static __always_inline void put_cgroups(struct record *r, struct scratch *scratch, const struct task_struct *task)
{
	const struct css_set *set = LOAD(struct task_struct, task, cgroups);

	scratch->gathered = 0;
	scratch->cgroup_node = 0;
	begin_path(scratch);
	APPEND_CGROUP(r, scratch, set, cpuset);
	APPEND_CGROUP(r, scratch, set, cpu);
	APPEND_CGROUP(r, scratch, set, cpuacct);
	APPEND_CGROUP(r, scratch, set, io);
	APPEND_CGROUP(r, scratch, set, memory);
	end_any_length(r, scratch->gathered);
}

/* Strings that stand one after the other in the program's memory; the last byte kept is always a NUL. */
static __always_inline void put_strings(struct record *r, unsigned long start, unsigned long end, u32 most)
{
	u32 bytes = end > start ? (end - start < most ? end - start : most) : 0;
	u8 *place = next_place(r);

	if (bytes == 0 || bytes > PARAMETER_BYTES_MAX || bpf_probe_read_user(place, bytes, (void *)start))
		return put_absent(r);
	place[(bytes - 1) & (PARAMETER_BYTES_MAX - 1)] = 0;
	end_any_length(r, bytes);
}

/* exe, args: the first string of the command line, and the others. */
static __always_inline void put_command_line(struct record *r, const struct mm_struct *mm)
{
	unsigned long start = LOAD(struct mm_struct, mm, arg_start);
	u32 before = r->end;

	put_user_text(r, start);
	put_strings(r, start + (r->end - before), LOAD(struct mm_struct, mm, arg_end), PARAMETER_BYTES_MAX - 1);
}

static __always_inline void put_environment(struct record *r, const struct mm_struct *mm)
{
	put_strings(r, LOAD(struct mm_struct, mm, env_start), LOAD(struct mm_struct, mm, env_end), PARAMETER_BYTES_MAX);
}

/* First thread of the group that is not on its way out; 0 when there is none. */
static __always_inline s64 living_thread(const struct task_struct *task)
{
	struct signal_struct *signal = BPF_CORE_READ(task, signal);
	struct list_head *head = (void *)((char *)signal + bpf_core_field_offset(struct signal_struct, thread_head));
	struct list_head *node = BPF_CORE_READ(signal, thread_head.next);

	for (int i = 0; i < REAPER_CANDIDATES_MAX && node && node != head; i++) {
		struct task_struct *thread =
			(void *)((char *)node - bpf_core_field_offset(struct task_struct, thread_node));

		if (!(BPF_CORE_READ(thread, flags) & PF_EXITING))
			return BPF_CORE_READ(thread, pid);
		node = BPF_CORE_READ(node, next);
	}
	return 0;
}

/*
 * Thread that inherits the children of `task`, which is about to end, as the kernel will choose it: another thread
 * of the group, the nearest ancestor that asked for it, the first process of the namespace. 0 without children.
 */
static __always_inline s64 reaper_of(const struct task_struct *task)
{
	struct list_head *children =
		(void *)((char *)task + bpf_core_field_offset(struct task_struct, children));
	const struct task_struct *ancestor = BPF_CORE_READ(task, real_parent);
	struct pid_namespace *namespace = pid_namespace_of(task);
	s64 thread;

	if (BPF_CORE_READ(task, children.next) == children)
		return 0;
	thread = living_thread(task);
	if (thread)
		return thread;
	for (int i = 0; i < REAPER_CANDIDATES_MAX && ancestor; i++) {
		struct signal_struct *signal = BPF_CORE_READ(ancestor, signal);

		if (namespace_level(ancestor) != namespace_level(task) || BPF_CORE_READ(ancestor, pid) == 0)
			break;
		if (BPF_CORE_READ_BITFIELD_PROBED(signal, is_child_subreaper))
			return BPF_CORE_READ(ancestor, pid);
		ancestor = BPF_CORE_READ(ancestor, real_parent);
	}
	return BPF_CORE_READ(namespace, child_reaper, pid);
}
