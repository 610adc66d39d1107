// SPDX-License-Identifier: Apache-2.0
import { fieldsOf, print } from "./define.ts";

const util = fieldsOf("util", "native", ["syscall"]);
const field = fieldsOf("fdlist", "native", ["syscall"]);

// biome-ignore format: a table
export const UTIL_FIELDS = [
  util("util.cnt", "UINT64", "Number of times that this field was asked for.", print("ID")),
];

/** Descriptors that poll and ppoll wait for, as texts separated by commas; missing for other events. */
// biome-ignore format: a table
export const FDLIST_FIELDS = [
  field("fdlist.nums", "CHARBUF", "Numbers of the polled descriptors.", print("ID")),
  field("fdlist.names", "CHARBUF", "fd.name of each polled descriptor."),
  field("fdlist.cips", "CHARBUF", "fd.cip of each polled descriptor."),
  field("fdlist.sips", "CHARBUF", "fd.sip of each polled descriptor."),
  field("fdlist.cports", "CHARBUF", "fd.cport of each polled descriptor.", print("DEC")),
  field("fdlist.sports", "CHARBUF", "fd.sport of each polled descriptor.", print("DEC")),
];
