// SPDX-License-Identifier: Apache-2.0
/*
 * Plays scenarios: becomes the processes that a plan names and makes the system calls that it lists. The plan is in the
 * environment variable ACTOR_PLAN: a command a line, its words separated by tabs.
 *
 *   process PATH ARGV0 UID GID ARG…  start a copy of this program there, which does the rest of the plan; wait for it
 *   memfd NAME                       run a copy of this program from memory, and wait for it
 *   shell TEXT                       run a shell, and wait for it
 *   file PATH, directory PATH        open it; it is made when missing, and removed in the end
 *   pair FAMILY ADDRESS PORT         a listening socket, and one that is connected to it: "client"
 *   call NAME ARG…                   a system call; numbers, texts, or "client" for the descriptor of that name
 *
 * Exits with 0 when everything was done; a system call of the plan may fail, as the scenario may want it to.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <linux/capability.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define WORDS_MAX 64
#define MADE_MAX 64
#define PLAN "ACTOR_PLAN"

static char *made[MADE_MAX];
static int made_count;
static int client = -1;

static void fail(const char *what)
{
	fprintf(stderr, "actor: %s: %s\n", what, strerror(errno));
	exit(3);
}

static void remove_later(const char *path)
{
	if (made_count < MADE_MAX)
		made[made_count++] = strdup(path);
}

/* What a call is about to make. */
static void remove_if_new(const char *path)
{
	struct stat status;

	if (path && lstat(path, &status))
		remove_later(path);
}

/* Last made, first removed. Folders that others use by now stay. */
static void remove_made(void)
{
	while (made_count > 0)
		remove(made[--made_count]);
}

static void make_folders(const char *path)
{
	char folder[PATH_MAX];

	snprintf(folder, sizeof(folder), "%s", path);
	for (char *slash = strchr(folder + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = 0;
		if (mkdir(folder, 0755) == 0)
			remove_later(folder);
		*slash = '/';
	}
}

static void copy_self(int target)
{
	int self = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	struct stat status;

	if (self < 0 || fstat(self, &status))
		fail("/proc/self/exe");
	for (off_t at = 0; at < status.st_size;)
		if (sendfile(target, self, &at, status.st_size - at) <= 0)
			fail("copy");
	close(self);
}

/* Another user, but with all capabilities, as the generator of these scenarios has it. */
static void become(uid_t uid, gid_t gid)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2];

	if (uid == 0)
		return;
	prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0);
	if (setgroups(0, NULL) || setgid(gid) || setuid(uid))
		fail("setuid");
	if (syscall(SYS_capget, &header, data))
		fail("capget");
	for (int i = 0; i < 2; i++)
		data[i].effective = data[i].inheritable = data[i].permitted;
	if (syscall(SYS_capset, &header, data))
		fail("capset");
	for (int capability = 0; capability < 64; capability++)
		prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0);
}

static int finish(pid_t child)
{
	int status;

	if (child < 0 || waitpid(child, &status, 0) != child)
		fail("wait");
	return WIFEXITED(status) ? WEXITSTATUS(status) : 4;
}

static int start_process(char **words, char *rest)
{
	const char *path = words[1];
	int file;
	pid_t child;

	make_folders(path);
	file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0755);
	if (file < 0)
		fail(path);
	remove_later(path);
	fchmod(file, 0755);
	copy_self(file);
	close(file);
	child = fork();
	if (child == 0) {
		become(atoi(words[3]), atoi(words[4]));
		setenv(PLAN, rest, 1);
		words[4] = words[2];
		execv(path, words + 4);
		fail(path);
	}
	return finish(child);
}

static void run_from_memory(char *name)
{
	char *arguments[] = { name, NULL };
	pid_t child = fork();
	int file;

	if (child == 0) {
		file = memfd_create(name, MFD_CLOEXEC);
		if (file < 0)
			fail("memfd_create");
		copy_self(file);
		unsetenv(PLAN);
		fexecve(file, arguments, environ);
		fail(name);
	}
	if (finish(child))
		fail(name);
}

static void run_shell(char *text)
{
	pid_t child = fork();

	if (child == 0) {
		execl("/bin/sh", "sh", "-c", text, (char *)NULL);
		fail("/bin/sh");
	}
	if (finish(child))
		fail(text);
}

static void open_file(const char *path)
{
	make_folders(path);
	remove_if_new(path);
	if (open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644) < 0)
		fail(path);
}

