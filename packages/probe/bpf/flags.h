/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only */
#pragma once

#include "kernel.h"

/*
 * The engine has its own numbering of flags, the same on every architecture. A pair says which bit it has for
 * the kernel's bits; a pair applies when any of its kernel bits is set. Flags that are numbered alike on both
 * sides are passed through a mask by the programs that send them.
 */
struct flag_pair {
	u32 kernel;
	u32 engine;
};

#define CONVERT_FLAGS(flags, pairs)                                             \
	({                                                                      \
		u32 converted = 0;                                              \
		_Pragma("unroll") for (u32 i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) \
			if ((flags) & pairs[i].kernel)                          \
				converted |= pairs[i].engine;                   \
		converted;                                                      \
	})

#define O_WRONLY 01
#define O_RDWR 02
#define O_CREAT 0100
#define O_EXCL 0200
#define O_TRUNC 01000
#define O_APPEND 02000
#define O_NONBLOCK 04000
#define O_DSYNC 010000
#define O_SYNC 04010000
#define O_CLOEXEC 02000000
#if defined(__TARGET_ARCH_arm64)
#define O_DIRECTORY 040000
#define O_DIRECT 0200000
#define O_LARGEFILE 0400000
#else
#define O_DIRECT 040000
#define O_LARGEFILE 0100000
#define O_DIRECTORY 0200000
#endif
#define O_TMPFILE (020000000 | O_DIRECTORY)

#define ENGINE_O_RDONLY 0x1
#define ENGINE_O_WRONLY 0x2
#define ENGINE_O_RDWR 0x3
#define ENGINE_O_NONBLOCK 0x40
#define ENGINE_O_DIRECT 0x200
#define ENGINE_O_CLOEXEC 0x1000
#define ENGINE_O_CREATED 0x4000
#define ENGINE_UPPER_LAYER 0x8000
#define ENGINE_LOWER_LAYER 0x10000

/* O_TMPFILE and O_SYNC contain the bits of O_DIRECTORY and O_DSYNC, so either sets both: so the engine has it. */
static const struct flag_pair open_flag_pairs[] = {
	{ O_CREAT, 0x4 },	{ O_APPEND, 0x8 },	{ O_DSYNC, 0x10 },	{ O_EXCL, 0x20 },
	{ O_NONBLOCK, 0x40 },	{ O_SYNC, 0x80 },	{ O_TRUNC, 0x100 },	{ O_DIRECT, 0x200 },
	{ O_DIRECTORY, 0x400 }, { O_LARGEFILE, 0x800 }, { O_CLOEXEC, 0x1000 },	{ O_TMPFILE, 0x2000 },
};

static __always_inline u32 open_flags(u64 flags)
{
	u32 access = flags & (O_WRONLY | O_RDWR);
	u32 converted = access == O_WRONLY ? ENGINE_O_WRONLY : access == O_RDWR ? ENGINE_O_RDWR : ENGINE_O_RDONLY;

	return converted | CONVERT_FLAGS(flags, open_flag_pairs);
}

/* The mode counts only where a file may be made. */
static __always_inline u32 open_mode(u64 flags, u64 mode)
{
	return flags & (O_CREAT | O_TMPFILE) ? mode & 07777 : 0;
}

/* Flags of calls that make descriptors other than by opening; SOCK_, EFD_, IN_, … share the values of O_. */
static const struct flag_pair descriptor_flag_pairs[] = {
	{ O_NONBLOCK, ENGINE_O_NONBLOCK },
	{ O_DIRECT, ENGINE_O_DIRECT },
	{ O_CLOEXEC, ENGINE_O_CLOEXEC },
};

static __always_inline u32 descriptor_flags(u64 flags)
{
	return CONVERT_FLAGS(flags, descriptor_flag_pairs);
}

#define ENGINE_CLONE_FILES 0x1
#define ENGINE_CLONE_THREAD 0x2000
#define ENGINE_CLONE_VM 0x8000
#define ENGINE_CLONE_CHILD_IN_PIDNS 0x20000000

static const struct flag_pair clone_flag_pairs[] = {
	{ 0x00000400, 0x1 },	   { 0x00000200, 0x2 },	      { 0x80000000, 0x4 },	 { 0x08000000, 0x8 },
	{ 0x40000000, 0x10 },	   { 0x00020000, 0x20 },      { 0x20000000, 0x40 },	 { 0x04000000, 0x80 },
	{ 0x00008000, 0x100 },	   { 0x00100000, 0x200 },     { 0x00002000, 0x400 },	 { 0x00000800, 0x800 },
	{ 0x00040000, 0x1000 },	   { 0x00010000, 0x2000 },    { 0x00800000, 0x4000 },	 { 0x00000100, 0x8000 },
	{ 0x10000000, 0x100000 },  { 0x00200000, 0x800000 },  { 0x01000000, 0x1000000 }, { 0x00080000, 0x2000000 },
	{ 0x00004000, 0x8000000 }, { 0x02000000, 0x10000000 },
};

static __always_inline u32 clone_flags(u64 flags)
{
	return CONVERT_FLAGS(flags, clone_flag_pairs);
}

static const struct flag_pair protection_pairs[] = {
	{ 0x1, 0x1 }, { 0x2, 0x2 }, { 0x4, 0x4 }, { 0x8, 0x8 }, { 0x1000000, 0x10 }, { 0x2000000, 0x20 },
};

static __always_inline u32 protection_flags(u64 flags)
{
	return CONVERT_FLAGS(flags, protection_pairs);
}

static const struct flag_pair mapping_pairs[] = {
	{ 0x1, 0x1 },	  { 0x2, 0x2 },	    { 0x10, 0x4 },    { 0x20, 0x8 },	{ 0x40, 0x10 },	     { 0x4000, 0x40 },
	{ 0x8000, 0x80 }, { 0x10000, 0x100 }, { 0x100, 0x200 }, { 0x800, 0x400 }, { 0x1000, 0x800 }, { 0x2000, 0x4000 },
};

static __always_inline u32 mapping_flags(u64 flags)
{
	return CONVERT_FLAGS(flags, mapping_pairs);
}

static const struct flag_pair resolve_pairs[] = {
	{ 0x8, 0x1 }, { 0x10, 0x2 }, { 0x2, 0x4 }, { 0x4, 0x8 }, { 0x1, 0x10 }, { 0x20, 0x20 },
};

static __always_inline u32 resolve_flags(u64 flags)
{
	return CONVERT_FLAGS(flags, resolve_pairs);
}

static const struct flag_pair poll_pairs[] = {
	{ 0x1, 0x1 },	{ 0x2, 0x2 },	{ 0x4, 0x4 },	 { 0x2000, 0x8 },  { 0x8, 0x10 },   { 0x10, 0x20 },
	{ 0x20, 0x40 }, { 0x40, 0x80 }, { 0x80, 0x100 }, { 0x100, 0x200 }, { 0x200, 0x400 },
};

static __always_inline u16 poll_events(u16 events)
{
	return CONVERT_FLAGS(events, poll_pairs);
}

/* A magic number of old mount programs stands where no flag is. */
static __always_inline u32 mount_flags(u64 flags)
{
	return (flags & 0xffff0000) == 0xc0ed0000 ? flags & 0xffff : flags;
}
