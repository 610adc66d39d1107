// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
/* Opening files, and what changes names, modes and owners. */

#include "arguments.h"
#include "file.h"
#include "path.h"

SYSCALL_EXIT(open)
{
	struct opened opened = look_at_opened(ret);
	struct record r;

	if (!begin_record(&r, &open_layout))
		return 0;
	put_s64(&r, ret);
	put_user_text(&r, argument(regs, 0));
	put_u32(&r, opened_flags(argument(regs, 1), &opened));
	put_u32(&r, open_mode(argument(regs, 1), argument(regs, 2)));
	put_u32(&r, opened.device);
	put_u64(&r, opened.inode_number);
	return output_record(&r);
}

SYSCALL_EXIT(openat)
{
	struct opened opened = look_at_opened(ret);
	struct record r;

	if (!begin_record(&r, &openat_layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(regs, 0));
	put_user_text(&r, argument(regs, 1));
	put_u32(&r, opened_flags(argument(regs, 2), &opened));
	put_u32(&r, open_mode(argument(regs, 2), argument(regs, 3)));
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
	bpf_probe_read_user(&how, sizeof(how), (void *)argument(regs, 2));
	put_s64(&r, ret);
	put_s64(&r, int_argument(regs, 0));
	put_user_text(&r, argument(regs, 1));
	put_u32(&r, opened_flags(how.flags, &opened));
	put_u32(&r, open_mode(how.flags, how.mode));
	put_u32(&r, resolve_flags(how.resolve));
	put_u32(&r, opened.device);
	put_u64(&r, opened.inode_number);
	return output_record(&r);
}

SYSCALL_EXIT(open_by_handle_at)
{
	struct opened opened = look_at_opened(ret);
	struct scratch *scratch;
	struct record r;

	scratch = begin_record(&r, &open_by_handle_at_layout);
	if (!scratch)
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(regs, 0));
	put_u32(&r, opened_flags(argument(regs, 2), &opened));
	/* The caller named no path: that of the file is the only one there is. */
	put_file_path(&r, scratch, file_of(ret));
	put_u32(&r, opened.device);
	put_u64(&r, opened.inode_number);
	return output_record(&r);
}

SYSCALL_EXIT(creat)
{
	struct opened opened = look_at_opened(ret);
	struct record r;

	if (!begin_record(&r, &creat_layout))
		return 0;
	put_s64(&r, ret);
	put_user_text(&r, argument(regs, 0));
	put_u32(&r, argument(regs, 1) & 07777);
	put_u32(&r, opened.device);
	put_u64(&r, opened.inode_number);
	put_u16(&r, opened.layer);
	return output_record(&r);
}

/* Calls of the form: result, a path, no more. */
static __always_inline int put_path_call(const struct event_layout *layout, struct pt_regs *regs, long ret)
{
	struct record r;

	if (!begin_record(&r, layout))
		return 0;
	put_s64(&r, ret);
	put_user_text(&r, argument(regs, 0));
	return output_record(&r);
}

SYSCALL_EXIT(chdir) { return put_path_call(&chdir_layout, regs, ret); }
SYSCALL_EXIT(chroot) { return put_path_call(&chroot_layout, regs, ret); }
SYSCALL_EXIT(rmdir) { return put_path_call(&rmdir_layout, regs, ret); }
SYSCALL_EXIT(unlink) { return put_path_call(&unlink_layout, regs, ret); }
SYSCALL_EXIT(stat) { return put_path_call(&stat_layout, regs, ret); }
SYSCALL_EXIT(lstat) { return put_path_call(&lstat_layout, regs, ret); }

SYSCALL_EXIT(getcwd)
{
	struct record r;

	if (!begin_record(&r, &getcwd_layout))
		return 0;
	put_s64(&r, ret);
	if (ret >= 0)
		put_user_text(&r, argument(regs, 0));
	else
		put_absent(&r);
	return output_record(&r);
}

SYSCALL_EXIT(mkdir)
{
	struct record r;

	if (!begin_record(&r, &mkdir_layout))
		return 0;
	put_s64(&r, ret);
	put_user_text(&r, argument(regs, 0));
	put_u32(&r, argument(regs, 1));
	return output_record(&r);
}

