// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
/* Sockets: making and connecting them, and messages. */

#include "arguments.h"
#include "flags.h"
#include "socket.h"
#include "vector.h"

/* Messages of one sendmmsg or recvmmsg that get an event each; those after them are counted as dropped. */
#define MESSAGES_MAX 8

SYSCALL_EXIT_ALSO_COMPAT(socket)
{
	struct record r;

	if (!reserve_record(&r, &socket_layout))
		return 0;
	put_s64(&r, ret);
	put_u32(&r, argument(call, 0));
	put_u32(&r, argument(call, 1));
	put_u32(&r, argument(call, 2));
	put_u32(&r, descriptor_flags(argument(call, 1)));
	return submit_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(socketpair)
{
	s32 fds[2] = { -1, -1 };
	struct unix_sock *first = NULL;
	struct record r;

	if (ret == 0) {
		bpf_probe_read_user(fds, sizeof(fds), (void *)argument(call, 3));
		first = (struct unix_sock *)sock_of(fds[0]);
	}
	if (!reserve_record(&r, &socketpair_layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, fds[0]);
	put_s64(&r, fds[1]);
	put_u64(&r, (u64)first);
	put_u64(&r, first ? (u64)BPF_CORE_READ(first, peer) : 0);
	put_u32(&r, argument(call, 0));
	put_u32(&r, argument(call, 1));
	put_u32(&r, argument(call, 2));
	return submit_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(bind)
{
	struct record r;

	if (!begin_record(&r, &bind_layout))
		return 0;
	put_s64(&r, ret);
	put_user_address(&r, argument(call, 1), argument(call, 2));
	put_s64(&r, int_argument(call, 0));
	return output_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(connect)
{
	s64 fd = int_argument(call, 0);
	struct record r;

	if (!begin_record(&r, &connect_layout))
		return 0;
	put_s64(&r, ret);
	if (ret == 0 || ret == -EINPROGRESS)
		put_tuple(&r, fd, OUTBOUND, argument(call, 1));
	else
		put_absent(&r);
	put_s64(&r, fd);
	put_user_address(&r, argument(call, 1), argument(call, 2));
	return output_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(listen)
{
	struct record r;

	if (!reserve_record(&r, &listen_layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(call, 0));
	put_u32(&r, argument(call, 1));
	return submit_record(&r);
}

/* fd, tuple, and how full the queue of the listening socket is. */
static __always_inline void put_accepted(struct record *r, long ret, s64 listening_fd)
{
	struct sock *listening = ret >= 0 ? sock_of(listening_fd) : NULL;
	u32 length = listening ? BPF_CORE_READ(listening, sk_ack_backlog) : 0;
	u32 most = listening ? BPF_CORE_READ(listening, sk_max_ack_backlog) : 0;

	put_s64(r, ret);
	if (ret >= 0)
		put_tuple(r, ret, INBOUND, 0);
	else
		put_absent(r);
	put_u8(r, most ? (u64)length * 100 / most : 0);
	put_u32(r, length);
	put_u32(r, most);
}

SYSCALL_EXIT(accept)
{
	struct record r;

	if (!begin_record(&r, &accept_layout))
		return 0;
	put_accepted(&r, ret, int_argument(call, 0));
	return output_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(accept4)
{
	struct record r;

	if (!begin_record(&r, &accept4_layout))
		return 0;
	put_accepted(&r, ret, int_argument(call, 0));
	put_u32(&r, descriptor_flags(argument(call, 3)));
	return output_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(shutdown)
{
	u32 how = argument(call, 1);
	struct record r;

	if (!reserve_record(&r, &shutdown_layout))
		return 0;
	put_s64(&r, ret);
	put_s64(&r, int_argument(call, 0));
	put_u8(&r, how <= 2 ? how : 0xff);
	return submit_record(&r);
}

/* Events without parameters: only that it happened. */
static __always_inline int put_bare(const struct event_layout *layout)
{
	struct record r;

	return reserve_record(&r, layout) ? submit_record(&r) : 0;
}

SYSCALL_EXIT(getsockname) { return put_bare(&getsockname_layout); }
SYSCALL_EXIT(getpeername) { return put_bare(&getpeername_layout); }

SYSCALL_EXIT_ALSO_COMPAT(sendto)
{
	s64 fd = int_argument(call, 0);
	u64 size = argument(call, 2);
	struct record r;

	if (!begin_record(&r, &sendto_layout))
		return 0;
	put_s64(&r, ret);
	put_user_bytes(&r, argument(call, 1), ret >= 0 ? ret : size, knob_data_bytes);
	put_s64(&r, fd);
	put_u32(&r, size);
	if (ret >= 0)
		put_tuple(&r, fd, OUTBOUND, argument(call, 4));
	else
		put_absent(&r);
	return output_record(&r);
}

SYSCALL_EXIT_ALSO_COMPAT(recvfrom)
{
	s64 fd = int_argument(call, 0);
	struct record r;

	if (!begin_record(&r, &recvfrom_layout))
		return 0;
	put_s64(&r, ret);
	put_user_bytes(&r, argument(call, 1), ret > 0 ? ret : 0, knob_data_bytes);
	if (ret >= 0)
		put_tuple(&r, fd, INBOUND, argument(call, 4));
	else
		put_absent(&r);
	put_s64(&r, fd);
	put_u32(&r, argument(call, 2));
	return output_record(&r);
}

static __always_inline struct message read_message(unsigned long address)
{
	struct message message = { 0 };

	bpf_probe_read_user(&message, sizeof(message), (void *)address);
	return message;
}

SYSCALL_EXIT(sendmsg)
{
	struct message message = read_message(argument(call, 1));
	s64 fd = int_argument(call, 0);
	struct record r;
	u64 size;

	if (!begin_record(&r, &sendmsg_layout))
		return 0;
	put_s64(&r, ret);
	size = put_vector_bytes(&r, message.parts, message.part_count, ret);
	put_s64(&r, fd);
	put_u32(&r, size);
	if (ret >= 0)
		put_tuple(&r, fd, OUTBOUND, message.name);
	else
		put_absent(&r);
	return output_record(&r);
}

/* size, data, tuple and control data of a received message. */
static __always_inline void put_received(struct record *r, const struct message *message, s64 fd, long ret)
{
	if (ret < 0) {
		put_absent(r);
		put_absent(r);
		put_absent(r);
		return;
	}
	put_vector_bytes(r, message->parts, message->part_count, ret);
	put_tuple(r, fd, INBOUND, message->name);
	put_user_bytes(r, message->control, message->control_bytes, PARAMETER_BYTES_MAX - 1);
}

SYSCALL_EXIT(recvmsg)
{
	struct message message = read_message(argument(call, 1));
	s64 fd = int_argument(call, 0);
	struct record r;

	if (!begin_record(&r, &recvmsg_layout))
		return 0;
	put_s64(&r, ret);
	put_u32(&r, ret >= 0 ? ret : 0);
	put_received(&r, &message, fd, ret);
	put_s64(&r, fd);
	return output_record(&r);
}

/* An element of the array of sendmmsg and recvmmsg: the message, and how many bytes of it went through. */
struct counted_message {
	struct message message;
	u32 bytes;
};

/* One message of sendmmsg. Not static, for the reason that build_file_path is not. */
__noinline int put_sent_message(s64 fd, s64 result, u64 address)
{
	struct counted_message one = { 0 };
	struct record r;

	bpf_probe_read_user(&one, sizeof(one), (void *)address);
	if (!begin_record(&r, &sendmmsg_layout))
		return 0;
	put_s64(&r, result >= 0 ? one.bytes : result);
	put_s64(&r, fd);
	put_u32(&r, one.bytes);
	put_vector_bytes(&r, one.message.parts, one.message.part_count, result >= 0 ? one.bytes : result);
	if (result >= 0)
		put_tuple(&r, fd, OUTBOUND, one.message.name);
	else
		put_absent(&r);
	return output_record(&r);
}

SYSCALL_EXIT(sendmmsg)
{
	s64 fd = int_argument(call, 0);

	if (ret < 0)
		return put_sent_message(fd, ret, argument(call, 1));
	for (u32 i = 0; i < MESSAGES_MAX && i < ret; i++)
		put_sent_message(fd, 0, argument(call, 1) + i * sizeof(struct counted_message));
	if (ret > MESSAGES_MAX)
		count_drops(sendmmsg_layout.code, ret - MESSAGES_MAX);
	return 0;
}

/* One message of recvmmsg. */
__noinline int put_received_message(s64 fd, s64 result, u64 address)
{
	struct counted_message one = { 0 };
	struct record r;

	bpf_probe_read_user(&one, sizeof(one), (void *)address);
	if (!begin_record(&r, &recvmmsg_layout))
		return 0;
	put_s64(&r, result >= 0 ? one.bytes : result);
	put_s64(&r, fd);
	put_u32(&r, result >= 0 ? one.bytes : 0);
	put_received(&r, &one.message, fd, result >= 0 ? one.bytes : result);
	return output_record(&r);
}

SYSCALL_EXIT(recvmmsg)
{
	s64 fd = int_argument(call, 0);

	if (ret < 0)
		return put_received_message(fd, ret, argument(call, 1));
	for (u32 i = 0; i < MESSAGES_MAX && i < ret; i++)
		put_received_message(fd, 0, argument(call, 1) + i * sizeof(struct counted_message));
	if (ret > MESSAGES_MAX)
		count_drops(recvmmsg_layout.code, ret - MESSAGES_MAX);
	return 0;
}
