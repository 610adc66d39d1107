// SPDX-License-Identifier: Apache-2.0
/*
 * calls COUNT: prints the processor time of one system call, in ns, for each of a few, each made as often as that.
 * calls THREADS RATE SECONDS: each thread opens and closes a file, all of them together RATE such calls a second,
 * 0 for as many as they can. Prints how many calls there were, and how many ns they took.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define THREADS_MAX 64
#define ROUNDS_PER_SECOND 1000
#define NS_PER_SECOND 1000000000ll

static long long read_clock(clockid_t clock)
{
	struct timespec time;

	clock_gettime(clock, &time);
	return time.tv_sec * NS_PER_SECOND + time.tv_nsec;
}

static void get_own(void)
{
	syscall(SYS_getpid);
}

static void close_nothing(void)
{
	syscall(SYS_close, -1);
}

static void open_and_close(void)
{
	syscall(SYS_close, syscall(SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY, 0));
}

static void time_calls(int count)
{
	void (*calls[])(void) = { get_own, close_nothing, open_and_close };

	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		long long start = read_clock(CLOCK_PROCESS_CPUTIME_ID);

		for (int n = 0; n < count; n++)
			calls[i]();
		printf("%f\n", (double)(read_clock(CLOCK_PROCESS_CPUTIME_ID) - start) / count);
	}
}

struct load {
	pthread_t thread;
	/* Calls of this thread in a second; 0: as many as it can. */
	double rate;
	long long end;
	long long calls;
};

/* Makes what is due, a round each millisecond, so that a thread that comes late makes up for it. */
static void *make_calls(void *argument)
{
	struct load *load = argument;
	long long start = read_clock(CLOCK_MONOTONIC), next = start, now;

	while ((now = read_clock(CLOCK_MONOTONIC)) < load->end) {
		long long due = load->rate == 0 ? load->calls + 256 : load->rate * (now - start) / NS_PER_SECOND;

		for (; load->calls < due; load->calls += 2)
			open_and_close();
		if (load->rate != 0) {
			next += NS_PER_SECOND / ROUNDS_PER_SECOND;
			clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME,
					&(struct timespec){ next / NS_PER_SECOND, next % NS_PER_SECOND }, NULL);
		}
	}
	return NULL;
}

static int keep_busy(int threads, double rate, double seconds)
{
	long long start = read_clock(CLOCK_MONOTONIC), calls = 0;
	struct load loads[THREADS_MAX];

	for (int i = 0; i < threads; i++) {
		loads[i] = (struct load){ .rate = rate / threads, .end = start + seconds * NS_PER_SECOND };
		if (pthread_create(&loads[i].thread, NULL, make_calls, &loads[i]))
			return 1;
	}
	for (int i = 0; i < threads; i++) {
		pthread_join(loads[i].thread, NULL);
		calls += loads[i].calls;
	}
	printf("%lld\n%lld\n", calls, read_clock(CLOCK_MONOTONIC) - start);
	return 0;
}

int main(int argc, char **argv)
{
	int number = argc > 1 ? atoi(argv[1]) : 0;

	if (number < 1 || (argc != 2 && argc != 4) || (argc == 4 && number > THREADS_MAX))
		return 2;
	if (argc == 4)
		return keep_busy(number, atof(argv[2]), atof(argv[3]));
	time_calls(number);
	return 0;
}
