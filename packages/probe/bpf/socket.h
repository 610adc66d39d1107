/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only */
#pragma once

#include <bpf/bpf_endian.h>

#include "file.h"
#include "record.h"

#define AF_UNIX 1
#define AF_INET 2
#define AF_INET6 10
#define S_IFMT 0170000
#define S_IFSOCK 0140000
#define UNIX_PATH_BYTES 108
#define EINPROGRESS 115

/* Who sends on this socket in this call decides which end is the source. */
enum direction { OUTBOUND, INBOUND };

struct endpoint {
	u8 address[16];
	u16 port;
};

/* Socket behind a descriptor of the current process; null when it is something else. */
static __always_inline struct socket *socket_of(s64 fd)
{
	struct file *file = file_of(fd);

	if (!file || (LOAD(struct inode, LOAD(struct file, file, f_inode), i_mode) & S_IFMT) != S_IFSOCK)
		return NULL;
	return LOAD(struct file, file, private_data);
}

static __always_inline struct sock *sock_of(s64 fd)
{
	struct socket *socket = socket_of(fd);

	return socket ? LOAD(struct socket, socket, sk) : NULL;
}

/*
 * Number of bytes to ask for of the name of a unix socket whose address has `bytes` bytes, and of the NUL behind
 * it. A name in the abstract namespace begins with a NUL, which is left out.
 */
static __always_inline u32 unix_name_bytes(u32 address_bytes, bool is_abstract)
{
	u32 bytes = address_bytes - sizeof(u16) - is_abstract;

	return (bytes < UNIX_PATH_BYTES ? bytes : UNIX_PATH_BYTES) + 1;
}

static __always_inline u32 write_user_unix_name(u8 *place, unsigned long name, u32 address_bytes)
{
	char first = 0;

	bpf_probe_read_user(&first, 1, (void *)name);
	return read_user_text(place, unix_name_bytes(address_bytes, !first), name + !first);
}

static __always_inline u32 write_kernel_unix_name(u8 *place, unsigned long name, u32 address_bytes)
{
	char first = 0;
	long written;

	bpf_probe_read_kernel(&first, 1, (void *)name);
	written = bpf_probe_read_kernel_str(place, unix_name_bytes(address_bytes, !first), (void *)(name + !first));
	return written > 0 ? written : 0;
}

/* Puts the address that `address` points to in the program's memory. Families without a form here are absent. */
static __always_inline void put_user_address(struct record *r, unsigned long address, u32 size)
{
	/* The start of a sockaddr_in or sockaddr_in6. */
	u16 start[14] = { 0 };
	u8 *place = next_place(r);

	if (!address || bpf_probe_read_user(start, sizeof(u16), (void *)address))
		return put_absent(r);
	place[0] = start[0];
	switch (start[0]) {
	case AF_INET:
		bpf_probe_read_user(start, 8, (void *)address);
		STORE(u32, place + 1, *(u32 *)&start[2]);
		STORE(u16, place + 5, bpf_ntohs(start[1]));
		return end_any_length(r, 7);
	case AF_INET6:
		bpf_probe_read_user(start, sizeof(start), (void *)address);
		__builtin_memcpy(place + 1, &start[4], 16);
		STORE(u16, place + 17, bpf_ntohs(start[1]));
		return end_any_length(r, 19);
	case AF_UNIX:
		if (size <= sizeof(u16))
			return put_absent(r);
		return end_any_length(r, 1 + write_user_unix_name(place + 1, address + sizeof(u16), size));
	default:
		return put_absent(r);
	}
}

/* The peer that the caller named for one message on a socket that is not connected. */
static __always_inline bool read_named_peer(struct endpoint *peer, unsigned long address, u16 family)
{
	u16 named[14] = { 0 };

	if (!address || bpf_probe_read_user(named, family == AF_INET ? 8 : 24, (void *)address) || named[0] != family)
		return false;
	peer->port = bpf_ntohs(named[1]);
	__builtin_memcpy(peer->address, family == AF_INET ? &named[2] : &named[4], 16);
	return true;
}

static __always_inline u8 *write_endpoint(u8 *place, const struct endpoint *end, u32 address_bytes)
{
	__builtin_memcpy(place, end->address, address_bytes);
	STORE(u16, place + address_bytes, end->port);
	return place + address_bytes + 2;
}

static __always_inline u32 write_ip_tuple(u8 *place, struct sock *sock, enum direction direction, unsigned long named_peer,
					  u16 family, u32 address_bytes)
{
	struct endpoint local = { 0 }, remote = { 0 };
	struct inet_sock *inet = (struct inet_sock *)sock;

	local.port = bpf_ntohs(LOAD(struct inet_sock, inet, inet_sport));
	remote.port = bpf_ntohs(LOAD(struct sock, sock, __sk_common.skc_dport));
	if (family == AF_INET) {
		STORE(u32, local.address, LOAD(struct inet_sock, inet, inet_saddr));
		STORE(u32, remote.address, LOAD(struct sock, sock, __sk_common.skc_daddr));
	} else {
		BPF_CORE_READ_INTO((struct in6_addr *)local.address, inet, pinet6, saddr);
		BPF_CORE_READ_INTO((struct in6_addr *)remote.address, sock, __sk_common.skc_v6_daddr);
	}
	if (remote.port == 0)
		read_named_peer(&remote, named_peer, family);

	place[0] = family;
	place = write_endpoint(place + 1, direction == OUTBOUND ? &local : &remote, address_bytes);
	write_endpoint(place, direction == OUTBOUND ? &remote : &local, address_bytes);
	return 1 + 2 * (address_bytes + 2);
}

/* A unix tuple has the two kernel addresses, that of the receiving end first, and the name of the receiving end. */
static __always_inline u32 write_unix_tuple(u8 *place, struct sock *sock, enum direction direction)
{
	struct unix_sock *local = (struct unix_sock *)sock;
	struct unix_sock *peer = (struct unix_sock *)LOAD(struct unix_sock, local, peer);
	struct unix_sock *receiver = direction == OUTBOUND ? peer : local;
	struct unix_sock *sender = direction == OUTBOUND ? local : peer;
	struct unix_address *address = LOAD(struct unix_sock, receiver, addr);
	u32 bytes = LOAD(struct unix_address, address, len);

	place[0] = AF_UNIX;
	STORE(u64, place + 1, receiver);
	STORE(u64, place + 9, sender);
	if (bytes > sizeof(u16))
		return 17 + write_kernel_unix_name(place + 17, (unsigned long)&address->name[0].sun_path, bytes);
	place[17] = 0;
	return 18;
}

/* Both ends of the connection of a descriptor. `named_peer` is an address in the program's memory, or 0. */
static __always_inline void put_tuple(struct record *r, s64 fd, enum direction direction, unsigned long named_peer)
{
	struct sock *sock = sock_of(fd);
	u8 *place = next_place(r);

	if (!sock)
		return put_absent(r);
	switch (LOAD(struct sock, sock, __sk_common.skc_family)) {
	case AF_INET:
		return end_any_length(r, write_ip_tuple(place, sock, direction, named_peer, AF_INET, 4));
	case AF_INET6:
		return end_any_length(r, write_ip_tuple(place, sock, direction, named_peer, AF_INET6, 16));
	case AF_UNIX:
		return end_any_length(r, write_unix_tuple(place, sock, direction));
	default:
		return put_absent(r);
	}
}
