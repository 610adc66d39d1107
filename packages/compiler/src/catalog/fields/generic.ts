// SPDX-License-Identifier: Apache-2.0
import { fieldsOf, print } from "./define.ts";

const field = fieldsOf("evt-generic", "native", ["*"]);

/** Fields that events of every source have. */
// biome-ignore format: a table
export const GENERIC_FIELDS = [
  field("evt.num", "UINT64", "Number of the event, counted from 1.", print("ID")),
  field("evt.time", "CHARBUF", "Time of day in local time, with nanoseconds."),
  field("evt.time.s", "CHARBUF", "Time of day in local time, to the second."),
  field("evt.time.iso8601", "CHARBUF", "Date and time in UTC as ISO 8601, with nanoseconds."),
  field("evt.datetime", "CHARBUF", "Date and time of day in local time, with nanoseconds."),
  field("evt.datetime.s", "CHARBUF", "Date and time of day in local time, to the second."),
  field("evt.rawtime", "ABSTIME", "Time of the event in ns since 1970."),
  field("evt.rawtime.s", "ABSTIME", "Time of the event in whole seconds since 1970."),
  field("evt.rawtime.ns", "ABSTIME", "Nanoseconds of the event's time after the last whole second.", print("10_PADDED_DEC")),
  field("evt.reltime", "RELTIME", "Time since the first event, in ns.", print("10_PADDED_DEC")),
  field("evt.reltime.s", "RELTIME", "Time since the first event, in whole seconds."),
  field("evt.reltime.ns", "RELTIME", "Nanoseconds of the time since the first event, after the last whole second.", print("10_PADDED_DEC")),
  field("evt.pluginname", "CHARBUF", "Plugin that made the event; missing for events of the kernel."),
  field("evt.plugininfo", "CHARBUF", "One-line summary of the event by the plugin that made it; missing for events of the kernel."),
  field("evt.source", "CHARBUF", "Source that the event came from, such as syscall."),
  field("evt.is_async", "BOOL", "True for events that something other than the event stream itself injected."),
  field("evt.asynctype", "CHARBUF", "Kind of an injected event; missing for others."),
  field("evt.hostname", "CHARBUF", "Name of the host where the event happened."),
];
