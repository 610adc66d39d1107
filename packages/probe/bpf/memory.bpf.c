// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
/* Address spaces. */

#include "arguments.h"
#include "flags.h"
#include "task.h"
#include "vector.h"

SYSCALL_EXIT(brk)
{
	struct record r;

	if (!reserve_record(&r, &brk_layout))
		return 0;
	put_u64(&r, ret);
	put_memory(&r, current_task());
	put_u64(&r, argument(call, 0));
	return submit_record(&r);
}

SYSCALL_EXIT(mmap)
{
	struct record r;

	if (!reserve_record(&r, &mmap_layout))
		return 0;
	put_s64(&r, ret);
	put_memory(&r, current_task());
	put_u64(&r, argument(call, 0));
	put_u64(&r, argument(call, 1));
	put_u32(&r, protection_flags(argument(call, 2)));
	put_u32(&r, mapping_flags(argument(call, 3)));
	put_s64(&r, int_argument(call, 4));
	put_u64(&r, argument(call, 5));
	return submit_record(&r);
}

SYSCALL_EXIT(munmap)
{
	struct record r;

	if (!reserve_record(&r, &munmap_layout))
		return 0;
	put_s64(&r, ret);
	put_memory(&r, current_task());
	put_u64(&r, argument(call, 0));
	put_u64(&r, argument(call, 1));
	return submit_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(mprotect)
{
	struct record r;

	if (!reserve_record(&r, &mprotect_layout))
		return 0;
	put_s64(&r, ret);
	put_u64(&r, argument(call, 0));
	put_u64(&r, argument(call, 1));
	put_u32(&r, protection_flags(argument(call, 2)));
	return submit_record(&r);
}

/* Calls of the form: result, address, length. */
static __always_inline int put_range_call(const struct event_layout *layout, struct call call, long ret)
{
	struct record r;

	if (!reserve_record(&r, layout))
		return 0;
	put_s64(&r, ret);
	put_u64(&r, argument(call, 0));
	put_u64(&r, argument(call, 1));
	return submit_record(&r);
}

SYSCALL_EXIT(mlock) { return put_range_call(&mlock_layout, call, ret); }
SYSCALL_EXIT(munlock) { return put_range_call(&munlock_layout, call, ret); }

SYSCALL_EXIT(mlock2)
{
	struct record r;

	if (!reserve_record(&r, &mlock2_layout))
		return 0;
	put_s64(&r, ret);
	put_u64(&r, argument(call, 0));
	put_u64(&r, argument(call, 1));
	put_u32(&r, argument(call, 2) & 1);
	return submit_record(&r);
}

SYSCALL_EXIT(mlockall)
{
	struct record r;

	if (!reserve_record(&r, &mlockall_layout))
		return 0;
	put_s64(&r, ret);
	put_u32(&r, argument(call, 0) & 7);
	return submit_record(&r);
}

SYSCALL_EXIT(munlockall)
{
	struct record r;

	if (!reserve_record(&r, &munlockall_layout))
		return 0;
	put_s64(&r, ret);
	return submit_record(&r);
}

/* Memory of another process, as the caller has it or had it. */
static __always_inline int put_remote_memory(const struct event_layout *layout, struct call call, long ret)
{
	struct record r;

	if (!begin_record(&r, layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(call, 0));
	put_vector_bytes(&r, argument(call, 1), argument(call, 2), ret > 0 ? ret : 0);
	return output_record(&r);
}

SYSCALL_EXIT(process_vm_readv) { return put_remote_memory(&process_vm_readv_layout, call, ret); }
SYSCALL_EXIT(process_vm_writev) { return put_remote_memory(&process_vm_writev_layout, call, ret); }
