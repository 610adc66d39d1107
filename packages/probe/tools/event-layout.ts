// SPDX-License-Identifier: Apache-2.0
import type { EventDefinition, ValueType } from "@falcoc/compiler/catalog";

/** Bytes of a parameter of each fixed-size type; types that are not named here have any length. */
const WIDTHS: Partial<Record<ValueType, number>> = {
  INT8: 1, UINT8: 1, FLAGS8: 1, ENUMFLAGS8: 1, SIGTYPE: 1, L4PROTO: 1, SOCKFAMILY: 1,
  INT16: 2, UINT16: 2, FLAGS16: 2, ENUMFLAGS16: 2, SYSCALLID: 2, PORT: 2,
  INT32: 4, UINT32: 4, FLAGS32: 4, ENUMFLAGS32: 4, UID: 4, GID: 4, MODE: 4, SIGSET: 4, BOOL: 4,
  INT64: 8, UINT64: 8, ERRNO: 8, FD: 8, PID: 8, RELTIME: 8, ABSTIME: 8, DOUBLE: 8,
}; // biome-ignore format: a table

/** Pseudo events that the kernel part makes besides the exits of system calls. */
const TRACEPOINT_EVENTS: ReadonlySet<string> = new Set(["switch", "procexit", "signaldeliver", "page_fault"]);

/** Events of the current schema that the kernel part can send, by ascending code. */
export function kernelEvents(events: readonly EventDefinition[]): EventDefinition[] {
  return events
    .filter((event) => !event.old && !event.unused && !event.large)
    .filter((event) =>
      TRACEPOINT_EVENTS.has(event.name)
        ? event.direction === "enter"
        : event.direction === "exit" && event.source === "syscall",
    )
    .sort((a, b) => a.code - b.code);
}

/** Text of the C header that tells the kernel part the code and the parameter widths of each event. */
export function eventLayoutHeader(events: readonly EventDefinition[]): string {
  const kernel = kernelEvents(events);
  const most = Math.max(...kernel.map((event) => event.parameters.length));
  return `/* Generated from the catalogue of events by packages/probe/tools/generate.ts; do not edit. */
/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Codes of all events, those included that only captures have, are below this number. */
#define EVENT_CODES ${Math.max(...events.map((event) => event.code)) + 1}
#define EVENT_PARAMETERS_MAX ${most}

/* Width of a parameter in bytes; 0 is any length. */
struct event_layout {
	unsigned short code;
	unsigned short parameters;
	unsigned char widths[EVENT_PARAMETERS_MAX];
};

${kernel.map(layoutOf).join("\n")}
`;
}

function layoutOf(event: EventDefinition): string {
  const widths = event.parameters.map((parameter) => WIDTHS[parameter.type] ?? 0);
  return `static const struct event_layout ${event.name}_layout = { ${event.code}, ${widths.length}, { ${widths.join(", ")} } };`;
}
