// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
/* Reading, writing, copying between descriptors, and waiting for them. */

#include "arguments.h"
#include "flags.h"
#include "record.h"
#include "vector.h"

/* Descriptors of one poll that its event names. */
#define POLLED_MAX 16

SYSCALL_EXIT_ALSO_COMPAT(read)
{
	struct record r;

	if (!begin_record(&r, &read_layout))
		return 0;
	put_s64(&r, ret);
	put_user_bytes(&r, argument(call, 1), ret > 0 ? ret : 0, knob_data_bytes);
	put_s64(&r, int_argument(call, 0));
	put_u32(&r, argument(call, 2));
	return output_record(&r);
}

SYSCALL_EXIT(pread)
{
	struct record r;

	if (!begin_record(&r, &pread_layout))
		return 0;
	put_s64(&r, ret);
	put_user_bytes(&r, argument(call, 1), ret > 0 ? ret : 0, knob_data_bytes);
	put_s64(&r, int_argument(call, 0));
	put_u32(&r, argument(call, 2));
	put_u64(&r, argument(call, 3));
	return output_record(&r);
}

/* What was to be written is of interest when it could not be, too. */
SYSCALL_EXIT_ALSO_COMPAT(write)
{
	u64 size = argument(call, 2);
	struct record r;

	if (!begin_record(&r, &write_layout))
		return 0;
	put_s64(&r, ret);
	put_user_bytes(&r, argument(call, 1), ret >= 0 ? ret : size, knob_data_bytes);
	put_s64(&r, int_argument(call, 0));
	put_u32(&r, size);
	return output_record(&r);
}

SYSCALL_EXIT(pwrite)
{
	u64 size = argument(call, 2);
	struct record r;

	if (!begin_record(&r, &pwrite_layout))
		return 0;
	put_s64(&r, ret);
	put_user_bytes(&r, argument(call, 1), ret >= 0 ? ret : size, knob_data_bytes);
	put_s64(&r, int_argument(call, 0));
	put_u32(&r, size);
	put_u64(&r, argument(call, 3));
	return output_record(&r);
}

SYSCALL_EXIT(readv)
{
	struct record r;

	if (!begin_record(&r, &readv_layout))
		return 0;
	put_s64(&r, ret);
	put_u32(&r, ret > 0 ? ret : 0);
	put_vector_bytes(&r, argument(call, 1), argument(call, 2), ret > 0 ? ret : 0);
	put_s64(&r, int_argument(call, 0));
	return output_record(&r);
}

SYSCALL_EXIT(preadv)
{
	struct record r;

	if (!begin_record(&r, &preadv_layout))
		return 0;
	put_s64(&r, ret);
	put_u32(&r, ret > 0 ? ret : 0);
	put_vector_bytes(&r, argument(call, 1), argument(call, 2), ret > 0 ? ret : 0);
	put_s64(&r, int_argument(call, 0));
	put_u64(&r, argument(call, 3));
	return output_record(&r);
}

SYSCALL_EXIT(writev)
{
	struct record r;
	u64 size;

	if (!begin_record(&r, &writev_layout))
		return 0;
	put_s64(&r, ret);
	size = put_vector_bytes(&r, argument(call, 1), argument(call, 2), ret);
	put_s64(&r, int_argument(call, 0));
	put_u32(&r, size);
	return output_record(&r);
}

SYSCALL_EXIT(pwritev)
{
	struct record r;
	u64 size;

	if (!begin_record(&r, &pwritev_layout))
		return 0;
	put_s64(&r, ret);
	size = put_vector_bytes(&r, argument(call, 1), argument(call, 2), ret);
	put_s64(&r, int_argument(call, 0));
	put_u32(&r, size);
	put_u64(&r, argument(call, 3));
	return output_record(&r);
}

static __always_inline u64 read_offset(unsigned long address)
{
	u64 offset = 0;

	if (address)
		bpf_probe_read_user(&offset, sizeof(offset), (void *)address);
	return offset;
}

