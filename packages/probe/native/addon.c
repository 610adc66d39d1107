// SPDX-License-Identifier: Apache-2.0
/* Makes the loader and the wait thread callable from JavaScript; src/binding.ts has the types and meanings. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAPI_VERSION 8
#include <node_api.h>

#include "loader.h"
#include "ring_wait.h"

#define ARGUMENTS_MAX 4
#define NAME_BYTES 64
#define PATH_BYTES 4096
#define STATS_MAX 512

struct handle {
	struct probe *probe;
	struct ring_wait *wait;
	napi_threadsafe_function ready;
	/* The mapped buffers, kept so that closing can detach them before they are unmapped. */
	napi_ref consumer;
	napi_ref producer;
};

struct call {
	napi_env env;
	napi_value arguments[ARGUMENTS_MAX];
};

static struct call unwrap(napi_env env, napi_callback_info info)
{
	struct call call = { .env = env };
	size_t count = ARGUMENTS_MAX;

	napi_get_cb_info(env, info, &count, call.arguments, NULL, NULL);
	return call;
}

static napi_value fail(napi_env env, const char *message)
{
	napi_throw_error(env, NULL, message);
	return NULL;
}

/* The handle of an open probe in the first argument; null, with an exception, when it was closed. */
static struct handle *open_handle(const struct call *call)
{
	struct handle *handle = NULL;

	if (napi_get_value_external(call->env, call->arguments[0], (void **)&handle) != napi_ok || !handle ||
	    !handle->probe) {
		fail(call->env, "the probe is closed");
		return NULL;
	}
	return handle;
}

static double number_of(napi_env env, napi_value object, const char *key)
{
	napi_value value;
	double number = 0;

	if (napi_get_named_property(env, object, key, &value) == napi_ok)
		napi_get_value_double(env, value, &number);
	return number;
}

static void set_number(napi_env env, napi_value object, const char *key, double number)
{
	napi_value value;

	napi_create_double(env, number, &value);
	napi_set_named_property(env, object, key, value);
}

static void stop_waiting(struct handle *handle)
{
	ring_wait_stop(handle->wait);
	handle->wait = NULL;
	if (handle->ready)
		napi_release_threadsafe_function(handle->ready, napi_tsfn_abort);
	handle->ready = NULL;
}

static void detach(napi_env env, napi_ref *reference)
{
	napi_value buffer;

	if (!*reference)
		return;
	if (napi_get_reference_value(env, *reference, &buffer) == napi_ok && buffer)
		napi_detach_arraybuffer(env, buffer);
	napi_delete_reference(env, *reference);
	*reference = NULL;
}

static void close_handle(napi_env env, struct handle *handle)
{
	stop_waiting(handle);
	detach(env, &handle->consumer);
	detach(env, &handle->producer);
	probe_close(handle->probe);
	handle->probe = NULL;
}

static void finalize_handle(napi_env env, void *data, void *hint)
{
	(void)hint;
	close_handle(env, data);
	free(data);
}

static napi_value map_buffer(napi_env env, void *bytes, size_t length, napi_ref *reference)
{
	napi_value buffer = NULL;

	if (napi_create_external_arraybuffer(env, bytes, length, NULL, NULL, &buffer) == napi_ok)
		napi_create_reference(env, buffer, 1, reference);
	return buffer;
}

static napi_value describe_handle(napi_env env, struct handle *handle)
{
	const struct probe_ring *ring = probe_ring(handle->probe);
	napi_value result, value;

	napi_create_object(env, &result);
	napi_create_external(env, handle, finalize_handle, NULL, &value);
	napi_set_named_property(env, result, "handle", value);
	value = map_buffer(env, ring->consumer, ring->consumer_bytes, &handle->consumer);
	if (!value)
		return fail(env, "this Node.js cannot map memory into JavaScript");
	napi_set_named_property(env, result, "consumer", value);
	value = map_buffer(env, ring->producer, ring->producer_bytes, &handle->producer);
	if (!value)
		return fail(env, "this Node.js cannot map memory into JavaScript");
	napi_set_named_property(env, result, "producer", value);
	napi_create_bigint_uint64(env, probe_boot_time_ns(handle->probe), &value);
	napi_set_named_property(env, result, "bootTimeNs", value);
	set_number(env, result, "dataOffset", ring->data_offset);
	set_number(env, result, "dataBytes", ring->data_bytes);
	return result;
}

