// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "loader.h"

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#define HOOKS_MAX 16
/* Bits of the map `watched`. */
#define WATCHED_NATIVE 1
#define WATCHED_COMPAT 2
#define NS_PER_SECOND 1000000000ull
#define CLOCK_READINGS 16

struct hook {
	const char *name;
	struct bpf_link *link;
};

struct probe {
	struct bpf_object *object;
	struct hook hooks[HOOKS_MAX];
	size_t hook_count;
	uint64_t boot_time_ns;
	/* As many as there can be, whether or not they are there. */
	size_t cpus;
	struct probe_ring ring;
};

/* What libbpf warned of since the call began. */
static _Thread_local char warnings[4096];

/* Of a longer warning the end is kept: the verifier's log, which tells all that it has looked at, ends with its reason. */
#define WARNING_BYTES_MAX 3072

static int keep_warning(enum libbpf_print_level level, const char *format, va_list arguments)
{
	size_t used = strlen(warnings);
	char *text;
	int length;

	if (level != LIBBPF_WARN)
		return 0;
	length = vasprintf(&text, format, arguments);
	if (length < 0)
		return 0;
	snprintf(warnings + used, sizeof(warnings) - used, "%s",
		 length > WARNING_BYTES_MAX ? text + length - WARNING_BYTES_MAX : text);
	free(text);
	return 0;
}

static void describe(char *error, const char *what, int code)
{
	snprintf(error, PROBE_ERROR_BYTES, "%s: %s\n%s", what, strerror(code < 0 ? -code : code), warnings);
}

/* Address of a variable of the programs in the initial contents of its map; null when there is none such. */
static void *variable(struct bpf_object *object, const char *name)
{
	struct btf *btf = bpf_object__btf(object);
	int id = btf__find_by_name_kind(btf, name, BTF_KIND_VAR);

	for (__u32 section = 1; id > 0 && section < btf__type_cnt(btf); section++) {
		const struct btf_type *type = btf__type_by_id(btf, section);
		const struct btf_var_secinfo *entry = btf_var_secinfos(type);

		if (!btf_is_datasec(type))
			continue;
		for (int i = 0; i < btf_vlen(type); i++, entry++) {
			struct bpf_map *map;
			char *bytes;
			size_t size;

			if (entry->type != (__u32)id)
				continue;
			bpf_object__for_each_map(map, object) {
				const char *map_name = bpf_map__name(map);
				const char *dot = strchr(map_name, '.');

				if (dot && strcmp(dot, btf__name_by_offset(btf, type->name_off)) == 0) {
					bytes = (char *)bpf_map__initial_value(map, &size);
					return bytes && entry->offset < size ? bytes + entry->offset : NULL;
				}
			}
		}
	}
	return NULL;
}

static uint64_t read_clock(clockid_t clock)
{
	struct timespec time;

	clock_gettime(clock, &time);
	return time.tv_sec * NS_PER_SECOND + time.tv_nsec;
}

/* The middle of two readings of one clock around one of the other, taken where they lie closest together. */
static uint64_t measure_boot_time(void)
{
	uint64_t best = UINT64_MAX, boot_time = 0;

	for (int i = 0; i < CLOCK_READINGS; i++) {
		uint64_t before = read_clock(CLOCK_BOOTTIME);
		uint64_t now = read_clock(CLOCK_REALTIME);
		uint64_t after = read_clock(CLOCK_BOOTTIME);

		if (after - before < best) {
			best = after - before;
			boot_time = now - before - best / 2;
		}
	}
	return boot_time;
}

static bool set_knobs(struct probe *probe, const struct probe_options *options)
{
	struct bpf_object *object = probe->object;
	uint64_t *boot_time_ns = variable(object, "knob_boot_time_ns");
	uint32_t *data_bytes = variable(object, "knob_data_bytes");
	uint32_t *page_kb = variable(object, "knob_page_kb");
	struct bpf_map *ring = bpf_object__find_map_by_name(object, "ring");
	struct bpf_map *scratches = bpf_object__find_map_by_name(object, "scratches");

	if (!boot_time_ns || !data_bytes || !page_kb || !ring || !scratches)
		return false;
	*boot_time_ns = probe->boot_time_ns;
	*data_bytes = options->data_bytes;
	*page_kb = sysconf(_SC_PAGESIZE) / 1024;
	return bpf_map__set_max_entries(ring, options->ring_bytes) == 0 &&
	       bpf_map__set_max_entries(scratches, probe->cpus) == 0;
}

