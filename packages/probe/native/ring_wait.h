/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/*
 * A thread that sleeps until the ring has records, calls back once, and then sleeps until it is told to watch again.
 * Nobody spins, and an idle machine is left idle.
 */
struct ring_wait;

/* `ready` is called on the thread. Null when the thread or its descriptors cannot be had. */
struct ring_wait *ring_wait_start(int ring_fd, void (*ready)(void *context), void *context);

/* Call after each `ready`, when what was in the ring has been read. */
void ring_wait_again(struct ring_wait *wait);

/* Returns when the thread has ended; `ready` is not called any more. */
void ring_wait_stop(struct ring_wait *wait);
