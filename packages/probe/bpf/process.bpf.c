// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
/* Processes that begin, become another program, and end. */

#include "arguments.h"
#include "executable.h"
#include "task.h"

/* Strings of a command line or environment that did not come to be, kept of it. */
#define POINTERS_MAX 32

/* tid, pid, ptid, and nothing for cwd, which the engine follows by itself, then limits and counters. */
static __always_inline void put_process(struct record *r, const struct task_struct *task)
{
	put_s64(r, LOAD(struct task_struct, task, pid));
	put_s64(r, LOAD(struct task_struct, task, tgid));
	put_s64(r, LOAD(struct task_struct, LOAD(struct task_struct, task, real_parent), pid));
	put_absent(r);
	put_s64(r, LOAD(struct signal_struct, LOAD(struct task_struct, task, signal), rlim[RLIMIT_NOFILE].rlim_cur));
	put_u64(r, LOAD(struct task_struct, task, maj_flt));
	put_u64(r, LOAD(struct task_struct, task, min_flt));
	put_memory(r, task);
	put_kernel_text(r, &task->comm);
}

static __always_inline int put_clone(const struct event_layout *layout, const struct task_struct *task, long ret,
				     u32 flags)
{
	const struct cred *cred = LOAD(struct task_struct, task, cred);
	struct scratch *scratch;
	struct record r;

	scratch = begin_record(&r, layout);
	if (!scratch)
		return 0;
	set_thread(&r, LOAD(struct task_struct, task, pid));
	put_s64(&r, ret);
	put_command_line(&r, LOAD(struct task_struct, task, mm));
	put_process(&r, task);
	put_cgroups(&r, scratch, task);
	put_u32(&r, flags | (makes_in_pid_namespace(task) ? ENGINE_CLONE_CHILD_IN_PIDNS : 0));
	put_u32(&r, LOAD(struct cred, cred, euid.val));
	put_u32(&r, LOAD(struct cred, cred, egid.val));
	put_s64(&r, own_number(task, PIDTYPE_PID));
	put_s64(&r, own_number(task, PIDTYPE_TGID));
	put_u64(&r, ret == 0 ? namespace_start(task) : 0);
	return output_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(fork) { return put_clone(&fork_layout, current_task(), ret, 0); }
SYSCALL_EXIT_ALSO_COMPAT(vfork) { return put_clone(&vfork_layout, current_task(), ret, 0); }

SYSCALL_EXIT_ALSO_COMPAT(clone)
{
	return put_clone(&clone_layout, current_task(), ret, clone_flags(argument(call, 0)));
}


SYSCALL_EXIT_ALSO_COMPAT(clone3)
{
	u64 flags = 0;

	bpf_probe_read_user(&flags, sizeof(flags), (void *)argument(call, 0));
	return put_clone(&clone3_layout, current_task(), ret, clone_flags(flags));
}

#if defined(__TARGET_ARCH_arm64)
/*
 * Where a child does not come back from the call that made it, as on 64-bit ARM, its own event is sent as soon as
 * there is a child. The flags that can be told from what parent and child share are those that the engine looks at.
 */
SEC("tp_btf/sched_process_fork")
int BPF_PROG(on_fork, struct task_struct *parent, struct task_struct *child)
{
	u32 flags = 0;

	if (BPF_CORE_READ(parent, tgid) == reader_tgid)
		return 0;
	if (BPF_CORE_READ(child, tgid) == BPF_CORE_READ(parent, tgid))
		flags |= ENGINE_CLONE_THREAD;
	if (BPF_CORE_READ(child, files) == BPF_CORE_READ(parent, files))
		flags |= ENGINE_CLONE_FILES;
	if (BPF_CORE_READ(child, mm) == BPF_CORE_READ(parent, mm))
		flags |= ENGINE_CLONE_VM;
	return put_clone(&clone_layout, child, 0, flags);
}
#endif

/* Element of an array of pointers of 4 or 8 bytes in the program's memory; 0 where it cannot be read. */
static __always_inline unsigned long read_pointer(unsigned long array, u32 index, u32 pointer_bytes)
{
	u64 pointer = 0;

	bpf_probe_read_user(&pointer, pointer_bytes == 4 ? 4 : 8, (void *)(array + index * pointer_bytes));
	return pointer;
}

/*
 * Gathers the texts that an array of pointers in the program's memory points to, up to its null, back to back behind
 * the end of the record. Not static, for the reason that build_file_path is not.
 */
__noinline int gather_pointed_texts(u64 array, u32 first, u32 pointer_bytes)
{
	struct scratch *scratch = own_scratch();

	if (!scratch)
		return 0;
	scratch->gathered = 0;
	for (u32 i = 0; i < POINTERS_MAX && scratch->gathered < PARAMETER_BYTES_MAX; i++) {
		u8 *place = scratch->record + ((scratch->record_end + scratch->gathered) & (RECORD_BYTES_MAX - 1));
		unsigned long text = read_pointer(array, first + i, pointer_bytes);
		u32 bytes;

		if (!text)
			break;
		bytes = read_user_text(place, PARAMETER_BYTES_MAX, text);
		if (!bytes)
			break;
		scratch->gathered += bytes;
	}
	if (scratch->gathered > PARAMETER_BYTES_MAX)
		scratch->gathered = PARAMETER_BYTES_MAX;
	return 0;
}

static __always_inline void put_pointed_texts(struct record *r, struct scratch *scratch, unsigned long array, u32 first,
					      u32 pointer_bytes)
{
	scratch->record_end = r->end;
	gather_pointed_texts(array, first, pointer_bytes);
	end_any_length(r, scratch->gathered);
}

/* exe, args of a program that was not started, from the arguments of the call; an empty exe when it names none. */
static __always_inline void put_requested_command_line(struct record *r, struct scratch *scratch,
						       unsigned long arguments, u32 pointer_bytes)
{
	unsigned long first = read_pointer(arguments, 0, pointer_bytes);

	if (first) {
		put_user_text(r, first);
	} else {
		*next_place(r) = 0;
		end_any_length(r, 1);
	}
	put_pointed_texts(r, scratch, arguments, 1, pointer_bytes);
}

/*
 * What execve and execveat have in common. The arrays of arguments, of which the first is number `arrays` of the
 * call, count only when it has failed.
 */
static __always_inline void put_exec(struct record *r, struct scratch *scratch, struct call call, long ret, int arrays)
{
	u32 pointer_bytes = call.is_compat ? 4 : 8;
	const struct task_struct *task = current_task();
	const struct mm_struct *mm = LOAD(struct task_struct, task, mm);
	const struct file *file = LOAD(struct mm_struct, mm, exe_file);
	const struct cred *cred = LOAD(struct task_struct, task, cred);
	const struct inode *inode = file ? LOAD(struct file, file, f_inode) : NULL;

	put_s64(r, ret);
	if (ret == 0)
		put_command_line(r, mm);
	else
		put_requested_command_line(r, scratch, argument(call, arrays), pointer_bytes);
	put_process(r, task);
	put_cgroups(r, scratch, task);
	if (ret == 0)
		put_environment(r, mm);
	else
		put_pointed_texts(r, scratch, argument(call, arrays + 1), 0, pointer_bytes);
	put_u32(r, terminal_of(task));
	put_s64(r, own_number(task, PIDTYPE_PGID));
	put_u32(r, login_user_of(task));
	put_u32(r, file ? executable_flags((u64)file) : 0);
	put_u64(r, capabilities(&cred->cap_inheritable));
	put_u64(r, capabilities(&cred->cap_permitted));
	put_u64(r, capabilities(&cred->cap_effective));
	put_u64(r, inode_number_of(file));
	put_u64(r, change_time(inode));
	put_u64(r, modification_time(inode));
	put_u32(r, LOAD(struct cred, cred, euid.val));
	put_file_path(r, scratch, file);
	put_s64(r, first_number(task, PIDTYPE_PGID));
	put_u32(r, LOAD(struct cred, cred, egid.val));
}

SYSCALL_EXIT_ALSO_COMPAT(execve)
{
	struct scratch *scratch;
	struct record r;

	scratch = begin_record(&r, &execve_layout);
	if (!scratch)
		return 0;
	put_exec(&r, scratch, call, ret, 1);
	/* The new program has lost the arguments of the call, but the kernel left the name behind the environment. */
	put_user_text(&r, ret == 0 ? BPF_CORE_READ(current_task(), mm, env_end) : argument(call, 0));
	return output_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(execveat)
{
	struct scratch *scratch;
	struct record r;

	scratch = begin_record(&r, &execveat_layout);
	if (!scratch)
		return 0;
	put_exec(&r, scratch, call, ret, 2);
	return output_record(&r);
}

/* The task is still as it was, but for its exit status; its children have not been given away yet. */
SEC("tp_btf/sched_process_exit")
int BPF_PROG(on_process_exit, struct task_struct *task)
{
	s64 status = BPF_CORE_READ(task, exit_code);
	struct record r;

	if (bpf_get_current_pid_tgid() >> 32 == reader_tgid)
		return 0;
	if (!reserve_record(&r, &procexit_layout))
		return 0;
	put_s64(&r, status);
	put_s64(&r, status >> 8 & 0xff);
	put_u8(&r, status & 0x7f);
	put_u8(&r, (status & 0x80) != 0);
	put_s64(&r, reaper_of(task));
	return submit_record(&r);
}
