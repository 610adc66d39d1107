/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only */
#pragma once

#include "maps.h"

/*
 * A record in the ring:
 *
 *	0   6 bytes  zero, so that the times below are aligned
 *	6   u16      CPU                                       from here on it is the body of a capture's event block
 *	8   u64      ns since 1970
 *	16  u64      thread
 *	24  u32      length of the event, from offset 8 to the end
 *	28  u16      event code
 *	30  u32      number of parameters, n
 *	34  u16 * n  their lengths
 *	            the parameters, back to back
 *
 * Everything is little endian. The layout of an event is a constant, so lengths and most positions are folded
 * at compile time, and a parameter that does not agree with the catalogue does not compile.
 */
#define RECORD_CPU 6
#define RECORD_EVENT 8
#define RECORD_LENGTHS 34

/* Called where a program and the catalogue disagree; only calls that are never reached compile. */
extern void wrong_parameter(void) __attribute__((error("the catalogue has another parameter here")));

struct record {
	u8 *bytes;
	u32 end;
	u32 index;
	const struct event_layout *layout;
};

/* Unaligned stores are one instruction on both architectures; through packed types clang would split them. */
#define STORE(type, address, value) (*(type *)(address) = (type)(value))

static __always_inline u32 fixed_bytes(const struct event_layout *layout)
{
	u32 sum = RECORD_LENGTHS + 2 * layout->parameters;

#pragma unroll
	for (u32 i = 0; i < EVENT_PARAMETERS_MAX; i++)
		if (i < layout->parameters)
			sum += layout->widths[i];
	return sum;
}

static __noinline int count_drops(u32 code, u32 number)
{
	u64 *count = bpf_map_lookup_elem(&drops, &code);

	if (count)
		*count += number;
	return 0;
}

static __always_inline int count_drop(u32 code)
{
	return count_drops(code, 1);
}

static __always_inline void put_header(struct record *r)
{
	STORE(u64, r->bytes, 0);
	STORE(u16, r->bytes + RECORD_CPU, bpf_get_smp_processor_id());
	STORE(u64, r->bytes + RECORD_EVENT, knob_boot_time_ns + bpf_ktime_get_boot_ns());
	STORE(u64, r->bytes + RECORD_EVENT + 8, (u32)bpf_get_current_pid_tgid());
	STORE(u16, r->bytes + RECORD_EVENT + 20, r->layout->code);
	STORE(u32, r->bytes + RECORD_EVENT + 22, r->layout->parameters);
	r->index = 0;
	r->end = RECORD_LENGTHS + 2 * r->layout->parameters;
}

/* Names another thread than the current one. */
static __always_inline void set_thread(struct record *r, u32 tid)
{
	STORE(u64, r->bytes + RECORD_EVENT + 8, tid);
}

/* Begins a record whose parameters all have a fixed width, in the ring itself. False: no room, counted. */
static __always_inline bool reserve_record(struct record *r, const struct event_layout *layout)
{
	r->layout = layout;
	r->bytes = bpf_ringbuf_reserve(&ring, fixed_bytes(layout), 0);
	if (!r->bytes) {
		count_drop(layout->code);
		return false;
	}
	put_header(r);
	return true;
}

/* Ends what reserve_record began. */
static __always_inline int submit_record(struct record *r)
{
	if (r->index != r->layout->parameters)
		wrong_parameter();
	STORE(u32, r->bytes + RECORD_EVENT + 16, fixed_bytes(r->layout) - RECORD_EVENT);
	bpf_ringbuf_submit(r->bytes, 0);
	return 0;
}

/* The scratch space of this CPU. */
static __always_inline struct scratch *own_scratch(void)
{
	u32 cpu = bpf_get_smp_processor_id();

	return bpf_map_lookup_elem(&scratches, &cpu);
}

/* Begins a record with a parameter of any length, in the scratch space of this CPU. */
static __always_inline struct scratch *begin_record(struct record *r, const struct event_layout *layout)
{
	struct scratch *scratch = own_scratch();

	if (!scratch)
		return NULL;
	r->layout = layout;
	r->bytes = scratch->record;
	put_header(r);
	return scratch;
}

