// SPDX-License-Identifier: Apache-2.0
/*
 * The first program of a small virtual machine, which starts the two others. It loads the kernel programs with
 * the addon's own loader, watches all that can be watched while they run, and writes the ring, as it is
 * then, to the second serial port. What it finds out goes to the first, one `matrix: NAME VALUE` a line.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "loader.h"
/* Made for each run: what the probe's TypeScript would watch if asked for everything. */
#include "watched.h"

#define OBJECT "/probe.bpf.o"
#define RECORDS "/dev/ttyS1"
#define RING_BYTES (16 * 1024 * 1024)
/* As the probe does when nothing is said, and the ends of what may be said: the verifier sees other programs. */
#define DATA_BYTES 80
#define DATA_BYTES_MIN 0
#define DATA_BYTES_MAX 4095
#define PROGRAMS_MAX 512

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void report(const char *name, long long value)
{
	printf("matrix: %s %lld\n", name, value);
}

/* What is still on its way to a serial port would be lost. */
static void switch_off(void)
{
	fflush(stdout);
	tcdrain(STDOUT_FILENO);
	reboot(RB_AUTOBOOT);
}

/* Without this step there is nothing to be found out: says so, and switches the machine off. */
static void require(bool ok, const char *step)
{
	if (ok)
		return;
	printf("matrix failed: %s: %s\n", step, strerror(errno));
	switch_off();
}

static void write_text(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY);

	require(fd >= 0 && write(fd, text, strlen(text)) > 0, path);
	close(fd);
}

/* A path of two levels, which has to be told from its end to its root. */
static void make_cgroup(void)
{
	require(mount("cgroup", "/sys/fs/cgroup", "cgroup2", 0, NULL) == 0, "mount cgroups");
	require(mkdir("/sys/fs/cgroup/outer", 0755) == 0, "make a cgroup");
	write_text("/sys/fs/cgroup/cgroup.subtree_control", "+memory");
	write_text("/sys/fs/cgroup/outer/cgroup.subtree_control", "+memory");
	require(mkdir("/sys/fs/cgroup/outer/inner", 0755) == 0, "make a cgroup in a cgroup");
}

static void prepare_machine(void)
{
	struct ifreq loopback = { .ifr_name = "lo", .ifr_flags = IFF_UP };
	int any = socket(AF_INET, SOCK_DGRAM, 0), overlay = open("/overlay.ko", O_RDONLY);

	require(mount("sys", "/sys", "sysfs", 0, NULL) == 0, "mount /sys");
	make_cgroup();
	require(ioctl(any, SIOCSIFFLAGS, &loopback) == 0, "start the loopback interface");
	require(syscall(SYS_finit_module, overlay, "", 0) == 0, "load the overlay file system");
	close(any);
	close(overlay);
}

static long long milliseconds(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000ll + time.tv_nsec / 1000000;
}

static struct probe *open_probe(uint32_t data_bytes)
{
	const struct probe_options options = {
		.object = OBJECT,
		.ring_bytes = RING_BYTES,
		.data_bytes = data_bytes,
		.exclude_self = true,
	};
	char error[PROBE_ERROR_BYTES];
	struct probe *probe = probe_open(&options, error);

	if (!probe) {
		printf("with %u bytes of data: %s\n", data_bytes, error);
		require(false, "load the programs");
	}
	return probe;
}

static struct probe *load(void)
{
	static struct probe_program_stats stats[PROGRAMS_MAX];
	struct probe *probe;
	long long start;

	probe_close(open_probe(DATA_BYTES_MIN));
	probe_close(open_probe(DATA_BYTES_MAX));
	start = milliseconds();
	probe = open_probe(DATA_BYTES);
	report("load-ms", milliseconds() - start);
	report("programs", probe_stats(probe, stats, PROGRAMS_MAX));
	return probe;
}

/* `code` is 0 or a negative errno, as the loader returns it. */
static void require_watch(int code, const char *name)
{
	errno = -code;
	require(code == 0, name);
}

static void watch_everything(struct probe *probe)
{
	for (size_t i = 0; i < COUNT(watched_codes); i++)
		require_watch(probe_set_code(probe, i, watched_codes[i]), "name the system calls");
	for (size_t i = 0; i < COUNT(watched_calls); i++) {
		const struct watched_call *call = &watched_calls[i];

		require_watch(probe_set_handler(probe, call->number, call->program, call->is_compat), call->program);
	}
	for (size_t i = 0; i < COUNT(watched_hooks); i++)
		require_watch(probe_set_hook(probe, watched_hooks[i], true), watched_hooks[i]);
}

/* Runs a program in the cgroup, and returns its process. */
static pid_t run(const char *program, const char *folder)
{
	char *const arguments[] = { (char *)program, (char *)folder, NULL };
	pid_t child = fork();
	int status = -1;

	if (child == 0) {
		write_text("/sys/fs/cgroup/outer/inner/cgroup.procs", "0");
		execv(program, arguments);
		_exit(127);
	}
	require(waitpid(child, &status, 0) == child && status == 0, program);
	return child;
}

static void report_drops(const struct probe *probe)
{
	size_t codes = probe_drop_codes(probe);
	uint64_t *counts = calloc(codes + probe_drop_cpus(probe), sizeof(*counts));
	uint64_t sum = 0;

	require(counts && probe_drops(probe, counts, counts + codes) == 0, "count drops");
	for (size_t i = 0; i < codes; i++)
		sum += counts[i];
	report("drops", sum);
	free(counts);
}

static void write_all(int fd, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t written = write(fd, bytes, length);

		require(written > 0, "write the records");
		bytes += written;
		length -= written;
	}
}

/* The ring has not been read, so it holds all records from its start on. */
static void write_ring(const struct probe *probe)
{
	const struct probe_ring *ring = probe_ring(probe);
	uint64_t bytes = __atomic_load_n((uint64_t *)ring->producer, __ATOMIC_ACQUIRE);
	int fd = open(RECORDS, O_WRONLY | O_NOCTTY);
	struct termios settings;

	require(fd >= 0 && tcgetattr(fd, &settings) == 0, "open the second serial port");
	cfmakeraw(&settings);
	require(tcsetattr(fd, TCSANOW, &settings) == 0, "prepare the second serial port");
	write_all(fd, (const char *)ring->producer + ring->data_offset, bytes);
	require(tcdrain(fd) == 0, "finish the records");
	report("bytes", bytes);
}

int main(void)
{
	struct probe *probe;

	prepare_machine();
	probe = load();
	watch_everything(probe);
	report("witness", run("/witness", "/tmp"));
	report("layers", run("/layers", "/layered"));
	report_drops(probe);
	write_ring(probe);
	probe_close(probe);
	switch_off();
}
