/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only */
#pragma once

#include "record.h"

/* Deepest path that is written whole; of a deeper one the first components are missing. */
#define PATH_COMPONENTS_MAX 96
#define NAME_BYTES_MAX 255

#define PATH_END (PARAMETER_BYTES_MAX - 1)
#define PATH_MASK (PARAMETER_BYTES_MAX - 1)

/*
 * The start of the path lives in memory, of which the verifier assumes nothing: so every turn of a loop that
 * moves it looks the same to it, and it need not follow each of them.
 */
static __always_inline void begin_path(struct scratch *scratch)
{
	scratch->path[PATH_END] = 0;
	scratch->path_start = PATH_END;
}

/* There is room for one more name and its slash. */
static __always_inline bool has_room(const struct scratch *scratch)
{
	return scratch->path_start > NAME_BYTES_MAX + 1;
}

/* Writes a slash and a name, of which the first NAME_BYTES_MAX bytes, in front of the path. */
static __always_inline void prepend_name(struct scratch *scratch, const void *name, u32 length)
{
	u32 start = scratch->path_start;

	length &= NAME_BYTES_MAX;
	start -= length;
	bpf_probe_read_kernel(scratch->path + (start & PATH_MASK), length, name);
	start--;
	scratch->path[start & PATH_MASK] = '/';
	scratch->path_start = start;
}

/* The path that was built; the root when no name was. */
static __always_inline u8 *finish_path(struct scratch *scratch)
{
	if (scratch->path_start == PATH_END)
		scratch->path[--scratch->path_start & PATH_MASK] = '/';
	return scratch->path + (scratch->path_start & PATH_MASK);
}

static __always_inline struct mount *mount_of(const struct vfsmount *vfsmount)
{
	return (struct mount *)((char *)vfsmount - bpf_core_field_offset(struct mount, mnt));
}

/* Goes one step up: by a name, or from the root of a mount to where it is mounted. False: there is no way up. */
static __always_inline bool prepend_component(struct scratch *scratch)
{
	struct dentry *dentry = scratch->dentry, *parent;
	struct mount *mount = scratch->mount, *above;

	if (dentry == LOAD(struct mount, mount, mnt.mnt_root)) {
		above = LOAD(struct mount, mount, mnt_parent);
		scratch->dentry = LOAD(struct mount, mount, mnt_mountpoint);
		scratch->mount = above;
		return above != mount;
	}
	parent = LOAD(struct dentry, dentry, d_parent);
	prepend_name(scratch, LOAD(struct dentry, dentry, d_name.name), LOAD(struct dentry, dentry, d_name.len));
	scratch->dentry = parent;
	if (parent != dentry)
		return true;
	/* A root that is nowhere mounted has a bare name. */
	scratch->path_start++;
	return false;
}

/*
 * Builds the path of an open file as its mount namespace sees it, from the root of all mounts. It is built from its
 * end, because only the way up is known. A file without a directory, as memfd_create makes, has its bare name.
 *
 * Functions that are not static are looked at by the verifier on their own, whatever their callers know; so the
 * loop does not multiply with what comes before and after it. They take numbers only, for kernels before 5.12.
 */
__noinline int build_file_path(u64 address)
{
	struct file *file = (struct file *)address;
	struct scratch *scratch = own_scratch();

	if (!scratch)
		return 0;
	begin_path(scratch);
	scratch->dentry = LOAD(struct file, file, f_path.dentry);
	scratch->mount = mount_of(LOAD(struct file, file, f_path.mnt));
	for (int i = 0; i < PATH_COMPONENTS_MAX && has_room(scratch); i++)
		if (!prepend_component(scratch))
			break;
	return 0;
}

static __always_inline void put_file_path(struct record *r, struct scratch *scratch, const struct file *file)
{
	if (!file)
		return put_absent(r);
	build_file_path((u64)file);
	put_kernel_text(r, finish_path(scratch));
}