static int map_ring(struct probe *probe)
{
	struct probe_ring *ring = &probe->ring;
	const struct bpf_map *map = bpf_object__find_map_by_name(probe->object, "ring");
	size_t page = sysconf(_SC_PAGESIZE);

	ring->fd = bpf_map__fd(map);
	ring->data_bytes = bpf_map__max_entries(map);
	ring->data_offset = page;
	ring->consumer_bytes = page;
	ring->producer_bytes = page + 2 * ring->data_bytes;
	ring->consumer = mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_SHARED, ring->fd, 0);
	if (ring->consumer == MAP_FAILED)
		return -errno;
	ring->producer = mmap(NULL, ring->producer_bytes, PROT_READ, MAP_SHARED, ring->fd, page);
	return ring->producer == MAP_FAILED ? -errno : 0;
}

/*
 * Puts the thread group of this process, as the kernel numbers it, where the programs look for it. The number
 * that getpid gives is that of our own pid namespace, so a program that runs on our behalf has to ask.
 */
static int exclude_self(struct probe *probe)
{
	struct bpf_program *program = bpf_object__find_program_by_name(probe->object, "identify_reader");
	LIBBPF_OPTS(bpf_test_run_opts, options);

	return bpf_prog_test_run_opts(bpf_program__fd(program), &options);
}

/*
 * All types that the programs read are the kernel's own. Those that this kernel lacks would otherwise be looked for in
 * its modules, which takes CAP_SYS_ADMIN.
 */
static struct bpf_object *open_object(const char *path)
{
	LIBBPF_OPTS(bpf_object_open_opts, options, .btf_custom_path = "/sys/kernel/btf/vmlinux");

	return bpf_object__open_file(path, &options);
}

/* The kernel gives up on a program when a signal comes: those that come while it looks at it are made to wait. */
static int load(struct bpf_object *object)
{
	sigset_t all, before;
	int code;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	code = bpf_object__load(object);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return code;
}

struct probe *probe_open(const struct probe_options *options, char error[PROBE_ERROR_BYTES])
{
	struct probe *probe = calloc(1, sizeof(*probe));
	int code;

	if (!probe) {
		snprintf(error, PROBE_ERROR_BYTES, "out of memory");
		return NULL;
	}
	probe->ring.consumer = probe->ring.producer = MAP_FAILED;
	probe->boot_time_ns = measure_boot_time();
	libbpf_set_print(keep_warning);
	warnings[0] = 0;

	code = libbpf_num_possible_cpus();
	if (code < 0) {
		describe(error, "cannot count the processors", code);
		goto failed;
	}
	probe->cpus = code;

	probe->object = open_object(options->object);
	if (!probe->object) {
		describe(error, "cannot open the kernel programs", errno);
		goto failed;
	}
	if (!set_knobs(probe, options)) {
		describe(error, "the kernel programs lack a knob of this version", EINVAL);
		goto failed;
	}
	code = load(probe->object);
	if (code) {
		describe(error, "the kernel refused the programs", code);
		goto failed;
	}
	code = map_ring(probe);
	if (code) {
		describe(error, "cannot map the ring", code);
		goto failed;
	}
	code = options->exclude_self ? exclude_self(probe) : 0;
	if (code) {
		describe(error, "cannot leave this process out", code);
		goto failed;
	}
	return probe;

failed:
	probe_close(probe);
	return NULL;
}

uint64_t probe_boot_time_ns(const struct probe *probe)
{
	return probe->boot_time_ns;
}

const struct probe_ring *probe_ring(const struct probe *probe)
{
	return &probe->ring;
}

static int map_fd(const struct probe *probe, const char *name)
{
	return bpf_object__find_map_fd_by_name(probe->object, name);
}

int probe_set_code(struct probe *probe, uint32_t number, uint16_t code)
{
	return bpf_map_update_elem(map_fd(probe, "syscall_codes"), &number, &code, BPF_ANY);
}

