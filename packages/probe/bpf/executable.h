/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only */
#pragma once

#include "file.h"
#include "task.h"

#define S_IWOTH 0002
#define S_IWGRP 0020
#define SB_RDONLY 1
#define S_IMMUTABLE 8
#define CAP_DAC_OVERRIDE 1
#define CAP_FOWNER 3
#define GROUPS_MAX 32
#define ID_EXTENTS_MAX 5
#define NS_PER_SECOND 1000000000ull

#define ENGINE_EXE_WRITABLE 1
#define ENGINE_EXE_UPPER_LAYER 2
#define ENGINE_EXE_FROM_MEMFD 4
#define ENGINE_EXE_LOWER_LAYER 8

static __always_inline u64 nanoseconds(s64 seconds, u64 rest)
{
	return seconds * NS_PER_SECOND + rest;
}

/* When the inode was changed, in ns since 1970. The member has had three names. */
static __always_inline u64 change_time(const struct inode *inode)
{
	const struct inode___v6_6 *middle = (const void *)inode;
	const struct inode___v5_8 *old = (const void *)inode;

	if (!inode)
		return 0;
	if (bpf_core_field_exists(inode->i_ctime_sec))
		return nanoseconds(LOAD(struct inode, inode, i_ctime_sec), LOAD(struct inode, inode, i_ctime_nsec));
	if (bpf_core_field_exists(middle->__i_ctime))
		return nanoseconds(BPF_CORE_READ(middle, __i_ctime.tv_sec), BPF_CORE_READ(middle, __i_ctime.tv_nsec));
	return nanoseconds(BPF_CORE_READ(old, i_ctime.tv_sec), BPF_CORE_READ(old, i_ctime.tv_nsec));
}

/* When the contents were changed. */
static __always_inline u64 modification_time(const struct inode *inode)
{
	const struct inode___v6_7 *middle = (const void *)inode;
	const struct inode___v5_8 *old = (const void *)inode;

	if (!inode)
		return 0;
	if (bpf_core_field_exists(inode->i_mtime_sec))
		return nanoseconds(LOAD(struct inode, inode, i_mtime_sec), LOAD(struct inode, inode, i_mtime_nsec));
	if (bpf_core_field_exists(middle->__i_mtime))
		return nanoseconds(BPF_CORE_READ(middle, __i_mtime.tv_sec), BPF_CORE_READ(middle, __i_mtime.tv_nsec));
	return nanoseconds(BPF_CORE_READ(old, i_mtime.tv_sec), BPF_CORE_READ(old, i_mtime.tv_nsec));
}

/* The user namespace has a number for this user or group. More extents than are kept inline count as yes. */
static __always_inline bool is_mapped(const struct uid_gid_map *map, u32 id)
{
	u32 extents = BPF_CORE_READ(map, nr_extents);

	if (extents > ID_EXTENTS_MAX)
		return true;
	/* Older verifiers forget the bounds of a number on the stack, and would see no end of a loop up to `extents`. */
#pragma unroll
	for (u32 i = 0; i < ID_EXTENTS_MAX; i++) {
		struct uid_gid_extent extent;

		if (i >= extents)
			break;
		bpf_core_read(&extent, sizeof(extent), &map->extent[i]);
		if (id - extent.lower_first < extent.count)
			return true;
	}
	return false;
}

static __always_inline bool is_in_group(const struct cred *cred, u32 group)
{
	struct group_info *groups = LOAD(struct cred, cred, group_info);
	int count = BPF_CORE_READ(groups, ngroups);

	if (LOAD(struct cred, cred, fsgid.val) == group)
		return true;
	for (int i = 0; i < GROUPS_MAX && i < count; i++) {
		u32 one = 0;

		bpf_core_read(&one, sizeof(one), &groups->gid[i]);
		if (one == group)
			return true;
	}
	return false;
}

/* The process could write to the file it runs: by its mode bits and capabilities; access lists are not looked at. */
static __always_inline bool is_writable(const struct task_struct *task, const struct inode *inode)
{
	const struct cred *cred = LOAD(struct task_struct, task, cred);
	struct user_namespace *namespace = LOAD(struct cred, cred, user_ns);
	u64 effective = capabilities(&cred->cap_effective);
	u32 user = LOAD(struct inode, inode, i_uid.val), group = LOAD(struct inode, inode, i_gid.val);
	u16 mode = LOAD(struct inode, inode, i_mode);

	if (BPF_CORE_READ(inode, i_sb, s_flags) & SB_RDONLY || LOAD(struct inode, inode, i_flags) & S_IMMUTABLE)
		return false;
	if (LOAD(struct cred, cred, fsuid.val) == user || mode & S_IWOTH)
		return true;
	if (mode & S_IWGRP && is_in_group(cred, group))
		return true;
	if (!is_mapped(&namespace->uid_map, user))
		return false;
	if (effective & 1 << CAP_FOWNER)
		return true;
	return effective & 1 << CAP_DAC_OVERRIDE && is_mapped(&namespace->gid_map, group);
}

/* memfd_create makes a file without a directory whose name says so. */
static __always_inline bool is_memory_file(const struct file *file)
{
	struct dentry *dentry = LOAD(struct file, file, f_path.dentry);
	char name[7] = { 0 };

	if (LOAD(struct dentry, dentry, d_parent) != dentry)
		return false;
	bpf_probe_read_kernel(name, sizeof(name) - 1, LOAD(struct dentry, dentry, d_name.name));
	return *(u32 *)name == 0x666d656d /* memf */ && name[4] == 'd' && name[5] == ':';
}

/* What the engine has to know of the file that the current process runs. Not static, as build_file_path is not. */
__noinline int executable_flags(u64 address)
{
	const struct file *file = (const struct file *)address;
	const struct inode *inode = LOAD(struct file, file, f_inode);
	enum layer layer;
	u32 flags = 0;

	if (is_writable(current_task(), inode))
		flags |= ENGINE_EXE_WRITABLE;
	if (is_memory_file(file))
		flags |= ENGINE_EXE_FROM_MEMFD;
	layer = layer_of(inode, BPF_CORE_READ(inode, i_sb, s_magic));
	if (layer == LAYER_UPPER)
		flags |= ENGINE_EXE_UPPER_LAYER;
	if (layer == LAYER_LOWER)
		flags |= ENGINE_EXE_LOWER_LAYER;
	return flags;
}