/* Ends what begin_record began: copies the record into the ring. */
static __always_inline int output_record(struct record *r)
{
	if (r->index != r->layout->parameters)
		wrong_parameter();
	if (r->end > RECORD_BYTES_MAX)
		return count_drop(r->layout->code);
	STORE(u32, r->bytes + RECORD_EVENT + 16, r->end - RECORD_EVENT);
	if (bpf_ringbuf_output(&ring, r->bytes, r->end, 0))
		count_drop(r->layout->code);
	return 0;
}

/* Where the next parameter goes; within bounds for PARAMETER_BYTES_MAX more bytes. */
static __always_inline u8 *next_place(const struct record *r)
{
	return r->bytes + (r->end & (RECORD_BYTES_MAX - 1));
}

/* Ends a parameter of `bytes` bytes that was written at next_place. */
static __always_inline void end_parameter(struct record *r, u32 bytes)
{
	STORE(u16, r->bytes + RECORD_LENGTHS + 2 * r->index, bytes);
	r->end += bytes;
	r->index++;
}

#define DEFINE_PUT(name, type)                                              \
	static __always_inline void name(struct record *r, type value)      \
	{                                                                   \
		if (r->layout->widths[r->index] != sizeof(type))            \
			wrong_parameter();                                  \
		STORE(type, next_place(r), value);                          \
		end_parameter(r, sizeof(type));                             \
	}

DEFINE_PUT(put_u8, u8)
DEFINE_PUT(put_u16, u16)
DEFINE_PUT(put_u32, u32)
DEFINE_PUT(put_u64, u64)
DEFINE_PUT(put_s64, s64)

static __always_inline void check_any_length(const struct record *r)
{
	if (r->layout->widths[r->index] != 0)
		wrong_parameter();
}

/*
 * As end_parameter, for a length that is only known at run time. The end goes through memory, of which the verifier
 * assumes nothing: so what led to this length does not multiply with what comes after it.
 */
static __always_inline void end_any_length(struct record *r, u32 bytes)
{
	struct scratch *scratch = (struct scratch *)r->bytes;

	check_any_length(r);
	end_parameter(r, bytes);
	scratch->record_end = r->end;
	barrier();
	r->end = scratch->record_end;
}

/* A parameter without a value. */
static __always_inline void put_absent(struct record *r)
{
	check_any_length(r);
	end_parameter(r, 0);
}

/*
 * Reads text with its NUL from the program's memory. Returns the bytes of both; 0 where it cannot be read. Of an
 * empty text older kernels, Linux 6.12 among them, say 0 too, and need not write its NUL.
 */
static __always_inline u32 read_user_text(u8 *place, u32 most, unsigned long address)
{
	long bytes = bpf_probe_read_user_str(place, most, (void *)address);

	if (bytes == 0) {
		*place = 0;
		return 1;
	}
	return bytes > 0 ? bytes : 0;
}

/* Text with its NUL from the program's memory; absent where it cannot be read. */
static __always_inline void put_user_text(struct record *r, unsigned long address)
{
	end_any_length(r, read_user_text(next_place(r), PARAMETER_BYTES_MAX, address));
}

/* Text with its NUL from the kernel's memory; absent where it cannot be read. */
static __always_inline void put_kernel_text(struct record *r, const void *address)
{
	long bytes = bpf_probe_read_kernel_str(next_place(r), PARAMETER_BYTES_MAX, address);

	end_any_length(r, bytes > 0 ? bytes : 0);
}

/* Bytes from the program's memory, at most `most`; absent where they cannot be read. */
static __always_inline void put_user_bytes(struct record *r, unsigned long address, u64 size, u32 most)
{
	u32 bytes = size < most ? size : most;

	if (bytes >= PARAMETER_BYTES_MAX)
		bytes = PARAMETER_BYTES_MAX - 1;
	if (bpf_probe_read_user(next_place(r), bytes, (void *)address))
		bytes = 0;
	end_any_length(r, bytes);
}