static int fill_place(const struct probe *probe, int handlers, uint32_t number, const char *name)
{
	struct bpf_program *program = bpf_object__find_program_by_name(probe->object, name);
	int fd;

	if (!program)
		return -ENOENT;
	fd = bpf_program__fd(program);
	return bpf_map_update_elem(handlers, &number, &fd, BPF_ANY);
}

static int empty_place(int handlers, uint32_t number)
{
	int code = bpf_map_delete_elem(handlers, &number);

	return code == -ENOENT ? 0 : code;
}

int probe_set_handler(struct probe *probe, uint32_t number, const char *name, bool compat)
{
	int handlers = map_fd(probe, compat ? "compat_handlers" : "handlers");
	uint8_t convention = compat ? WATCHED_COMPAT : WATCHED_NATIVE, conventions;
	int code = name ? fill_place(probe, handlers, number, name) : empty_place(handlers, number);

	if (!code)
		code = bpf_map_lookup_elem(map_fd(probe, "watched"), &number, &conventions);
	if (code)
		return code;
	conventions = name ? conventions | convention : conventions & ~convention;
	return bpf_map_update_elem(map_fd(probe, "watched"), &number, &conventions, BPF_ANY);
}

static int attach(struct probe *probe, const char *name)
{
	struct bpf_program *program = bpf_object__find_program_by_name(probe->object, name);
	struct bpf_link *link;

	if (!program)
		return -ENOENT;
	if (probe->hook_count == HOOKS_MAX)
		return -ENOSPC;
	link = bpf_program__attach(program);
	if (!link)
		return -errno;
	probe->hooks[probe->hook_count++] = (struct hook){ bpf_program__name(program), link };
	return 0;
}

int probe_set_hook(struct probe *probe, const char *name, bool attached)
{
	for (size_t i = 0; i < probe->hook_count; i++) {
		if (strcmp(probe->hooks[i].name, name) != 0)
			continue;
		if (!attached) {
			bpf_link__destroy(probe->hooks[i].link);
			probe->hooks[i] = probe->hooks[--probe->hook_count];
		}
		return 0;
	}
	return attached ? attach(probe, name) : 0;
}

size_t probe_drop_codes(const struct probe *probe)
{
	return bpf_map__max_entries(bpf_object__find_map_by_name(probe->object, "drops"));
}

size_t probe_drop_cpus(const struct probe *probe)
{
	return probe->cpus;
}

int probe_drops(const struct probe *probe, uint64_t *by_code, uint64_t *by_cpu)
{
	int fd = map_fd(probe, "drops"), error = 0;
	size_t codes = probe_drop_codes(probe);
	uint64_t *values = calloc(probe->cpus, sizeof(*values));

	if (!values)
		return -ENOMEM;
	memset(by_code, 0, codes * sizeof(*by_code));
	memset(by_cpu, 0, probe->cpus * sizeof(*by_cpu));
	for (uint32_t code = 0; code < codes && !error; code++) {
		error = bpf_map_lookup_elem(fd, &code, values);
		for (size_t cpu = 0; cpu < probe->cpus && !error; cpu++) {
			by_code[code] += values[cpu];
			by_cpu[cpu] += values[cpu];
		}
	}
	free(values);
	return error;
}

size_t probe_stats(const struct probe *probe, struct probe_program_stats *stats, size_t most)
{
	struct bpf_program *program;
	size_t count = 0;

	bpf_object__for_each_program(program, probe->object) {
		struct bpf_prog_info info = { 0 };
		__u32 size = sizeof(info);

		if (count == most)
			break;
		if (bpf_program__fd(program) < 0 || bpf_obj_get_info_by_fd(bpf_program__fd(program), &info, &size))
			continue;
		stats[count++] = (struct probe_program_stats){
			.name = bpf_program__name(program),
			.runs = info.run_cnt,
			.run_time_ns = info.run_time_ns,
		};
	}
	return count;
}

void probe_close(struct probe *probe)
{
	if (!probe)
		return;
	for (size_t i = 0; i < probe->hook_count; i++)
		bpf_link__destroy(probe->hooks[i].link);
	if (probe->ring.consumer != MAP_FAILED)
		munmap(probe->ring.consumer, probe->ring.consumer_bytes);
	if (probe->ring.producer != MAP_FAILED)
		munmap(probe->ring.producer, probe->ring.producer_bytes);
	bpf_object__close(probe->object);
	free(probe);
}
