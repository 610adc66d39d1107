// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
/* Who a process is: users, groups, capabilities, sessions, namespaces, limits. */

#include "arguments.h"
#include "flags.h"
#include "task.h"

#define PR_GET_NAME 16
#define PR_SET_NAME 15
#define PR_GET_CHILD_SUBREAPER 37
#define RESOURCES 16
#define RESOURCE_UNKNOWN 0xff

/* Calls that only ask: the answer is a user or group. */
static __always_inline int put_answer(const struct event_layout *layout, long ret)
{
	struct record r;

	if (!reserve_record(&r, layout))
		return 0;
	put_u32(&r, ret);
	return submit_record(&r);
}

SYSCALL_EXIT(getuid) { return put_answer(&getuid_layout, ret); }
SYSCALL_EXIT(geteuid) { return put_answer(&geteuid_layout, ret); }
SYSCALL_EXIT(getgid) { return put_answer(&getgid_layout, ret); }
SYSCALL_EXIT(getegid) { return put_answer(&getegid_layout, ret); }

static __always_inline int put_one_id(const struct event_layout *layout, struct call call, long ret)
{
	struct record r;

	if (!reserve_record(&r, layout))
		return 0;
	put_s64(&r, ret);
	put_u32(&r, argument(call, 0));
	return submit_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(setuid) { return put_one_id(&setuid_layout, call, ret); }
SYSCALL_EXIT_ALSO_COMPAT(setgid) { return put_one_id(&setgid_layout, call, ret); }

static __always_inline int put_two_ids(const struct event_layout *layout, struct call call, long ret)
{
	struct record r;

	if (!reserve_record(&r, layout))
		return 0;
	put_s64(&r, ret);
	put_u32(&r, argument(call, 0));
	put_u32(&r, argument(call, 1));
	return submit_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(setreuid) { return put_two_ids(&setreuid_layout, call, ret); }
SYSCALL_EXIT_ALSO_COMPAT(setregid) { return put_two_ids(&setregid_layout, call, ret); }

static __always_inline int put_three_ids(const struct event_layout *layout, struct call call, long ret)
{
	struct record r;

	if (!reserve_record(&r, layout))
		return 0;
	put_s64(&r, ret);
	put_u32(&r, argument(call, 0));
	put_u32(&r, argument(call, 1));
	put_u32(&r, argument(call, 2));
	return submit_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(setresuid) { return put_three_ids(&setresuid_layout, call, ret); }
SYSCALL_EXIT_ALSO_COMPAT(setresgid) { return put_three_ids(&setresgid_layout, call, ret); }

static __always_inline u32 read_id(unsigned long address)
{
	u32 id = 0;

	bpf_probe_read_user(&id, sizeof(id), (void *)address);
	return id;
}

static __always_inline int put_three_answers(const struct event_layout *layout, struct call call, long ret)
{
	struct record r;

	if (!reserve_record(&r, layout))
		return 0;
	put_s64(&r, ret);
	put_u32(&r, read_id(argument(call, 0)));
	put_u32(&r, read_id(argument(call, 1)));
	put_u32(&r, read_id(argument(call, 2)));
	return submit_record(&r);
}

SYSCALL_EXIT(getresuid) { return put_three_answers(&getresuid_layout, call, ret); }
SYSCALL_EXIT(getresgid) { return put_three_answers(&getresgid_layout, call, ret); }

SYSCALL_EXIT_ALSO_COMPAT(setsid)
{
	struct record r;

	if (!reserve_record(&r, &setsid_layout))
		return 0;
	put_s64(&r, ret);
	return submit_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(setpgid)
{
	struct record r;

	if (!reserve_record(&r, &setpgid_layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(call, 0));
	put_s64(&r, int_argument(call, 1));
	return submit_record(&r);
}

/* What the process has after the call, whether it asked for that or not. */
SYSCALL_EXIT_ALSO_COMPAT(capset)
{
	const struct cred *cred = BPF_CORE_READ(current_task(), cred);
	struct record r;

	if (!reserve_record(&r, &capset_layout))
		return 0;
	put_s64(&r, ret);
	put_u64(&r, capabilities(&cred->cap_inheritable));
	put_u64(&r, capabilities(&cred->cap_permitted));
	put_u64(&r, capabilities(&cred->cap_effective));
	return submit_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(prctl)
{
	u32 option = argument(call, 0);
	s64 number = argument(call, 1);
	struct record r;

	if (!begin_record(&r, &prctl_layout))
		return 0;
	put_s64(&r, ret);
	put_u32(&r, option);
	if (option == PR_GET_NAME || option == PR_SET_NAME) {
		put_user_text(&r, argument(call, 1));
		number = 0;
	} else {
		put_absent(&r);
	}
	if (option == PR_GET_CHILD_SUBREAPER)
		number = (s32)read_id(argument(call, 1));
	put_s64(&r, number);
	return output_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(unshare)
{
	struct record r;

	if (!reserve_record(&r, &unshare_layout))
		return 0;
	put_s64(&r, ret);
	put_u32(&r, clone_flags(argument(call, 0)));
	return submit_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(setns)
{
	struct record r;

	if (!reserve_record(&r, &setns_layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(call, 0));
	put_u32(&r, clone_flags(argument(call, 1)));
	return submit_record(&r);
}

static __always_inline u8 resource_of(u32 resource)
{
	return resource < RESOURCES ? resource : RESOURCE_UNKNOWN;
}

struct limit {
	s64 current, most;
};

/* The limit at an address in the program's memory; `otherwise` where there is none. */
static __always_inline struct limit read_limit(unsigned long address, s64 otherwise)
{
	struct limit limit = { otherwise, otherwise };

	if (address && bpf_probe_read_user(&limit, sizeof(limit), (void *)address))
		limit.current = limit.most = otherwise;
	return limit;
}

static __always_inline int put_limit(const struct event_layout *layout, struct call call, long ret, struct limit limit)
{
	struct record r;

	if (!reserve_record(&r, layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, limit.current);
	put_s64(&r, limit.most);
	put_u8(&r, resource_of(argument(call, 0)));
	return submit_record(&r);
}

SYSCALL_EXIT(setrlimit) { return put_limit(&setrlimit_layout, call, ret, read_limit(argument(call, 1), -1)); }

SYSCALL_EXIT(getrlimit)
{
	struct limit none = { -1, -1 };

	return put_limit(&getrlimit_layout, call, ret, ret == 0 ? read_limit(argument(call, 1), -1) : none);
}

/* An old limit that was not given stands as -1 when the call failed, and as 0 when nobody asked for it. */
SYSCALL_EXIT(prlimit)
{
	struct limit asked = read_limit(argument(call, 2), 0), former = { -1, -1 };
	struct record r;

	if (ret == 0)
		former = read_limit(argument(call, 3), 0);
	if (!reserve_record(&r, &prlimit_layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, asked.current);
	put_s64(&r, asked.most);
	put_s64(&r, former.current);
	put_s64(&r, former.most);
	put_s64(&r, int_argument(call, 0));
	put_u8(&r, resource_of(argument(call, 1)));
	return submit_record(&r);
}
