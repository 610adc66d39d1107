// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
/* Signals, tracing of processes, and what processes wait on each other with. */

#include "arguments.h"
#include "flags.h"
#include "task.h"

#define PTRACE_PEEKTEXT 1
#define PTRACE_PEEKUSR 3
#define IPC_COMMAND_UNKNOWN 0

static __always_inline int put_signal_call(const struct event_layout *layout, struct call call, long ret)
{
	struct record r;

	if (!reserve_record(&r, layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(call, 0));
	put_u8(&r, argument(call, 1));
	return submit_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(kill) { return put_signal_call(&kill_layout, call, ret); }
SYSCALL_EXIT_ALSO_COMPAT(tkill) { return put_signal_call(&tkill_layout, call, ret); }

SYSCALL_EXIT_ALSO_COMPAT(tgkill)
{
	struct record r;

	if (!reserve_record(&r, &tgkill_layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(call, 0));
	put_s64(&r, int_argument(call, 1));
	put_u8(&r, argument(call, 2));
	return submit_record(&r);
}

static __always_inline u16 ptrace_request(u32 request)
{
	switch (request) {
	case 0 ... 9: return request + 1;		       /* TRACEME to SINGLESTEP */
	case 12 ... 15: return request - 12 + 0x1a;	       /* GETREGS to SETFPREGS */
	case 16 ... 17: return request - 16 + 0xb;	       /* ATTACH, DETACH */
	case 18 ... 19: return request - 18 + 0x1e;	       /* GETFPXREGS, SETFPXREGS */
	case 21: return 0x20;				       /* OLDSETOPTIONS */
	case 24: return 0xd;				       /* SYSCALL */
	case 25 ... 26: return request - 25 + 0x21;	       /* GET_THREAD_AREA, SET_THREAD_AREA */
	case 30 ... 33: return request - 30 + 0x23;	       /* ARCH_PRCTL to SINGLEBLOCK */
	case 0x4200 ... 0x420b: return request - 0x4200 + 0xe; /* SETOPTIONS to SETSIGMASK */
	default: return 0;
	}
}

/* A number in the form of the engine's first kind of ptrace value. */
static __always_inline void put_ptrace_number(struct record *r, u64 number)
{
	next_place(r)[0] = 0;
	STORE(u64, next_place(r) + 1, number);
	end_any_length(r, 9);
}

SYSCALL_EXIT_ALSO_COMPAT(ptrace)
{
	u32 request = argument(call, 0);
	u64 data = argument(call, 3);
	struct record r;

	if (!begin_record(&r, &ptrace_layout))
		return 0;
	if (request >= PTRACE_PEEKTEXT && request <= PTRACE_PEEKUSR)
		bpf_probe_read_user(&data, sizeof(data), (void *)argument(call, 3));
	put_s64(&r, ret);
	put_ptrace_number(&r, ret >= 0 ? argument(call, 2) : 0);
	put_ptrace_number(&r, ret >= 0 ? data : 0);
	put_u16(&r, ptrace_request(request));
	put_s64(&r, int_argument(call, 1));
	return output_record(&r);
}

SYSCALL_EXIT(futex)
{
	struct record r;

	if (!reserve_record(&r, &futex_layout))
		return 0;
	put_s64(&r, ret);
	put_u64(&r, argument(call, 0));
	put_u16(&r, argument(call, 1));
	put_u64(&r, (u32)argument(call, 2));
	return submit_record(&r);
}

/* IPC_CREAT and IPC_EXCL, with the permission bits as they are. */
SYSCALL_EXIT(semget)
{
	u32 flags = argument(call, 2);
	struct record r;

	if (!reserve_record(&r, &semget_layout))
		return 0;
	put_s64(&r, ret);
	put_u32(&r, argument(call, 0));
	put_u32(&r, argument(call, 1));
	put_u32(&r, (flags & 0777) | (flags & 01000 ? 0x2000 : 0) | (flags & 02000 ? 0x4000 : 0));
	return submit_record(&r);
}

struct semaphore_operation {
	u16 number;
	s16 change;
	u16 flags;
};

static const struct flag_pair semaphore_pairs[] = { { 04000, 0x1 }, { 010000, 0x2 } };

static __always_inline void put_semaphore_operation(struct record *r, const struct semaphore_operation *operation)
{
	put_u16(r, operation->number);
	put_u16(r, operation->change);
	put_u16(r, CONVERT_FLAGS(operation->flags, semaphore_pairs));
}

/* The first two operations; the schema has no room for more. */
SYSCALL_EXIT(semop)
{
	struct semaphore_operation operations[2] = { 0 };
	u32 count = argument(call, 2);
	struct record r;

	if (count > 0)
		bpf_probe_read_user(operations, sizeof(*operations) * (count > 1 ? 2 : 1), (void *)argument(call, 1));
	if (!reserve_record(&r, &semop_layout))
		return 0;
	put_s64(&r, ret);
	put_u32(&r, count);
	put_semaphore_operation(&r, &operations[0]);
	put_semaphore_operation(&r, &operations[1]);
	put_u32(&r, argument(call, 0));
	return submit_record(&r);
}

static __always_inline u16 semaphore_command(u32 command)
{
	switch (command) {
	case 0: return 0x4;	  /* IPC_RMID */
	case 1: return 0x2;	  /* IPC_SET */
	case 2: return 0x1;	  /* IPC_STAT */
	case 3: return 0x8;	  /* IPC_INFO */
	case 11: return 0x100;	  /* GETPID */
	case 12: return 0x200;	  /* GETVAL */
	case 13: return 0x40;	  /* GETALL */
	case 14: return 0x80;	  /* GETNCNT */
	case 15: return 0x400;	  /* GETZCNT */
	case 16: return 0x1000;	  /* SETVAL */
	case 17: return 0x800;	  /* SETALL */
	case 18: return 0x20;	  /* SEM_STAT */
	case 19: return 0x10;	  /* SEM_INFO */
	default: return IPC_COMMAND_UNKNOWN;
	}
}

SYSCALL_EXIT(semctl)
{
	u32 command = argument(call, 2);
	struct record r;

	if (!reserve_record(&r, &semctl_layout))
		return 0;
	put_s64(&r, ret);
	put_u32(&r, argument(call, 0));
	put_u32(&r, argument(call, 1));
	put_u16(&r, semaphore_command(command));
	put_u32(&r, command == 16 ? argument(call, 3) : 0);
	return submit_record(&r);
}
