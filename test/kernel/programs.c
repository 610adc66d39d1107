// SPDX-License-Identifier: Apache-2.0
/* Prints how many of the kernel programs with the given ids are loaded on this machine. */
#include <linux/bpf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	int count = 0;

	for (int i = 1; i < argc; i++) {
		union bpf_attr attributes;
		int program;

		memset(&attributes, 0, sizeof(attributes));
		attributes.prog_id = strtoul(argv[i], NULL, 10);
		program = syscall(SYS_bpf, BPF_PROG_GET_FD_BY_ID, &attributes, sizeof(attributes));
		if (program < 0)
			continue;
		count++;
		close(program);
	}
	printf("%d\n", count);
	return 0;
}
