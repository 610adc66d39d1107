// SPDX-License-Identifier: Apache-2.0
/*
 * Lays one folder over another, in a file system of its own below the folder that it is given, opens files of both
 * and becomes a program of the lower one. Where the layers are told is not in the kernel's description of its types,
 * so this is tried on every kernel.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define PROGRAM "/bin/true"
#define PROGRAM_BYTES_MAX (16 * 1024 * 1024)

static int make(const char *path)
{
	return syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT, 0755);
}

static void copy_program(const char *path)
{
	int from = syscall(SYS_openat, AT_FDCWD, PROGRAM, O_RDONLY, 0), to = make(path);

	sendfile(to, from, NULL, PROGRAM_BYTES_MAX);
	close(to);
	close(from);
}

int main(int argc, char **argv)
{
	char *const arguments[] = { "layered", NULL };

	if (argc != 2 || mount("layers", argv[1], "tmpfs", 0, NULL) || chdir(argv[1]))
		return 2;
	mkdir("lower", 0755);
	mkdir("upper", 0755);
	mkdir("work", 0755);
	mkdir("all", 0755);
	close(make("lower/below"));
	close(make("lower/changed"));
	copy_program("lower/program");
	if (mount("layers", "all", "overlay", 0, "lowerdir=lower,upperdir=upper,workdir=work"))
		return 3;
	close(make("all/new"));
	syscall(SYS_openat, AT_FDCWD, "all/below", O_RDONLY, 0);
	syscall(SYS_openat, AT_FDCWD, "all/changed", O_RDWR, 0);
	execv("all/program", arguments);
	return 4;
}
