/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only */
#pragma once

#include "record.h"

/* Parts of a scattered buffer that are looked at. */
#define PARTS_MAX 32

struct part {
	unsigned long start;
	u64 bytes;
};

/* What sendmsg and recvmsg take. */
struct message {
	unsigned long name;
	u32 name_bytes;
	unsigned long parts;
	u64 part_count;
	unsigned long control;
	u64 control_bytes;
	u32 flags;
};

/*
 * Puts the first bytes of a scattered buffer, at most `most` and what the knob allows. Returns the sum of the
 * lengths of the parts.
 */
static __always_inline u64 put_vector_bytes(struct record *r, unsigned long parts, u64 count, u64 most)
{
	struct scratch *scratch = (struct scratch *)r->bytes;

	scratch->gathered = 0;
	scratch->wanted = most < knob_data_bytes ? most : knob_data_bytes;
	scratch->vector_bytes = 0;
	for (u32 i = 0; i < PARTS_MAX && i < count; i++) {
		struct part part = { 0 };
		u32 gathered = scratch->gathered, bytes = scratch->wanted - gathered;
		u8 *place = r->bytes + ((r->end + gathered) & (RECORD_BYTES_MAX - 1));

		if (bpf_probe_read_user(&part, sizeof(part), (void *)(parts + i * sizeof(part))))
			break;
		scratch->vector_bytes += part.bytes;
		if (part.bytes < bytes)
			bytes = part.bytes;
		if (bytes < PARAMETER_BYTES_MAX && !bpf_probe_read_user(place, bytes, (void *)part.start))
			scratch->gathered = gathered + bytes;
	}
	end_any_length(r, scratch->gathered);
	return scratch->vector_bytes;
}
