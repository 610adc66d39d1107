/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only */
#pragma once

#include "generated/event_layout.h"
#include "kernel.h"

/* No variable-size parameter is longer; the engine cuts paths, arguments and environments here too. */
#define PARAMETER_BYTES_MAX 4096
/* Longest record: the longest has four such parameters and a filename. */
#define RECORD_BYTES_MAX 32768
/* Native numbers of system calls are below this on every supported architecture. */
#define SYSCALL_NUMBERS 512

/* Set by the loader before the programs are verified, so that the verifier drops what a knob turns off. */
const volatile u64 knob_boot_time_ns = 0;
const volatile u32 knob_data_bytes = 80;
const volatile u32 knob_page_kb = 4;

/* Thread group that reads the ring: its own events would feed on themselves. 0 while nobody has asked to be left out. */
u32 reader_tgid = 0;

/* One ring for all CPUs keeps the order of events; its size is set by the loader. */
struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 8 * 1024 * 1024);
} ring SEC(".maps");

/*
 * Where a record of unknown size is put together. A mask keeps the write position below RECORD_BYTES_MAX, and
 * what is written there is at most PARAMETER_BYTES_MAX; the rest is slack that lets the verifier see it.
 * Programs of tracepoints run with preemption off, so one a CPU is enough. It is not a per-CPU map because those
 * cannot have values this large; the loader sets the number of entries to that of the CPUs.
 */
struct scratch {
	u8 record[2 * RECORD_BYTES_MAX];
	/* A path is put together from its end; this is where it begins so far, and what comes before that. */
	u8 path[2 * PARAMETER_BYTES_MAX];
	u32 path_start;
	struct dentry *dentry;
	struct mount *mount;
	/* The cgroup whose path is there, if it is one's. */
	u64 cgroup_node;
	/* Where the record ends so far, and how much of a parameter that is put together in steps is written. */
	u32 record_end;
	u32 gathered;
	/* For a scattered buffer: how much of it is asked for, and how much it holds. */
	u32 wanted;
	u64 vector_bytes;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct scratch);
} scratches SEC(".maps");

/* Records that found no room in the ring, by event code. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, EVENT_CODES);
	__type(key, u32);
	__type(value, u64);
} drops SEC(".maps");

/*
 * For each number of a system call, a bit for each convention by which calls of that number have a handler. Most calls
 * of a machine are none that anybody watches: one look here is all that they cost.
 */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, SYSCALL_NUMBERS);
	__type(key, u32);
	__type(value, u8);
} watched SEC(".maps");

/*
 * Which program handles a system call, by native number. An empty place is a system call that nobody watches:
 * the loader fills and empties places while the programs run.
 */
struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, SYSCALL_NUMBERS);
	__type(key, u32);
	__type(value, u32);
} handlers SEC(".maps");

/* The same for calls made by the 32-bit convention of x86, by their own numbers. */
struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, SYSCALL_NUMBERS);
	__type(key, u32);
	__type(value, u32);
} compat_handlers SEC(".maps");

/* Code of the schema for each native number: what the generic event carries. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, SYSCALL_NUMBERS);
	__type(key, u32);
	__type(value, u16);
} syscall_codes SEC(".maps");
