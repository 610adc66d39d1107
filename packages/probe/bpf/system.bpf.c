// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
/* The machine as a whole: modules, keys, quotas, file systems; and every call without an event of its own. */

#include "arguments.h"
#include "record.h"

SYSCALL_EXIT(syscall)
{
	u32 number = syscall_number(call.registers);
	u16 *code = bpf_map_lookup_elem(&syscall_codes, &number);
	struct record r;

	if (!code || !reserve_record(&r, &syscall_layout))
		return 0;
	put_u16(&r, *code);
	put_u16(&r, number);
	return submit_record(&r);
}

SYSCALL_EXIT(seccomp)
{
	struct record r;

	if (!reserve_record(&r, &seccomp_layout))
		return 0;
	put_s64(&r, ret);
	put_u64(&r, argument(call, 0));
	put_u64(&r, argument(call, 1));
	return submit_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(init_module)
{
	u64 size = argument(call, 1);
	struct record r;

	if (!begin_record(&r, &init_module_layout))
		return 0;
	put_s64(&r, ret);
	put_user_bytes(&r, argument(call, 0), size, knob_data_bytes);
	put_u64(&r, size);
	put_user_text(&r, argument(call, 2));
	return output_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(finit_module)
{
	struct record r;

	if (!begin_record(&r, &finit_module_layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(call, 0));
	put_user_text(&r, argument(call, 1));
	put_u32(&r, argument(call, 2) & 7);
	return output_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(delete_module)
{
	u32 flags = argument(call, 1);
	struct record r;

	if (!begin_record(&r, &delete_module_layout))
		return 0;
	put_s64(&r, ret);
	put_user_text(&r, argument(call, 0));
	put_u32(&r, (flags & 01000 ? 1 : 0) | (flags & 04000 ? 2 : 0));
	return output_record(&r);
}

/* Operations of keyctl with arguments that are texts. */
#define KEYCTL_JOIN_SESSION_KEYRING 1
#define KEYCTL_SEARCH 10

/* A value in one of the engine's two forms: 0 a number, 1 a text. */
static __always_inline void put_key_argument(struct record *r, unsigned long value, bool is_text)
{
	u8 *place = next_place(r);
	u32 bytes;

	place[0] = is_text;
	if (!is_text) {
		STORE(s64, place + 1, value);
		return end_any_length(r, 9);
	}
	bytes = read_user_text(place + 1, PARAMETER_BYTES_MAX - 1, value);
	end_any_length(r, bytes ? 1 + bytes : 0);
}

SYSCALL_EXIT(keyctl)
{
	u32 operation = argument(call, 0);
	struct record r;

	if (!begin_record(&r, &keyctl_layout))
		return 0;
	put_s64(&r, ret);
	put_u32(&r, operation);
	put_key_argument(&r, argument(call, 1), operation == KEYCTL_JOIN_SESSION_KEYRING && argument(call, 1));
	put_key_argument(&r, argument(call, 2), operation == KEYCTL_SEARCH);
	put_key_argument(&r, argument(call, 3), operation == KEYCTL_SEARCH);
	put_key_argument(&r, argument(call, 4), false);
	return output_record(&r);
}

#define FSCONFIG_SET_STRING 1
#define FSCONFIG_SET_BINARY 2
#define FSCONFIG_SET_PATH 3
#define FSCONFIG_SET_PATH_EMPTY 4

SYSCALL_EXIT(fsconfig)
{
	u32 command = argument(call, 1);
	bool is_text = command == FSCONFIG_SET_STRING || command == FSCONFIG_SET_PATH ||
		       command == FSCONFIG_SET_PATH_EMPTY;
	struct record r;

	if (!begin_record(&r, &fsconfig_layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(call, 0));
	put_u32(&r, command);
	put_user_text(&r, argument(call, 2));
	/* An absent parameter is one without bytes: so the other form of the value reads nothing. */
	put_user_bytes(&r, argument(call, 3), command == FSCONFIG_SET_BINARY ? argument(call, 4) : 0, knob_data_bytes);
	put_user_text(&r, is_text ? argument(call, 3) : 0);
	put_u32(&r, argument(call, 4));
	return output_record(&r);
}

static __always_inline u16 quota_command(u32 command)
{
	switch (command) {
	case 0x800001: return 0x80;   /* Q_SYNC */
	case 0x800002: return 0x1;    /* Q_QUOTAON */
	case 0x800003: return 0x2;    /* Q_QUOTAOFF */
	case 0x800004: return 0x4;    /* Q_GETFMT */
	case 0x800005: return 0x8;    /* Q_GETINFO */
	case 0x800006: return 0x10;   /* Q_SETINFO */
	case 0x800007: return 0x20;   /* Q_GETQUOTA */
	case 0x800008: return 0x40;   /* Q_SETQUOTA */
	case 0x5801: return 0x100;    /* Q_XQUOTAON */
	case 0x5802: return 0x200;    /* Q_XQUOTAOFF */
	case 0x5803: return 0x400;    /* Q_XGETQUOTA */
	case 0x5804: return 0x800;    /* Q_XSETQLIM */
	case 0x5805: return 0x1000;   /* Q_XGETQSTAT */
	case 0x5806: return 0x2000;   /* Q_XQUOTARM */
	case 0x5807: return 0x4000;   /* Q_XQUOTASYNC */
	default: return 0;
	}
}

#define ENGINE_Q_QUOTAON 0x1
#define ENGINE_Q_GETFMT 0x4
#define ENGINE_Q_INFO 0x18
#define ENGINE_Q_QUOTA 0x60

static __always_inline u8 quota_format(u32 format)
{
	switch (format) {
	case 1: return 0x2;
	case 2: return 0x4;
	case 4: return 0x8;
	default: return 0x1;
	}
}

/* What quotactl reads or writes for one user. */
struct quota {
	u64 hard_blocks, soft_blocks, space, hard_inodes, soft_inodes, inodes, block_time, inode_time;
	u32 valid;
};

struct quota_info {
	u64 block_grace, inode_grace;
	u32 flags, valid;
};

SYSCALL_EXIT(quotactl)
{
	u32 command = argument(call, 0), id = argument(call, 2);
	u16 what = quota_command(command >> 8);
	struct quota quota = { 0 };
	struct quota_info info = { 0 };
	u32 format = 0;
	struct record r;

	if (!begin_record(&r, &quotactl_layout))
		return 0;
	if (what & ENGINE_Q_QUOTA)
		bpf_probe_read_user(&quota, sizeof(quota), (void *)argument(call, 3));
	if (what & ENGINE_Q_INFO)
		bpf_probe_read_user(&info, sizeof(info), (void *)argument(call, 3));
	if (what == ENGINE_Q_GETFMT)
		bpf_probe_read_user(&format, sizeof(format), (void *)argument(call, 3));
	put_s64(&r, ret);
	put_user_text(&r, argument(call, 1));
	put_user_text(&r, what == ENGINE_Q_QUOTAON ? argument(call, 3) : 0);
	put_u64(&r, quota.hard_blocks);
	put_u64(&r, quota.soft_blocks);
	put_u64(&r, quota.space);
	put_u64(&r, quota.hard_inodes);
	put_u64(&r, quota.soft_inodes);
	put_u64(&r, quota.block_time);
	put_u64(&r, quota.inode_time);
	put_u64(&r, info.block_grace);
	put_u64(&r, info.inode_grace);
	put_u8(&r, info.flags & 1 ? 0x2 : 0x1);
	put_u8(&r, quota_format(format));
	put_u16(&r, what);
	put_u8(&r, (command & 0xff) == 0 ? 1 : (command & 0xff) == 1 ? 2 : 0);
	put_u32(&r, id);
	put_u8(&r, quota_format(what == ENGINE_Q_QUOTAON ? id : 0));
	return output_record(&r);
}
