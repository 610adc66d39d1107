// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
/* io_uring. */

#include "arguments.h"
#include "flags.h"
#include "record.h"

#define FEATURES 0x7ff

/* The engine has another bit between the kernel's second and third. */
static const struct flag_pair setup_pairs[] = {
	{ 0x1, 0x1 }, { 0x2, 0x2 }, { 0x4, 0x8 }, { 0x8, 0x10 }, { 0x10, 0x20 }, { 0x20, 0x40 }, { 0x40, 0x80 },
};

SYSCALL_EXIT(io_uring_setup)
{
	/* sq_entries, cq_entries, flags, sq_thread_cpu, sq_thread_idle, features */
	u32 parameters[6] = { 0 };
	struct record r;

	bpf_probe_read_user(parameters, sizeof(parameters), (void *)argument(call, 1));
	if (!reserve_record(&r, &io_uring_setup_layout))
		return 0;
	put_s64(&r, ret);
	put_u32(&r, argument(call, 0));
	put_u32(&r, parameters[0]);
	put_u32(&r, parameters[1]);
	put_u32(&r, CONVERT_FLAGS(parameters[2], setup_pairs));
	put_u32(&r, parameters[3]);
	put_u32(&r, parameters[4]);
	put_u32(&r, parameters[5] & FEATURES);
	return submit_record(&r);
}

SYSCALL_EXIT(io_uring_enter)
{
	struct record r;

	if (!reserve_record(&r, &io_uring_enter_layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(call, 0));
	put_u32(&r, argument(call, 1));
	put_u32(&r, argument(call, 2));
	put_u32(&r, argument(call, 3) & 0xf);
	put_u32(&r, argument(call, 4));
	return submit_record(&r);
}

SYSCALL_EXIT(io_uring_register)
{
	struct record r;

	if (!reserve_record(&r, &io_uring_register_layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(call, 0));
	put_u16(&r, argument(call, 1));
	put_u64(&r, argument(call, 2));
	put_u32(&r, argument(call, 3));
	return submit_record(&r);
}