static void open_directory(const char *path)
{
	make_folders(path);
	if (mkdir(path, 0755) == 0)
		remove_later(path);
	if (open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) < 0)
		fail(path);
}

static void connect_pair(int family, const char *address, int port)
{
	struct sockaddr_in v4 = { .sin_family = AF_INET, .sin_port = htons(port) };
	struct sockaddr_in6 v6 = { .sin6_family = AF_INET6, .sin6_port = htons(port) };
	struct sockaddr *name = family == 6 ? (struct sockaddr *)&v6 : (struct sockaddr *)&v4;
	socklen_t size = family == 6 ? sizeof(v6) : sizeof(v4);
	int domain = family == 6 ? AF_INET6 : AF_INET;
	int server = socket(domain, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int yes = 1;

	if (inet_pton(domain, address, family == 6 ? (void *)&v6.sin6_addr : (void *)&v4.sin_addr) != 1)
		fail(address);
	setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
	if (bind(server, name, size) || listen(server, 1))
		fail(address);
	client = socket(domain, SOCK_STREAM, 0);
	if (connect(client, name, size))
		fail(address);
}

static long number(const char *word)
{
	return strcmp(word, "client") == 0 ? client : strtol(word, NULL, 0);
}

static void call(char **w, int count)
{
	const char *name = w[1];
	struct open_how how = { 0 };

	if (strncmp(name, "open", 4) == 0)
		remove_if_new(w[2]);
	else if (strstr(name, "link"))
		remove_if_new(w[3]);
	if (strcmp(name, "openat") == 0 && count == 5)
		syscall(SYS_openat, AT_FDCWD, w[2], number(w[3]), number(w[4]));
	else if (strcmp(name, "openat2") == 0 && count == 5) {
		how.flags = number(w[3]);
		how.mode = number(w[4]);
		syscall(SYS_openat2, AT_FDCWD, w[2], &how, sizeof(how));
	} else if (strcmp(name, "linkat") == 0 && count == 4)
		linkat(AT_FDCWD, w[2], AT_FDCWD, w[3], 0);
	else if (strcmp(name, "symlinkat") == 0 && count == 4)
		symlinkat(w[2], AT_FDCWD, w[3]);
	else if (strcmp(name, "socket") == 0 && count == 5)
		socket(number(w[2]), number(w[3]), number(w[4]));
	else if (strcmp(name, "dup3") == 0 && count == 5)
		dup3(number(w[2]), number(w[3]), number(w[4]));
#ifdef SYS_open
	else if (strcmp(name, "open") == 0 && count == 5)
		syscall(SYS_open, w[2], number(w[3]), number(w[4]));
	else if (strcmp(name, "link") == 0 && count == 4)
		syscall(SYS_link, w[2], w[3]);
	else if (strcmp(name, "symlink") == 0 && count == 4)
		syscall(SYS_symlink, w[2], w[3]);
	else if (strcmp(name, "dup2") == 0 && count == 4)
		syscall(SYS_dup2, number(w[2]), number(w[3]));
#endif
	else {
		errno = ENOSYS;
		fail(name);
	}
}

static int split(char *line, char **words)
{
	int count = 0;

	while (line && count < WORDS_MAX - 1)
		words[count++] = strsep(&line, "\t");
	words[count] = NULL;
	return count;
}

int main(void)
{
	char *plan = getenv(PLAN);
	char *rest = plan ? strdup(plan) : NULL;

	atexit(remove_made);
	while (rest && *rest) {
		char *words[WORDS_MAX];
		int count = split(strsep(&rest, "\n"), words);

		if (strcmp(words[0], "process") == 0 && count >= 5)
			return start_process(words, rest ? rest : "");
		if (strcmp(words[0], "memfd") == 0 && count == 2)
			run_from_memory(words[1]);
		else if (strcmp(words[0], "shell") == 0 && count == 2)
			run_shell(words[1]);
		else if (strcmp(words[0], "file") == 0 && count == 2)
			open_file(words[1]);
		else if (strcmp(words[0], "directory") == 0 && count == 2)
			open_directory(words[1]);
		else if (strcmp(words[0], "pair") == 0 && count == 4)
			connect_pair(atoi(words[1]), words[2], atoi(words[3]));
		else if (strcmp(words[0], "call") == 0 && count >= 2)
			call(words, count);
		else {
			errno = EINVAL;
			fail(words[0]);
		}
	}
	return 0;
}
