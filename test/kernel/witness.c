// SPDX-License-Identifier: Apache-2.0
/*
 * Makes system calls with arguments that the tests know, in a folder that it is given. What fails is meant to fail.
 * Calls go through syscall(2) where the C library might choose another one.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define PORT 45454

static void files(void)
{
	struct {
		unsigned long long flags, mode, resolve;
	} how = { O_RDWR | O_CREAT, 0600, 0x08 };
	struct iovec parts[2] = { { "ab", 2 }, { "cdef", 4 } };
	char buffer[200];
	int fd, directory;

	fd = syscall(SYS_openat, AT_FDCWD, "made", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
	syscall(SYS_write, fd, "hello", 5);
	syscall(SYS_pwrite64, fd, "J", 1, 3);
	memset(buffer, 'x', sizeof(buffer));
	syscall(SYS_write, fd, buffer, sizeof(buffer));
	syscall(SYS_writev, fd, parts, 2);
	syscall(SYS_fchmod, fd, 04755);
	syscall(SYS_fchown, fd, 12, 34);
	syscall(SYS_close, fd);
	fd = syscall(SYS_openat, AT_FDCWD, "made", O_RDONLY, 0);
	syscall(SYS_read, fd, buffer, 4);
	syscall(SYS_pread64, fd, buffer, 2, 1);
	syscall(SYS_lseek, fd, 7, SEEK_SET);
	syscall(SYS_dup3, fd, 77, O_CLOEXEC);
	fcntl(fd, F_DUPFD_CLOEXEC, 90);
	syscall(SYS_close, 77);
	directory = syscall(SYS_openat, AT_FDCWD, ".", O_RDONLY | O_DIRECTORY, 0);
	syscall(SYS_openat, directory, "absent", O_RDWR, 0);
	syscall(SYS_openat2, directory, "two", &how, sizeof(how));
	syscall(SYS_mkdirat, directory, "sub", 0751);
	syscall(SYS_linkat, AT_FDCWD, "made", directory, "linked", 0);
	syscall(SYS_symlinkat, "/target", directory, "soft");
	syscall(SYS_renameat2, AT_FDCWD, "linked", directory, "renamed", 1);
	syscall(SYS_fchmodat, AT_FDCWD, "renamed", 0700);
	syscall(SYS_fchownat, directory, "soft", 5, 6, AT_SYMLINK_NOFOLLOW);
	syscall(SYS_unlinkat, directory, "sub", AT_REMOVEDIR);
	syscall(SYS_unlinkat, AT_FDCWD, "renamed", 0);
	syscall(SYS_mknodat, AT_FDCWD, "pipe", S_IFIFO | 0600, 0);
	syscall(SYS_mount, "none", "/absent", "tmpfs", 0x44000, NULL);
	syscall(SYS_umount2, "/absent", 2);
	syscall(SYS_chroot, "/absent");
	syscall(SYS_close_range, 200, 300, 0);
	syscall(SYS_fchdir, directory);
	syscall(SYS_chdir, "/");
}

static void inet(void)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(PORT) };
	struct sockaddr_in6 address6 = { .sin6_family = AF_INET6, .sin6_port = htons(PORT) };
	struct iovec parts[2] = { { "m1", 2 }, { "m2", 2 } };
	struct msghdr message = { .msg_iov = parts, .msg_iovlen = 2 };
	int one = 1, listening, client, server, udp, other;
	char buffer[50];

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	address6.sin6_addr = in6addr_loopback;
	listening = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	bind(listening, (void *)&address, sizeof(address));
	listen(listening, 7);
	client = socket(AF_INET, SOCK_STREAM, 0);
	connect(client, (void *)&address, sizeof(address));
	server = accept4(listening, NULL, NULL, SOCK_NONBLOCK);
	sendto(client, "hello", 5, 0, NULL, 0);
	recvfrom(server, buffer, sizeof(buffer), 0, NULL, NULL);
	sendmsg(client, &message, 0);
	parts[0] = (struct iovec){ buffer, 20 };
	message.msg_iovlen = 1;
	recvmsg(server, &message, 0);
	shutdown(server, SHUT_WR);
	close(client);

	udp = socket(AF_INET, SOCK_DGRAM, 0);
	bind(udp, (void *)&address, sizeof(address));
	other = socket(AF_INET, SOCK_DGRAM, 0);
	sendto(other, "datagram", 8, 0, (void *)&address, sizeof(address));
	recvfrom(udp, buffer, sizeof(buffer), 0, NULL, NULL);

	client = socket(AF_INET6, SOCK_STREAM, 0);
	connect(client, (void *)&address6, sizeof(address6));
}

static void local(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX, .sun_path = "/tmp/falcoc-witness.sock" };
	struct sockaddr_un abstract = { .sun_family = AF_UNIX, .sun_path = "\0falcoc-witness" };
	int pair[2], listening, client;

	unlink(address.sun_path);
	listening = socket(AF_UNIX, SOCK_STREAM, 0);
	bind(listening, (void *)&address, sizeof(address));
	listen(listening, 1);
	client = socket(AF_UNIX, SOCK_STREAM, 0);
	connect(client, (void *)&address, sizeof(address));
	accept4(listening, NULL, NULL, SOCK_CLOEXEC);
	unlink(address.sun_path);
	bind(socket(AF_UNIX, SOCK_STREAM, 0), (void *)&abstract, offsetof(struct sockaddr_un, sun_path) + 15);
	socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
	sendto(pair[0], "q", 1, 0, NULL, 0);
}

static void objects(void)
{
	struct pollfd polled = { .events = POLLOUT };
	int ends[2];

	pipe2(ends, O_NONBLOCK);
	polled.fd = ends[1];
	ppoll(&polled, 1, &(struct timespec){ 1, 5 }, NULL);
	syscall(SYS_eventfd2, 3, O_CLOEXEC);
	syscall(SYS_epoll_create1, EPOLL_CLOEXEC);
	syscall(SYS_memfd_create, "scratch", MFD_CLOEXEC);
	syscall(SYS_inotify_init1, O_NONBLOCK);
	syscall(SYS_timerfd_create, 1, 0);
	syscall(SYS_pidfd_open, getpid(), 0);
	syscall(SYS_bpf, 5, NULL, 0);
	syscall(SYS_ioctl, 0, 0x5401, 0x1234);
	syscall(SYS_flock, ends[0], 6);
}

static void identity(void)
{
	struct rlimit limit = { 0, 0 };

	syscall(SYS_setresuid, 0, -1, -1);
	syscall(SYS_setresgid, -1, 0, -1);
	syscall(SYS_setpgid, 0, 0);
	syscall(SYS_prctl, PR_SET_NAME, "witness-name");
	syscall(SYS_prctl, PR_SET_CHILD_SUBREAPER, 1);
	syscall(SYS_prlimit64, 0, RLIMIT_CORE, &limit, NULL);
	syscall(SYS_unshare, CLONE_NEWUTS);
	syscall(SYS_setns, -1, CLONE_NEWNET);
	syscall(SYS_capset, NULL, NULL);
	syscall(SYS_ptrace, PTRACE_ATTACH, 4194303, 0, 0);
	syscall(SYS_kill, getpid(), 0);
	syscall(SYS_tgkill, getpid(), getpid(), 0);
	syscall(SYS_init_module, NULL, 0, "");
	syscall(SYS_finit_module, -1, "a=1", 1);
	syscall(SYS_delete_module, "absent", O_NONBLOCK);
	syscall(SYS_mprotect, 0, 4096, PROT_READ | PROT_EXEC);
	syscall(SYS_mmap, 0, 8192, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	syscall(SYS_sched_yield);
}

static void *thread(void *ignored)
{
	syscall(SYS_gettid);
	return ignored;
}

static void processes(void)
{
	char *arguments[] = { "name of mine", "first", "", "third", NULL };
	char *environment[] = { "KEY=value", "OTHER=", NULL };
	pthread_t id;
	pid_t child;

	child = fork();
	if (child == 0) {
		setsid();
		_exit(7);
	}
	waitpid(child, NULL, 0);
	child = fork();
	if (child == 0) {
		syscall(SYS_execve, "/absent", arguments, environment);
		syscall(SYS_execve, "/bin/true", arguments, environment);
		_exit(1);
	}
	waitpid(child, NULL, 0);
	child = fork();
	if (child == 0) {
		/* The shell's child outlives it and goes to the subreaper, which is this process. */
		if (fork() == 0) {
			usleep(50000);
			_exit(0);
		}
		kill(getpid(), SIGKILL);
	}
	waitpid(child, NULL, 0);
	wait(NULL);
	pthread_create(&id, NULL, thread, NULL);
	pthread_join(id, NULL);
	unshare(CLONE_NEWPID);
	child = fork();
	if (child == 0)
		_exit(0);
	waitpid(child, NULL, 0);
}

/* Makes a call by the 32-bit convention, as any 64-bit program of x86 can. Ends the process where that is off. */
static void compat(void)
{
#if defined(__x86_64__)
	char *path = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
	long result;

	strcpy(path, "/compat-absent");
	__asm__ volatile("int $0x80"
			 : "=a"(result)
			 : "a"(5), "b"(path), "c"(O_RDWR), "d"(0)
			 : "memory", "r8", "r9", "r10", "r11");
#endif
}

int main(int argc, char **argv)
{
	if (argc != 2 || chdir(argv[1]))
		return 2;
	files();
	inet();
	local();
	objects();
	identity();
	if (fork() == 0) {
		compat();
		_exit(0);
	}
	wait(NULL);
	processes();
	return 0;
}
