/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only */
#pragma once

#include "kernel.h"

/* Where the arguments of a call are. A constant where it is made, so that nothing of it is left at run time. */
struct call {
	const struct pt_regs *registers;
	/* Made by the 32-bit convention of x86, with its own numbers and registers. */
	bool is_compat;
};

/* Argument `index` of the system call that is about to return. */
static __always_inline unsigned long argument(struct call call, int index)
{
	const struct pt_regs *registers = call.registers;

#if defined(__TARGET_ARCH_x86)
	if (call.is_compat) {
		switch (index) {
		case 0: return (u32)registers->bx;
		case 1: return (u32)registers->cx;
		case 2: return (u32)registers->dx;
		case 3: return (u32)registers->si;
		case 4: return (u32)registers->di;
		default: return (u32)registers->bp;
		}
	}
	switch (index) {
	case 0: return registers->di;
	case 1: return registers->si;
	case 2: return registers->dx;
	case 3: return registers->r10;
	case 4: return registers->r8;
	default: return registers->r9;
	}
#else
	return index == 0 ? registers->orig_x0 : registers->regs[index];
#endif
}

/* A file descriptor or another C int, with its sign. */
static __always_inline s64 int_argument(struct call call, int index)
{
	return (s32)argument(call, index);
}

static __always_inline u32 syscall_number(const struct pt_regs *registers)
{
#if defined(__TARGET_ARCH_x86)
	return registers->orig_ax;
#else
	return registers->syscallno;
#endif
}

/*
 * The program that handles the exit of a system call; `name` is that of its event. What follows is its body, which
 * has a `call` and its result `ret`.
 */
#define SYSCALL_EXIT(name)                                                                 \
	static __always_inline int handle_##name(struct call call, long ret);              \
	SEC("tp_btf/sys_exit")                                                             \
	int BPF_PROG(exit_##name, struct pt_regs *registers, long ret)                     \
	{                                                                                  \
		return handle_##name((struct call){ registers, false }, ret);              \
	}                                                                                  \
	static __always_inline int handle_##name(struct call call, long ret)

/*
 * As SYSCALL_EXIT, for a call whose arguments are numbers, texts and addresses that look alike in a 32-bit program:
 * on x86 there is a second program for it. Other calls of 32-bit programs have no events.
 */
#if defined(__TARGET_ARCH_x86)
#define SYSCALL_EXIT_ALSO_COMPAT(name)                                                     \
	static __always_inline int handle_##name(struct call call, long ret);              \
	SEC("tp_btf/sys_exit")                                                             \
	int BPF_PROG(compat_##name, struct pt_regs *registers, long ret)                   \
	{                                                                                  \
		return handle_##name((struct call){ registers, true }, (s32)ret);          \
	}                                                                                  \
	SYSCALL_EXIT(name)
#else
#define SYSCALL_EXIT_ALSO_COMPAT(name) SYSCALL_EXIT(name)
#endif
