// SPDX-License-Identifier: Apache-2.0
/* Prints the ids of all kernel programs that are loaded on this machine, and of all their attachments, one a line. */
#include <linux/bpf.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static void print_ids(const char *kind, int command)
{
	union bpf_attr attributes;

	memset(&attributes, 0, sizeof(attributes));
	while (syscall(SYS_bpf, command, &attributes, sizeof(attributes)) == 0) {
		printf("%s %u\n", kind, attributes.next_id);
		attributes.start_id = attributes.next_id;
	}
}

int main(void)
{
	print_ids("program", BPF_PROG_GET_NEXT_ID);
	print_ids("link", BPF_LINK_GET_NEXT_ID);
	return 0;
}
