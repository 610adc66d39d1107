// SPDX-License-Identifier: Apache-2.0
/* Prints the processor time of one system call, in ns, for each of a few, each made as often as the argument says. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
	return time.tv_sec * 1e9 + time.tv_nsec;
}

static void get_parent(void)
{
	syscall(SYS_getppid);
}

static void close_nothing(void)
{
	syscall(SYS_close, -1);
}

static void open_and_close(void)
{
	syscall(SYS_close, syscall(SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY, 0));
}

int main(int argc, char **argv)
{
	void (*calls[])(void) = { get_parent, close_nothing, open_and_close };
	int count = argc == 2 ? atoi(argv[1]) : 0;

	if (count < 1)
		return 2;
	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		double start = now();

		for (int n = 0; n < count; n++)
			calls[i]();
		printf("%f\n", (now() - start) / count);
	}
	return 0;
}
