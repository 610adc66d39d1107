// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
/* Opening files, and what changes names, modes and owners. */

#include "arguments.h"
#include "file.h"
#include "path.h"

SYSCALL_EXIT_ALSO_COMPAT(open)
{
	struct opened opened = look_at_opened(ret);
	struct record r;

	if (!begin_record(&r, &open_layout))
		return 0;
	put_s64(&r, ret);
	put_user_text(&r, argument(call, 0));
	put_u32(&r, opened_flags(argument(call, 1), &opened));
	put_u32(&r, open_mode(argument(call, 1), argument(call, 2)));
	put_u32(&r, opened.device);
	put_u64(&r, opened.inode_number);
	return output_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(openat)
{
	struct opened opened = look_at_opened(ret);
	struct record r;

	if (!begin_record(&r, &openat_layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(call, 0));
	put_user_text(&r, argument(call, 1));
	put_u32(&r, opened_flags(argument(call, 2), &opened));
	put_u32(&r, open_mode(argument(call, 2), argument(call, 3)));
	put_u32(&r, opened.device);
	put_u64(&r, opened.inode_number);
	return output_record(&r);
}

SYSCALL_EXIT(openat2)
{
	struct opened opened = look_at_opened(ret);
	struct {
		u64 flags, mode, resolve;
	} how = { 0 };
	struct record r;

	if (!begin_record(&r, &openat2_layout))
		return 0;
	bpf_probe_read_user(&how, sizeof(how), (void *)argument(call, 2));
	put_s64(&r, ret);
	put_s64(&r, int_argument(call, 0));
	put_user_text(&r, argument(call, 1));
	put_u32(&r, opened_flags(how.flags, &opened));
	put_u32(&r, open_mode(how.flags, how.mode));
	put_u32(&r, resolve_flags(how.resolve));
	put_u32(&r, opened.device);
	put_u64(&r, opened.inode_number);
	return output_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(open_by_handle_at)
{
	struct opened opened = look_at_opened(ret);
	struct scratch *scratch;
	struct record r;

	scratch = begin_record(&r, &open_by_handle_at_layout);
	if (!scratch)
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(call, 0));
	put_u32(&r, opened_flags(argument(call, 2), &opened));
	/* The caller named no path: that of the file is the only one there is. */
	put_file_path(&r, scratch, file_of(ret));
	put_u32(&r, opened.device);
	put_u64(&r, opened.inode_number);
	return output_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(creat)
{
	struct opened opened = look_at_opened(ret);
	struct record r;

	if (!begin_record(&r, &creat_layout))
		return 0;
	put_s64(&r, ret);
	put_user_text(&r, argument(call, 0));
	put_u32(&r, argument(call, 1) & 07777);
	put_u32(&r, opened.device);
	put_u64(&r, opened.inode_number);
	put_u16(&r, opened.layer);
	return output_record(&r);
}

/* Calls of the form: result, a path, no more. */
static __always_inline int put_path_call(const struct event_layout *layout, struct call call, long ret)
{
	struct record r;

	if (!begin_record(&r, layout))
		return 0;
	put_s64(&r, ret);
	put_user_text(&r, argument(call, 0));
	return output_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(chdir) { return put_path_call(&chdir_layout, call, ret); }
SYSCALL_EXIT_ALSO_COMPAT(chroot) { return put_path_call(&chroot_layout, call, ret); }
SYSCALL_EXIT_ALSO_COMPAT(rmdir) { return put_path_call(&rmdir_layout, call, ret); }
SYSCALL_EXIT_ALSO_COMPAT(unlink) { return put_path_call(&unlink_layout, call, ret); }
SYSCALL_EXIT(stat) { return put_path_call(&stat_layout, call, ret); }
SYSCALL_EXIT(lstat) { return put_path_call(&lstat_layout, call, ret); }

SYSCALL_EXIT_ALSO_COMPAT(getcwd)
{
	struct record r;

	if (!begin_record(&r, &getcwd_layout))
		return 0;
	put_s64(&r, ret);
	if (ret >= 0)
		put_user_text(&r, argument(call, 0));
	else
		put_absent(&r);
	return output_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(mkdir)
{
	struct record r;

	if (!begin_record(&r, &mkdir_layout))
		return 0;
	put_s64(&r, ret);
	put_user_text(&r, argument(call, 0));
	put_u32(&r, argument(call, 1));
	return output_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(mkdirat)
{
	struct record r;

	if (!begin_record(&r, &mkdirat_layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(call, 0));
	put_user_text(&r, argument(call, 1));
	put_u32(&r, argument(call, 2));
	return output_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(unlinkat)
{
	struct record r;

	if (!begin_record(&r, &unlinkat_layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(call, 0));
	put_user_text(&r, argument(call, 1));
	put_u32(&r, argument(call, 2) & 0x200);
	return output_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(mknod)
{
	struct record r;

	if (!begin_record(&r, &mknod_layout))
		return 0;
	put_s64(&r, ret);
	put_user_text(&r, argument(call, 0));
	put_u32(&r, argument(call, 1));
	put_u32(&r, argument(call, 2));
	return output_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(mknodat)
{
	struct record r;

	if (!begin_record(&r, &mknodat_layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(call, 0));
	put_user_text(&r, argument(call, 1));
	put_u32(&r, argument(call, 2));
	put_u32(&r, argument(call, 3));
	return output_record(&r);
}

/* Calls of the form: result, old path, new path. */
static __always_inline int put_two_paths_call(const struct event_layout *layout, struct call call, long ret)
{
	struct record r;

	if (!begin_record(&r, layout))
		return 0;
	put_s64(&r, ret);
	put_user_text(&r, argument(call, 0));
	put_user_text(&r, argument(call, 1));
	return output_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(rename) { return put_two_paths_call(&rename_layout, call, ret); }
SYSCALL_EXIT_ALSO_COMPAT(link) { return put_two_paths_call(&link_layout, call, ret); }
SYSCALL_EXIT_ALSO_COMPAT(symlink) { return put_two_paths_call(&symlink_layout, call, ret); }

SYSCALL_EXIT_ALSO_COMPAT(renameat)
{
	struct record r;

	if (!begin_record(&r, &renameat_layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(call, 0));
	put_user_text(&r, argument(call, 1));
	put_s64(&r, int_argument(call, 2));
	put_user_text(&r, argument(call, 3));
	return output_record(&r);
}

/* renameat2 and linkat: as renameat, then flags that the engine numbers as the kernel does. */
static __always_inline int put_two_places_call(const struct event_layout *layout, struct call call, long ret,
					       u32 known_flags)
{
	struct record r;

	if (!begin_record(&r, layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(call, 0));
	put_user_text(&r, argument(call, 1));
	put_s64(&r, int_argument(call, 2));
	put_user_text(&r, argument(call, 3));
	put_u32(&r, argument(call, 4) & known_flags);
	return output_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(renameat2) { return put_two_places_call(&renameat2_layout, call, ret, 0x7); }
SYSCALL_EXIT_ALSO_COMPAT(linkat) { return put_two_places_call(&linkat_layout, call, ret, 0x1400); }

SYSCALL_EXIT_ALSO_COMPAT(symlinkat)
{
	struct record r;

	if (!begin_record(&r, &symlinkat_layout))
		return 0;
	put_s64(&r, ret);
	put_user_text(&r, argument(call, 0));
	put_s64(&r, int_argument(call, 1));
	put_user_text(&r, argument(call, 2));
	return output_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(chmod)
{
	struct record r;

	if (!begin_record(&r, &chmod_layout))
		return 0;
	put_s64(&r, ret);
	put_user_text(&r, argument(call, 0));
	put_u32(&r, argument(call, 1) & 07777);
	return output_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(fchmod)
{
	struct record r;

	if (!reserve_record(&r, &fchmod_layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(call, 0));
	put_u32(&r, argument(call, 1) & 07777);
	return submit_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(fchmodat)
{
	struct record r;

	if (!begin_record(&r, &fchmodat_layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(call, 0));
	put_user_text(&r, argument(call, 1));
	put_u32(&r, argument(call, 2) & 07777);
	return output_record(&r);
}

static __always_inline int put_chown_call(const struct event_layout *layout, struct call call, long ret)
{
	struct record r;

	if (!begin_record(&r, layout))
		return 0;
	put_s64(&r, ret);
	put_user_text(&r, argument(call, 0));
	put_u32(&r, argument(call, 1));
	put_u32(&r, argument(call, 2));
	return output_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(chown) { return put_chown_call(&chown_layout, call, ret); }
SYSCALL_EXIT_ALSO_COMPAT(lchown) { return put_chown_call(&lchown_layout, call, ret); }

SYSCALL_EXIT_ALSO_COMPAT(fchown)
{
	struct record r;

	if (!reserve_record(&r, &fchown_layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(call, 0));
	put_u32(&r, argument(call, 1));
	put_u32(&r, argument(call, 2));
	return submit_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(fchownat)
{
	u32 flags = argument(call, 4);
	struct record r;

	if (!begin_record(&r, &fchownat_layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(call, 0));
	put_user_text(&r, argument(call, 1));
	put_u32(&r, argument(call, 2));
	put_u32(&r, argument(call, 3));
	/* The engine has AT_SYMLINK_NOFOLLOW, 0x100, at 0x400. */
	put_u32(&r, (flags & 0x1000) | (flags & 0x100) << 2);
	return output_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(access)
{
	struct record r;

	if (!begin_record(&r, &access_layout))
		return 0;
	put_s64(&r, ret);
	put_user_text(&r, argument(call, 0));
	put_u32(&r, argument(call, 1) & 7);
	return output_record(&r);
}

SYSCALL_EXIT(newfstatat)
{
	struct record r;

	if (!begin_record(&r, &newfstatat_layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(call, 0));
	put_user_text(&r, argument(call, 1));
	put_u32(&r, argument(call, 3) & 0x1900);
	return output_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(mount)
{
	struct record r;

	if (!begin_record(&r, &mount_layout))
		return 0;
	put_s64(&r, ret);
	put_user_text(&r, argument(call, 0));
	put_user_text(&r, argument(call, 1));
	put_user_text(&r, argument(call, 2));
	put_u32(&r, mount_flags(argument(call, 3)));
	return output_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(umount2)
{
	struct record r;

	if (!begin_record(&r, &umount2_layout))
		return 0;
	put_s64(&r, ret);
	put_user_text(&r, argument(call, 0));
	put_u32(&r, argument(call, 1) & 0xf);
	return output_record(&r);
}