SYSCALL_EXIT(mkdirat)
{
	struct record r;

	if (!begin_record(&r, &mkdirat_layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(regs, 0));
	put_user_text(&r, argument(regs, 1));
	put_u32(&r, argument(regs, 2));
	return output_record(&r);
}

SYSCALL_EXIT(unlinkat)
{
	struct record r;

	if (!begin_record(&r, &unlinkat_layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(regs, 0));
	put_user_text(&r, argument(regs, 1));
	put_u32(&r, argument(regs, 2) & 0x200);
	return output_record(&r);
}

SYSCALL_EXIT(mknod)
{
	struct record r;

	if (!begin_record(&r, &mknod_layout))
		return 0;
	put_s64(&r, ret);
	put_user_text(&r, argument(regs, 0));
	put_u32(&r, argument(regs, 1));
	put_u32(&r, argument(regs, 2));
	return output_record(&r);
}

SYSCALL_EXIT(mknodat)
{
	struct record r;

	if (!begin_record(&r, &mknodat_layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(regs, 0));
	put_user_text(&r, argument(regs, 1));
	put_u32(&r, argument(regs, 2));
	put_u32(&r, argument(regs, 3));
	return output_record(&r);
}

/* Calls of the form: result, old path, new path. */
static __always_inline int put_two_paths_call(const struct event_layout *layout, struct pt_regs *regs, long ret)
{
	struct record r;

	if (!begin_record(&r, layout))
		return 0;
	put_s64(&r, ret);
	put_user_text(&r, argument(regs, 0));
	put_user_text(&r, argument(regs, 1));
	return output_record(&r);
}

SYSCALL_EXIT(rename) { return put_two_paths_call(&rename_layout, regs, ret); }
SYSCALL_EXIT(link) { return put_two_paths_call(&link_layout, regs, ret); }
SYSCALL_EXIT(symlink) { return put_two_paths_call(&symlink_layout, regs, ret); }

SYSCALL_EXIT(renameat)
{
	struct record r;

	if (!begin_record(&r, &renameat_layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(regs, 0));
	put_user_text(&r, argument(regs, 1));
	put_s64(&r, int_argument(regs, 2));
	put_user_text(&r, argument(regs, 3));
	return output_record(&r);
}

/* renameat2 and linkat: as renameat, then flags that the engine numbers as the kernel does. */
static __always_inline int put_two_places_call(const struct event_layout *layout, struct pt_regs *regs, long ret,
					       u32 known_flags)
{
	struct record r;

	if (!begin_record(&r, layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(regs, 0));
	put_user_text(&r, argument(regs, 1));
	put_s64(&r, int_argument(regs, 2));
	put_user_text(&r, argument(regs, 3));
	put_u32(&r, argument(regs, 4) & known_flags);
	return output_record(&r);
}

SYSCALL_EXIT(renameat2) { return put_two_places_call(&renameat2_layout, regs, ret, 0x7); }
SYSCALL_EXIT(linkat) { return put_two_places_call(&linkat_layout, regs, ret, 0x1400); }

SYSCALL_EXIT(symlinkat)
{
	struct record r;

	if (!begin_record(&r, &symlinkat_layout))
		return 0;
	put_s64(&r, ret);
	put_user_text(&r, argument(regs, 0));
	put_s64(&r, int_argument(regs, 1));
	put_user_text(&r, argument(regs, 2));
	return output_record(&r);
}

SYSCALL_EXIT(chmod)
{
	struct record r;

	if (!begin_record(&r, &chmod_layout))
		return 0;
	put_s64(&r, ret);
	put_user_text(&r, argument(regs, 0));
	put_u32(&r, argument(regs, 1) & 07777);
	return output_record(&r);
}

SYSCALL_EXIT(fchmod)
{
	struct record r;

	if (!reserve_record(&r, &fchmod_layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(regs, 0));
	put_u32(&r, argument(regs, 1) & 07777);
	return submit_record(&r);
}

SYSCALL_EXIT(fchmodat)
{
	struct record r;

	if (!begin_record(&r, &fchmodat_layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(regs, 0));
	put_user_text(&r, argument(regs, 1));
	put_u32(&r, argument(regs, 2) & 07777);
	return output_record(&r);
}

static __always_inline int put_chown_call(const struct event_layout *layout, struct pt_regs *regs, long ret)
{
	struct record r;

	if (!begin_record(&r, layout))
		return 0;
	put_s64(&r, ret);
	put_user_text(&r, argument(regs, 0));
	put_u32(&r, argument(regs, 1));
	put_u32(&r, argument(regs, 2));
	return output_record(&r);
}

SYSCALL_EXIT(chown) { return put_chown_call(&chown_layout, regs, ret); }
SYSCALL_EXIT(lchown) { return put_chown_call(&lchown_layout, regs, ret); }

SYSCALL_EXIT(fchown)
{
	struct record r;

	if (!reserve_record(&r, &fchown_layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(regs, 0));
	put_u32(&r, argument(regs, 1));
	put_u32(&r, argument(regs, 2));
	return submit_record(&r);
}

SYSCALL_EXIT(fchownat)
{
	u32 flags = argument(regs, 4);
	struct record r;

	if (!begin_record(&r, &fchownat_layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(regs, 0));
	put_user_text(&r, argument(regs, 1));
	put_u32(&r, argument(regs, 2));
	put_u32(&r, argument(regs, 3));
	/* The engine has AT_SYMLINK_NOFOLLOW, 0x100, at 0x400. */
	put_u32(&r, (flags & 0x1000) | (flags & 0x100) << 2);
	return output_record(&r);
}

SYSCALL_EXIT(access)
{
	struct record r;

	if (!begin_record(&r, &access_layout))
		return 0;
	put_s64(&r, ret);
	put_user_text(&r, argument(regs, 0));
	put_u32(&r, argument(regs, 1) & 7);
	return output_record(&r);
}

SYSCALL_EXIT(newfstatat)
{
	struct record r;

	if (!begin_record(&r, &newfstatat_layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(regs, 0));
	put_user_text(&r, argument(regs, 1));
	put_u32(&r, argument(regs, 3) & 0x1900);
	return output_record(&r);
}

SYSCALL_EXIT(mount)
{
	struct record r;

	if (!begin_record(&r, &mount_layout))
		return 0;
	put_s64(&r, ret);
	put_user_text(&r, argument(regs, 0));
	put_user_text(&r, argument(regs, 1));
	put_user_text(&r, argument(regs, 2));
	put_u32(&r, mount_flags(argument(regs, 3)));
	return output_record(&r);
}

SYSCALL_EXIT(umount2)
{
	struct record r;

	if (!begin_record(&r, &umount2_layout))
		return 0;
	put_s64(&r, ret);
	put_user_text(&r, argument(regs, 0));
	put_u32(&r, argument(regs, 1) & 0xf);
	return output_record(&r);
}
