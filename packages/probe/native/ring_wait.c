// SPDX-License-Identifier: Apache-2.0
#include "ring_wait.h"

#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

struct ring_wait {
	pthread_t thread;
	int ring_fd;
	/* Becomes readable when the thread has to look at `stopping` or watch again. */
	int command_fd;
	atomic_bool stopping;
	void (*ready)(void *context);
	void *context;
};

/* Sleeps until a command comes or, where asked, the ring has records. */
static void sleep_until_command(struct ring_wait *wait, bool or_records)
{
	struct pollfd sources[2] = {
		{ .fd = wait->command_fd, .events = POLLIN },
		{ .fd = wait->ring_fd, .events = POLLIN },
	};

	poll(sources, or_records ? 2 : 1, -1);
}

static void *watch(void *argument)
{
	struct ring_wait *wait = argument;
	uint64_t commands;

	while (!atomic_load(&wait->stopping)) {
		sleep_until_command(wait, true);
		if (atomic_load(&wait->stopping))
			break;
		wait->ready(wait->context);
		sleep_until_command(wait, false);
		if (read(wait->command_fd, &commands, sizeof(commands)) < 0)
			break;
	}
	return NULL;
}

struct ring_wait *ring_wait_start(int ring_fd, void (*ready)(void *context), void *context)
{
	struct ring_wait *wait = calloc(1, sizeof(*wait));

	if (!wait)
		return NULL;
	wait->ring_fd = ring_fd;
	wait->ready = ready;
	wait->context = context;
	wait->command_fd = eventfd(0, EFD_CLOEXEC);
	if (wait->command_fd >= 0 && pthread_create(&wait->thread, NULL, watch, wait) == 0)
		return wait;
	if (wait->command_fd >= 0)
		close(wait->command_fd);
	free(wait);
	return NULL;
}

static void command(struct ring_wait *wait)
{
	uint64_t one = 1;

	/* Cannot fail: the counter would have to be at its end, and the descriptor is ours. */
	(void)!write(wait->command_fd, &one, sizeof(one));
}

void ring_wait_again(struct ring_wait *wait)
{
	command(wait);
}

void ring_wait_stop(struct ring_wait *wait)
{
	if (!wait)
		return;
	atomic_store(&wait->stopping, true);
	command(wait);
	pthread_join(wait->thread, NULL);
	close(wait->command_fd);
	free(wait);
}
