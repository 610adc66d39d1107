/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only */
#pragma once

#include "flags.h"
#include "record.h"

#define FMODE_CREATED 0x100000
#define OVERLAYFS_MAGIC 0x794c7630

/* Open file of a descriptor of the current process; null when it has none. */
static __always_inline struct file *file_of(s64 fd)
{
	struct file **files, *file = NULL;
	u32 count;

	if (CAN_LOAD) {
		const struct fdtable *table = bpf_get_current_task_btf()->files->fdt;

		files = table->fd;
		count = table->max_fds;
	} else {
		struct task_struct *task = (void *)bpf_get_current_task();
		struct fdtable *table = BPF_CORE_READ(task, files, fdt);

		files = BPF_CORE_READ(table, fd);
		count = BPF_CORE_READ(table, max_fds);
	}
	if (fd < 0 || fd >= count)
		return NULL;
	if (CAN_LOAD)
		return (struct file *)LOAD_WORD(files + fd);
	bpf_probe_read_kernel(&file, sizeof(file), files + fd);
	return file;
}

/* Device number as user space writes it. */
static __always_inline u32 encode_device(u32 device)
{
	u32 major = device >> 20, minor = device & 0xfffff;

	return (minor & 0xff) | major << 8 | (minor & ~0xffu) << 12;
}

static __always_inline u64 inode_number_of(const struct file *file)
{
	return file ? BPF_CORE_READ(file, f_inode, i_ino) : 0;
}

enum layer { LAYER_NONE, LAYER_UPPER, LAYER_LOWER };

/*
 * Layer of an overlay file system that the file's data come from. The file system keeps its inode and, right
 * behind it, the entry of the upper layer, if there is one; its own types are not in the kernel's BTF.
 */
static __always_inline enum layer layer_of(const struct inode *inode, unsigned long magic)
{
	struct dentry *upper = NULL;

	if (magic != OVERLAYFS_MAGIC)
		return LAYER_NONE;
	bpf_probe_read_kernel(&upper, sizeof(upper), (char *)inode + bpf_core_type_size(struct inode));
	return upper && BPF_CORE_READ(upper, d_inode) ? LAYER_UPPER : LAYER_LOWER;
}

/* What only the kernel knows of a file that a call has opened. All zero when it has opened none. */
struct opened {
	u32 device;
	u64 inode_number;
	/* The call has made it. */
	bool is_new;
	enum layer layer;
};

static __always_inline struct opened look_at_opened(s64 fd)
{
	struct file *file = fd >= 0 ? file_of(fd) : NULL;
	struct opened opened = { 0 };
	const struct super_block *super;
	const struct inode *inode;
	unsigned long magic;
	u32 device, mode;

	if (!file)
		return opened;
	if (CAN_LOAD) {
		const struct file *typed = TYPED(struct file, file);

		inode = typed->f_inode;
		mode = typed->f_mode;
		super = inode->i_sb;
		opened.inode_number = inode->i_ino;
		device = super->s_dev;
		magic = super->s_magic;
	} else {
		inode = BPF_CORE_READ(file, f_inode);
		mode = BPF_CORE_READ(file, f_mode);
		super = BPF_CORE_READ(inode, i_sb);
		opened.inode_number = BPF_CORE_READ(inode, i_ino);
		device = BPF_CORE_READ(super, s_dev);
		magic = BPF_CORE_READ(super, s_magic);
	}
	opened.device = encode_device(device);
	opened.is_new = mode & FMODE_CREATED;
	opened.layer = layer_of(inode, magic);
	return opened;
}

/* Flags of an open call, with what came of it. */
static __always_inline u32 opened_flags(u64 flags, const struct opened *opened)
{
	u32 converted = open_flags(flags);

	if (opened->is_new)
		converted |= ENGINE_O_CREATED;
	if (opened->layer == LAYER_UPPER)
		converted |= ENGINE_UPPER_LAYER;
	if (opened->layer == LAYER_LOWER)
		converted |= ENGINE_LOWER_LAYER;
	return converted;
}