SYSCALL_EXIT(sendfile)
{
	struct record r;

	if (!reserve_record(&r, &sendfile_layout))
		return 0;
	put_s64(&r, ret);
	put_u64(&r, read_offset(argument(call, 2)));
	put_s64(&r, int_argument(call, 0));
	put_s64(&r, int_argument(call, 1));
	put_u64(&r, argument(call, 3));
	return submit_record(&r);
}

SYSCALL_EXIT(splice)
{
	struct record r;

	if (!reserve_record(&r, &splice_layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(call, 0));
	put_s64(&r, int_argument(call, 2));
	put_u64(&r, argument(call, 4));
	put_u32(&r, argument(call, 5) & 0xf);
	return submit_record(&r);
}

SYSCALL_EXIT(copy_file_range)
{
	struct record r;

	if (!reserve_record(&r, &copy_file_range_layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(call, 2));
	put_u64(&r, read_offset(argument(call, 3)));
	put_s64(&r, int_argument(call, 0));
	put_u64(&r, read_offset(argument(call, 1)));
	put_u64(&r, argument(call, 4));
	return submit_record(&r);
}

struct polled {
	s32 fd;
	u16 asked, happened;
};

/* The descriptors on which something has happened, and what. */
static __always_inline void put_polled(struct record *r, unsigned long list, u32 count)
{
	struct scratch *scratch = (struct scratch *)r->bytes;

	scratch->gathered = 0;
	for (u32 i = 0; i < POLLED_MAX && i < count; i++) {
		struct polled one = { 0 };
		u8 *place = next_place(r) + sizeof(u16) + (scratch->gathered % POLLED_MAX) * (sizeof(s64) + sizeof(u16));

		if (bpf_probe_read_user(&one, sizeof(one), (void *)(list + i * sizeof(one))))
			break;
		if (!one.happened)
			continue;
		STORE(s64, place, one.fd);
		STORE(u16, place + sizeof(s64), poll_events(one.happened));
		scratch->gathered++;
	}
	STORE(u16, next_place(r), scratch->gathered);
	end_any_length(r, sizeof(u16) + scratch->gathered * (sizeof(s64) + sizeof(u16)));
}

SYSCALL_EXIT(poll)
{
	struct record r;

	if (!begin_record(&r, &poll_layout))
		return 0;
	put_s64(&r, ret);
	put_polled(&r, argument(call, 0), argument(call, 1));
	put_s64(&r, int_argument(call, 2));
	return output_record(&r);
}

/* Nanoseconds of a timespec; all ones where there is none. */
static __always_inline u64 read_interval(unsigned long address)
{
	s64 time[2] = { 0 };

	if (!address || bpf_probe_read_user(time, sizeof(time), (void *)address))
		return -1;
	return time[0] * 1000000000ull + time[1];
}

SYSCALL_EXIT(ppoll)
{
	u32 mask = 0;
	struct record r;

	bpf_probe_read_user(&mask, sizeof(mask), (void *)argument(call, 3));
	if (!begin_record(&r, &ppoll_layout))
		return 0;
	put_s64(&r, ret);
	put_polled(&r, argument(call, 0), argument(call, 1));
	put_u64(&r, read_interval(argument(call, 2)));
	put_u32(&r, mask);
	return output_record(&r);
}

SYSCALL_EXIT(nanosleep)
{
	struct record r;

	if (!reserve_record(&r, &nanosleep_layout))
		return 0;
	put_s64(&r, ret);
	put_u64(&r, read_interval(argument(call, 0)));
	return submit_record(&r);
}

SYSCALL_EXIT(select)
{
	struct record r;

	if (!reserve_record(&r, &select_layout))
		return 0;
	put_s64(&r, ret);
	return submit_record(&r);
}

SYSCALL_EXIT(epoll_wait)
{
	struct record r;

	if (!reserve_record(&r, &epoll_wait_layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(call, 2));
	return submit_record(&r);
}