/* open(options) */
static napi_value call_open(napi_env env, napi_callback_info info)
{
	struct call call = unwrap(env, info);
	char path[PATH_BYTES], error[PROBE_ERROR_BYTES];
	struct probe_options options = { .object = path };
	struct handle *handle;
	napi_value value;

	napi_get_named_property(env, call.arguments[0], "object", &value);
	if (napi_get_value_string_utf8(env, value, path, sizeof(path), NULL) != napi_ok)
		return fail(env, "no path of the kernel programs");
	napi_get_named_property(env, call.arguments[0], "excludeSelf", &value);
	napi_get_value_bool(env, value, &options.exclude_self);
	options.ring_bytes = number_of(env, call.arguments[0], "ringBytes");
	options.data_bytes = number_of(env, call.arguments[0], "dataBytes");

	handle = calloc(1, sizeof(*handle));
	if (!handle)
		return fail(env, "out of memory");
	handle->probe = probe_open(&options, error);
	if (!handle->probe) {
		free(handle);
		return fail(env, error);
	}
	return describe_handle(env, handle);
}

/* setCodes(handle, codes): codes[i] is the schema's code of native number i */
static napi_value call_set_codes(napi_env env, napi_callback_info info)
{
	struct call call = unwrap(env, info);
	struct handle *handle = open_handle(&call);
	size_t count = 0;
	uint16_t *codes;

	if (!handle)
		return NULL;
	napi_get_typedarray_info(env, call.arguments[1], NULL, &count, (void **)&codes, NULL, NULL);
	for (size_t number = 0; number < count; number++)
		if (probe_set_code(handle->probe, number, codes[number]))
			return fail(env, "cannot write the table of system calls");
	return NULL;
}

/* setHandler(handle, number, name | null, isCompat) */
static napi_value call_set_handler(napi_env env, napi_callback_info info)
{
	struct call call = unwrap(env, info);
	struct handle *handle = open_handle(&call);
	char name[NAME_BYTES], error[PROBE_ERROR_BYTES];
	bool named, is_compat = false;
	uint32_t number = 0;
	int code;

	if (!handle)
		return NULL;
	napi_get_value_uint32(env, call.arguments[1], &number);
	named = napi_get_value_string_utf8(env, call.arguments[2], name, sizeof(name), NULL) == napi_ok;
	napi_get_value_bool(env, call.arguments[3], &is_compat);
	code = probe_set_handler(handle->probe, number, named ? name : NULL, is_compat);
	if (code == 0)
		return NULL;
	snprintf(error, sizeof(error), "cannot set program \"%s\" for system call %u: %s", named ? name : "", number,
		 strerror(-code));
	return fail(env, error);
}

/* setHook(handle, name, attached) */
static napi_value call_set_hook(napi_env env, napi_callback_info info)
{
	struct call call = unwrap(env, info);
	struct handle *handle = open_handle(&call);
	char name[NAME_BYTES] = "", error[PROBE_ERROR_BYTES];
	bool attached = false;
	int code;

	if (!handle)
		return NULL;
	napi_get_value_string_utf8(env, call.arguments[1], name, sizeof(name), NULL);
	napi_get_value_bool(env, call.arguments[2], &attached);
	code = probe_set_hook(handle->probe, name, attached);
	if (code == 0)
		return NULL;
	snprintf(error, sizeof(error), "cannot attach program \"%s\": %s", name, strerror(-code));
	return fail(env, error);
}

static void on_ready(void *context)
{
	struct handle *handle = context;

	napi_call_threadsafe_function(handle->ready, NULL, napi_tsfn_nonblocking);
}

/* wait(handle, callback) */
static napi_value call_wait(napi_env env, napi_callback_info info)
{
	struct call call = unwrap(env, info);
	struct handle *handle = open_handle(&call);
	napi_value name;

	if (!handle || handle->wait)
		return NULL;
	napi_create_string_utf8(env, "falcoc ring", NAPI_AUTO_LENGTH, &name);
	if (napi_create_threadsafe_function(env, call.arguments[1], NULL, name, 1, 1, NULL, NULL, NULL, NULL,
					    &handle->ready) != napi_ok)
		return fail(env, "the callback of wait is not a function");
	handle->wait = ring_wait_start(probe_ring(handle->probe)->fd, on_ready, handle);
	if (!handle->wait) {
		stop_waiting(handle);
		return fail(env, "cannot start the thread that waits for records");
	}
	return NULL;
}

