// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
/* Descriptors: what makes, copies, changes and closes them. */

#include "arguments.h"
#include "file.h"

/* Calls of the form: result, a descriptor, no more. */
static __always_inline int put_descriptor_call(const struct event_layout *layout, struct call call, long ret)
{
	struct record r;

	if (!reserve_record(&r, layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(call, 0));
	return submit_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(close) { return put_descriptor_call(&close_layout, call, ret); }
SYSCALL_EXIT_ALSO_COMPAT(dup) { return put_descriptor_call(&dup_layout, call, ret); }
SYSCALL_EXIT_ALSO_COMPAT(fchdir) { return put_descriptor_call(&fchdir_layout, call, ret); }
SYSCALL_EXIT(fstat) { return put_descriptor_call(&fstat_layout, call, ret); }
SYSCALL_EXIT(getdents) { return put_descriptor_call(&getdents_layout, call, ret); }
SYSCALL_EXIT(getdents64) { return put_descriptor_call(&getdents64_layout, call, ret); }

SYSCALL_EXIT_ALSO_COMPAT(dup2)
{
	struct record r;

	if (!reserve_record(&r, &dup2_layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(call, 0));
	put_s64(&r, int_argument(call, 1));
	return submit_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(dup3)
{
	struct record r;

	if (!reserve_record(&r, &dup3_layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(call, 0));
	put_s64(&r, int_argument(call, 1));
	put_u32(&r, descriptor_flags(argument(call, 2)));
	return submit_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(close_range)
{
	struct record r;

	if (!reserve_record(&r, &close_range_layout))
		return 0;
	put_s64(&r, ret);
	put_u32(&r, argument(call, 0));
	put_u32(&r, argument(call, 1));
	put_u32(&r, argument(call, 2) & 6);
	return submit_record(&r);
}

static __always_inline u8 fcntl_command(u32 command)
{
	switch (command) {
	case 0 ... 5: return command + 1;	   /* F_DUPFD to F_GETLK */
	case 6 ... 7: return command + 2;	   /* F_SETLK, F_SETLKW */
	case 8: return 0xa;			   /* F_SETOWN */
	case 9: return 0xc;			   /* F_GETOWN */
	case 10: return 0xd;			   /* F_SETSIG */
	case 11: return 0xf;			   /* F_GETSIG */
	case 15: return 0x15;			   /* F_SETOWN_EX */
	case 16: return 0x16;			   /* F_GETOWN_EX */
	case 36 ... 38: return command - 36 + 0x1e; /* F_OFD_* */
	case 1024 ... 1025: return command - 1024 + 0x17; /* F_SETLEASE, F_GETLEASE */
	case 1026: return 0x1b;			   /* F_NOTIFY */
	case 1029: return 0x19;			   /* F_CANCELLK */
	case 1030: return 0x1a;			   /* F_DUPFD_CLOEXEC */
	case 1031 ... 1032: return command - 1031 + 0x1c; /* F_SETPIPE_SZ, F_GETPIPE_SZ */
	default: return 0;
	}
}

SYSCALL_EXIT_ALSO_COMPAT(fcntl)
{
	struct record r;

	if (!reserve_record(&r, &fcntl_layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(call, 0));
	put_u8(&r, fcntl_command(argument(call, 1)));
	put_u64(&r, argument(call, 2));
	return submit_record(&r);
}

SYSCALL_EXIT(ioctl)
{
	struct record r;

	if (!reserve_record(&r, &ioctl_layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(call, 0));
	put_u64(&r, argument(call, 1));
	put_u64(&r, argument(call, 2));
	return submit_record(&r);
}

SYSCALL_EXIT(flock)
{
	struct record r;

	if (!reserve_record(&r, &flock_layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(call, 0));
	put_u32(&r, argument(call, 1) & 0xf);
	return submit_record(&r);
}

SYSCALL_EXIT(lseek)
{
	struct record r;

	if (!reserve_record(&r, &lseek_layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(call, 0));
	put_u64(&r, argument(call, 1));
	put_u8(&r, argument(call, 2));
	return submit_record(&r);
}

/* result, both ends, inode number: what the two calls have in common. */
static __always_inline void put_pipe(struct record *r, struct call call, long ret)
{
	s32 fds[2] = { -1, -1 };

	if (ret == 0)
		bpf_probe_read_user(fds, sizeof(fds), (void *)argument(call, 0));
	put_s64(r, ret);
	put_s64(r, fds[0]);
	put_s64(r, fds[1]);
	put_u64(r, inode_number_of(file_of(fds[0])));
}

SYSCALL_EXIT_ALSO_COMPAT(pipe)
{
	struct record r;

	if (!reserve_record(&r, &pipe_layout))
		return 0;
	put_pipe(&r, call, ret);
	return submit_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(pipe2)
{
	struct record r;

	if (!reserve_record(&r, &pipe2_layout))
		return 0;
	put_pipe(&r, call, ret);
	put_u32(&r, descriptor_flags(argument(call, 1)));
	return submit_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(eventfd)
{
	struct record r;

	if (!reserve_record(&r, &eventfd_layout))
		return 0;
	put_s64(&r, ret);
	put_u64(&r, (u32)argument(call, 0));
	put_u32(&r, 0);
	return submit_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(eventfd2)
{
	struct record r;

	if (!reserve_record(&r, &eventfd2_layout))
		return 0;
	put_s64(&r, ret);
	put_u16(&r, descriptor_flags(argument(call, 1)));
	put_u64(&r, (u32)argument(call, 0));
	return submit_record(&r);
}

/* The engine has a place for the mask, but has never filled it. */
SYSCALL_EXIT(signalfd)
{
	struct record r;

	if (!reserve_record(&r, &signalfd_layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(call, 0));
	put_u32(&r, 0);
	put_u8(&r, 0);
	return submit_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(signalfd4)
{
	struct record r;

	if (!reserve_record(&r, &signalfd4_layout))
		return 0;
	put_s64(&r, ret);
	put_u16(&r, descriptor_flags(argument(call, 3)));
	put_s64(&r, int_argument(call, 0));
	put_u32(&r, 0);
	return submit_record(&r);
}

/* The flags do not fit the eight bits that the schema has for them. */
SYSCALL_EXIT_ALSO_COMPAT(timerfd_create)
{
	struct record r;

	if (!reserve_record(&r, &timerfd_create_layout))
		return 0;
	put_s64(&r, ret);
	put_u8(&r, argument(call, 0));
	put_u8(&r, 0);
	return submit_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(inotify_init)
{
	struct record r;

	if (!reserve_record(&r, &inotify_init_layout))
		return 0;
	put_s64(&r, ret);
	put_u8(&r, 0);
	return submit_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(inotify_init1)
{
	struct record r;

	if (!reserve_record(&r, &inotify_init1_layout))
		return 0;
	put_s64(&r, ret);
	put_u16(&r, descriptor_flags(argument(call, 0)));
	return submit_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(epoll_create)
{
	struct record r;

	if (!reserve_record(&r, &epoll_create_layout))
		return 0;
	put_s64(&r, ret);
	put_u32(&r, argument(call, 0));
	return submit_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(epoll_create1)
{
	struct record r;

	if (!reserve_record(&r, &epoll_create1_layout))
		return 0;
	put_s64(&r, ret);
	put_u32(&r, argument(call, 0) & O_CLOEXEC ? 1 : 0);
	return submit_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(memfd_create)
{
	struct record r;

	if (!begin_record(&r, &memfd_create_layout))
		return 0;
	put_s64(&r, ret);
	put_user_text(&r, argument(call, 0));
	put_u32(&r, argument(call, 1) & 7);
	return output_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(userfaultfd)
{
	struct record r;

	if (!reserve_record(&r, &userfaultfd_layout))
		return 0;
	put_s64(&r, ret);
	put_u32(&r, descriptor_flags(argument(call, 0)));
	return submit_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(pidfd_open)
{
	struct record r;

	if (!reserve_record(&r, &pidfd_open_layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(call, 0));
	put_u32(&r, argument(call, 1) & O_NONBLOCK ? 1 : 0);
	return submit_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(pidfd_getfd)
{
	struct record r;

	if (!reserve_record(&r, &pidfd_getfd_layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(call, 0));
	put_s64(&r, int_argument(call, 1));
	put_u32(&r, argument(call, 2));
	return submit_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(bpf)
{
	struct record r;

	if (!reserve_record(&r, &bpf_layout))
		return 0;
	put_s64(&r, ret);
	put_u32(&r, argument(call, 0));
	return submit_record(&r);
}
