/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The kernel programs, loaded, with their ring mapped. Knows nothing of who reads the ring. */
struct probe;

#define PROBE_ERROR_BYTES 4608

struct probe_options {
	/* Path of the compiled object. */
	const char *object;
	/* Power of two, at least a page. */
	uint32_t ring_bytes;
	/* Most bytes kept of the data of a read or write. */
	uint32_t data_bytes;
	/* Leaves the events of this process out. */
	bool exclude_self;
};

/* The ring: its consumer page may be written; the producer page and the data, mapped twice, only be read. */
struct probe_ring {
	void *consumer;
	size_t consumer_bytes;
	void *producer;
	size_t producer_bytes;
	/* Offset of the first data byte in `producer`. */
	size_t data_offset;
	size_t data_bytes;
	int fd;
};

struct probe_program_stats {
	const char *name;
	uint64_t runs;
	uint64_t run_time_ns;
};

/* Opens, sets the knobs, loads and maps. Nothing is attached yet. Null on failure, with the cause in `error`. */
struct probe *probe_open(const struct probe_options *options, char error[PROBE_ERROR_BYTES]);

/* When the machine was started, in ns since 1970, as the times of all records take it to be. */
uint64_t probe_boot_time_ns(const struct probe *probe);

const struct probe_ring *probe_ring(const struct probe *probe);

/* Tells the programs the code of the schema of a native system call number. 0 or a negative errno. */
int probe_set_code(struct probe *probe, uint32_t number, uint16_t code);

/*
 * From now on program `name` handles the system call; null: nobody does. `compat`: the number is one of the 32-bit
 * convention of x86. 0 or a negative errno.
 */
int probe_set_handler(struct probe *probe, uint32_t number, const char *name, bool compat);

/* Attaches a program named on_* to its hook, or detaches it. 0 or a negative errno. */
int probe_set_hook(struct probe *probe, const char *name, bool attached);

/* Number of event codes, and of CPUs, that drops are counted for. */
size_t probe_drop_codes(const struct probe *probe);
size_t probe_drop_cpus(const struct probe *probe);

/*
 * Adds up the records dropped: on all CPUs by event code, and of all codes by CPU. The arrays are as long as the two
 * functions above say. 0 or a negative errno.
 */
int probe_drops(const struct probe *probe, uint64_t *by_code, uint64_t *by_cpu);

/* Calls and time of each program, where the kernel was told to measure them. Returns how many were written. */
size_t probe_stats(const struct probe *probe, struct probe_program_stats *stats, size_t most);

/* Detaches, unmaps and unloads. Null is allowed. */
void probe_close(struct probe *probe);
