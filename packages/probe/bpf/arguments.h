/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only */
#pragma once

#include "kernel.h"

/* Argument `index` of the system call that is about to return. */
static __always_inline unsigned long argument(const struct pt_regs *regs, int index)
{
#if defined(__TARGET_ARCH_x86)
	switch (index) {
	case 0: return regs->di;
	case 1: return regs->si;
	case 2: return regs->dx;
	case 3: return regs->r10;
	case 4: return regs->r8;
	default: return regs->r9;
	}
#else
	return index == 0 ? regs->orig_x0 : regs->regs[index];
#endif
}

/* A file descriptor or another C int, with its sign. */
static __always_inline s64 int_argument(const struct pt_regs *regs, int index)
{
	return (s32)argument(regs, index);
}

static __always_inline u32 syscall_number(const struct pt_regs *regs)
{
#if defined(__TARGET_ARCH_x86)
	return regs->orig_ax;
#else
	return regs->syscallno;
#endif
}

/* The program that handles the exit of a system call; `name` is that of its event. Parameters: regs and ret. */
#define SYSCALL_EXIT(name)        \
	SEC("tp_btf/sys_exit")    \
	int BPF_PROG(exit_##name, struct pt_regs *regs, long ret)