/* waitAgain(handle) */
static napi_value call_wait_again(napi_env env, napi_callback_info info)
{
	struct call call = unwrap(env, info);
	struct handle *handle = open_handle(&call);

	if (handle && handle->wait)
		ring_wait_again(handle->wait);
	return NULL;
}

static napi_value make_counters(napi_env env, napi_value object, const char *key, size_t count, uint64_t **counters)
{
	napi_value buffer, array;

	if (napi_create_arraybuffer(env, count * sizeof(**counters), (void **)counters, &buffer) != napi_ok)
		return NULL;
	napi_create_typedarray(env, napi_biguint64_array, count, buffer, 0, &array);
	napi_set_named_property(env, object, key, array);
	return array;
}

/* drops(handle): { byCode, byCpu }, two BigUint64Arrays */
static napi_value call_drops(napi_env env, napi_callback_info info)
{
	struct call call = unwrap(env, info);
	struct handle *handle = open_handle(&call);
	uint64_t *by_code, *by_cpu;
	napi_value result;

	if (!handle)
		return NULL;
	napi_create_object(env, &result);
	if (!make_counters(env, result, "byCode", probe_drop_codes(handle->probe), &by_code) ||
	    !make_counters(env, result, "byCpu", probe_drop_cpus(handle->probe), &by_cpu))
		return fail(env, "out of memory");
	if (probe_drops(handle->probe, by_code, by_cpu))
		return fail(env, "cannot read the drop counters");
	return result;
}

/* stats(handle): [{ name, runs, runTimeNs }] */
static napi_value call_stats(napi_env env, napi_callback_info info)
{
	struct call call = unwrap(env, info);
	struct handle *handle = open_handle(&call);
	struct probe_program_stats stats[STATS_MAX];
	napi_value result, entry, name;
	size_t count;

	if (!handle)
		return NULL;
	count = probe_stats(handle->probe, stats, STATS_MAX);
	napi_create_array_with_length(env, count, &result);
	for (size_t i = 0; i < count; i++) {
		napi_create_object(env, &entry);
		napi_create_string_utf8(env, stats[i].name, NAPI_AUTO_LENGTH, &name);
		napi_set_named_property(env, entry, "name", name);
		set_number(env, entry, "runs", stats[i].runs);
		set_number(env, entry, "runTimeNs", stats[i].run_time_ns);
		napi_set_element(env, result, i, entry);
	}
	return result;
}

/* close(handle) */
static napi_value call_close(napi_env env, napi_callback_info info)
{
	struct call call = unwrap(env, info);
	struct handle *handle = NULL;

	if (napi_get_value_external(env, call.arguments[0], (void **)&handle) == napi_ok && handle)
		close_handle(env, handle);
	return NULL;
}

NAPI_MODULE_INIT()
{
	const napi_property_descriptor functions[] = {
		{ "open", NULL, call_open, NULL, NULL, NULL, napi_enumerable, NULL },
		{ "setCodes", NULL, call_set_codes, NULL, NULL, NULL, napi_enumerable, NULL },
		{ "setHandler", NULL, call_set_handler, NULL, NULL, NULL, napi_enumerable, NULL },
		{ "setHook", NULL, call_set_hook, NULL, NULL, NULL, napi_enumerable, NULL },
		{ "wait", NULL, call_wait, NULL, NULL, NULL, napi_enumerable, NULL },
		{ "waitAgain", NULL, call_wait_again, NULL, NULL, NULL, napi_enumerable, NULL },
		{ "drops", NULL, call_drops, NULL, NULL, NULL, napi_enumerable, NULL },
		{ "stats", NULL, call_stats, NULL, NULL, NULL, napi_enumerable, NULL },
		{ "close", NULL, call_close, NULL, NULL, NULL, napi_enumerable, NULL },
	};

	napi_define_properties(env, exports, sizeof(functions) / sizeof(functions[0]), functions);
	return exports;
}
