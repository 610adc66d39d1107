// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
/* Socket options: a level, a name, and a value whose form depends on them. */

#include "arguments.h"
#include "record.h"

#define SOL_SOCKET 1
#define SOL_TCP 6
#define SO_ERROR 4
#define SO_RCVTIMEO 20
#define SO_SNDTIMEO 21
#define SO_MARK 36
#define SO_MAX_PACING_RATE 47
#define SO_MEMINFO 55
#define SO_COOKIE 57
#define SO_PEERGROUPS 59
#define SO_TIMESTAMP_NEW 63
#define SO_TIMESTAMPNS_NEW 64
#define SO_TIMESTAMPING_NEW 65
#define SO_RCVTIMEO_NEW 66
#define SO_SNDTIMEO_NEW 67

/* Which entry of the table of value forms a value is of. */
enum form { FORM_BYTES, FORM_ERRNO, FORM_U32, FORM_U64, FORM_TIME };

static __always_inline u8 engine_level(u32 level)
{
	return level == SOL_SOCKET ? 1 : level == SOL_TCP ? 2 : 0;
}

/* Options of the socket level; those from Linux 5.1 with times of 64 bits count as the older ones. */
static __always_inline u8 engine_option(u32 level, u32 option)
{
	if (level != SOL_SOCKET)
		return 0;
	switch (option) {
	case SO_MEMINFO: return 0x34;
	case SO_COOKIE: return 0x35;
	case SO_PEERGROUPS: return 0x33;
	case SO_TIMESTAMP_NEW: return 29;
	case SO_TIMESTAMPNS_NEW: return 35;
	case SO_TIMESTAMPING_NEW: return 37;
	case SO_RCVTIMEO_NEW: return SO_RCVTIMEO;
	case SO_SNDTIMEO_NEW: return SO_SNDTIMEO;
	default: return option <= 50 ? option : 0;
	}
}

static __always_inline enum form form_of(u8 option)
{
	switch (option) {
	case SO_ERROR: return FORM_ERRNO;
	case SO_RCVTIMEO:
	case SO_SNDTIMEO: return FORM_TIME;
	case 0x35:
	case SO_MAX_PACING_RATE: return FORM_U64;
	case 1 ... 3:
	case 5 ... 12:
	case 14 ... 16:
	case 18 ... 19:
	case 29 ... 30:
	case 32 ... 46:
	case 48 ... 49: return FORM_U32;
	default: return FORM_BYTES;
	}
}

static __always_inline u64 read_time(unsigned long address)
{
	s64 time[2] = { 0 };

	bpf_probe_read_user(time, sizeof(time), (void *)address);
	return time[0] * 1000000000ull + time[1] * 1000;
}

static __always_inline void put_option_value(struct record *r, u8 option, unsigned long address, u32 size)
{
	enum form form = form_of(option);
	u8 *place = next_place(r);
	u32 small = 0;
	u64 large = 0;

	place[0] = form;
	switch (form) {
	case FORM_ERRNO:
		bpf_probe_read_user(&small, sizeof(small), (void *)address);
		STORE(s64, place + 1, -(s64)(s32)small);
		return end_any_length(r, 9);
	case FORM_U32:
		bpf_probe_read_user(&small, sizeof(small), (void *)address);
		STORE(u32, place + 1, small);
		return end_any_length(r, 5);
	case FORM_U64:
		bpf_probe_read_user(&large, size >= 8 ? 8 : 4, (void *)address);
		STORE(u64, place + 1, large);
		return end_any_length(r, 9);
	case FORM_TIME:
		STORE(u64, place + 1, read_time(address));
		return end_any_length(r, 9);
	default:
		size = size < knob_data_bytes ? size : knob_data_bytes;
		if (size >= PARAMETER_BYTES_MAX || bpf_probe_read_user(place + 1, size, (void *)address))
			size = 0;
		return end_any_length(r, 1 + size);
	}
}

static __always_inline int put_option(const struct event_layout *layout, struct call call, long ret, u32 size)
{
	u32 level = argument(call, 1);
	u8 option = engine_option(level, argument(call, 2));
	struct record r;

	if (!begin_record(&r, layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(call, 0));
	put_u8(&r, engine_level(level));
	put_u8(&r, option);
	put_option_value(&r, option, argument(call, 3), size);
	put_u32(&r, size);
	return output_record(&r);
}

SYSCALL_EXIT(setsockopt) { return put_option(&setsockopt_layout, call, ret, argument(call, 4)); }

SYSCALL_EXIT(getsockopt)
{
	u32 size = 0;

	bpf_probe_read_user(&size, sizeof(size), (void *)argument(call, 4));
	return put_option(&getsockopt_layout, call, ret, size);
}
