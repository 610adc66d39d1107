// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
/* Events that are not system calls. Loaded and attached only where somebody asks for them. */

#include "arguments.h"
#include "task.h"

#define SI_USER 0
#define SI_QUEUE -1
#define SI_TKILL -6
#define SIGCHLD 17

/* The sender, where the signal carries one. */
static __always_inline s64 sender_of(const struct kernel_siginfo *info, int signal)
{
	int code;

	/* Small numbers stand for signals that the kernel sent without particulars. */
	if ((unsigned long)info <= 2)
		return 0;
	code = BPF_CORE_READ(info, si_code);
	if (code == SI_USER || code == SI_QUEUE || code == SI_TKILL || signal == SIGCHLD)
		return BPF_CORE_READ(info, _sifields._kill._pid);
	return 0;
}

SEC("tp_btf/signal_deliver")
int BPF_PROG(on_signal_deliver, int signal, struct kernel_siginfo *info)
{
	struct record r;

	if (bpf_get_current_pid_tgid() >> 32 == reader_tgid || !reserve_record(&r, &signaldeliver_layout))
		return 0;
	put_s64(&r, sender_of(info, signal));
	put_s64(&r, (u32)bpf_get_current_pid_tgid());
	put_u8(&r, signal);
	return submit_record(&r);
}

SEC("tp_btf/sched_switch")
int BPF_PROG(on_sched_switch, bool preempted, struct task_struct *previous, struct task_struct *next)
{
	struct record r;

	if (bpf_get_current_pid_tgid() >> 32 == reader_tgid || !reserve_record(&r, &switch_layout))
		return 0;
	put_s64(&r, BPF_CORE_READ(next, pid));
	put_u64(&r, BPF_CORE_READ(previous, maj_flt));
	put_u64(&r, BPF_CORE_READ(previous, min_flt));
	put_memory(&r, previous);
	return submit_record(&r);
}

/* Bits of the processor's error code, in pairs: what the bit says when it is set, and when it is not. */
static __always_inline u32 fault_flags(u64 error)
{
	return (error & 1 ? 0x1 : 0x2) | (error & 2 ? 0x4 : 0x8) | (error & 4 ? 0x10 : 0x20) |
	       (error & 8 ? 0x40 : 0) | (error & 16 ? 0x80 : 0);
}

#if defined(__TARGET_ARCH_x86)
static __always_inline int put_page_fault(unsigned long address, const struct pt_regs *regs, unsigned long error)
{
	struct record r;

	if (bpf_get_current_pid_tgid() >> 32 == reader_tgid || !reserve_record(&r, &page_fault_layout))
		return 0;
	put_u64(&r, address);
	put_u64(&r, regs->ip);
	put_u32(&r, fault_flags(error));
	return submit_record(&r);
}

SEC("tp_btf/page_fault_user")
int BPF_PROG(on_page_fault_user, unsigned long address, struct pt_regs *regs, unsigned long error)
{
	return put_page_fault(address, regs, error);
}

SEC("tp_btf/page_fault_kernel")
int BPF_PROG(on_page_fault_kernel, unsigned long address, struct pt_regs *regs, unsigned long error)
{
	return put_page_fault(address, regs, error);
}
#endif
