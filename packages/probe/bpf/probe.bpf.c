// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only

/*
 * The one object that is loaded. Each family of system calls has its file; what they share is in the headers.
 * Programs named on_* are attached to kernel hooks. Programs named exit_* handle one system call each: the
 * loader puts them into `handlers`, and on_sys_exit jumps to them.
 */

#include "arguments.h"
#include "maps.h"
#include "record.h"

#include "descriptor.bpf.c"
#include "file.bpf.c"
#include "identity.bpf.c"
#include "io.bpf.c"
#include "memory.bpf.c"
#include "network.bpf.c"
#include "option.bpf.c"
#include "process.bpf.c"
#include "signal.bpf.c"
#include "system.bpf.c"
#include "tracepoint.bpf.c"
#include "uring.bpf.c"

#define TS_COMPAT 0x2

/* The helpers that read memory are open to GPL-compatible programs only; these files may be used under the GPL. */
char LICENSE[] SEC("license") = "GPL and additional rights";

/* Run once by the loader on its own behalf: the reader's number in the first pid namespace is only known here. */
SEC("raw_tp")
int identify_reader(void *ctx)
{
	reader_tgid = bpf_get_current_pid_tgid() >> 32;
	return 0;
}

/* What decides about a call before anything else of it is looked at. */
struct caller {
	u32 tgid;
	/* The call was made by the 32-bit convention, which 64-bit programs can use too. */
	bool is_compat;
};

static __always_inline struct caller current_caller(void)
{
	struct caller caller = { 0 };

	/* Two plain loads where the kernel hands out its task as such, since Linux 5.11. */
	if (bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_get_current_task_btf)) {
		struct task_struct *task = bpf_get_current_task_btf();

		caller.tgid = task->tgid;
#if defined(__TARGET_ARCH_x86)
		caller.is_compat = task->thread_info.status & TS_COMPAT;
#endif
		return caller;
	}
	caller.tgid = bpf_get_current_pid_tgid() >> 32;
#if defined(__TARGET_ARCH_x86)
	caller.is_compat = BPF_CORE_READ(current_task(), thread_info.status) & TS_COMPAT;
#endif
	return caller;
}

SEC("tp_btf/sys_exit")
int BPF_PROG(on_sys_exit, struct pt_regs *registers)
{
	u32 number = syscall_number(registers);
	const u8 *conventions = bpf_map_lookup_elem(&watched, &number);
	struct caller caller;

	if (!conventions || !*conventions)
		return 0;
	caller = current_caller();
	if (caller.tgid == reader_tgid)
		return 0;
	if (caller.is_compat)
		bpf_tail_call(ctx, &compat_handlers, number);
	else
		bpf_tail_call(ctx, &handlers, number);
	return 0;
}
