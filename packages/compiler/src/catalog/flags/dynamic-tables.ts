// SPDX-License-Identifier: Apache-2.0
import type { DynamicAlternative } from "../types.ts";

/** Types that a DYN parameter can have; its first byte is the index of one. */
// biome-ignore format: a table
export const DYNAMIC_TABLES = {
  sockopt_dynamic_param: [{ type: "BYTEBUF", print: "HEX" }, { type: "ERRNO", print: "DEC" }, { type: "UINT32", print: "DEC" }, { type: "UINT64", print: "DEC" }, { type: "RELTIME", print: "DEC" }],
  ptrace_dynamic_param: [{ type: "UINT64", print: "HEX" }, { type: "SIGTYPE", print: "DEC" }],
  bpf_dynamic_param: [{ type: "FD", print: "DEC" }, { type: "ERRNO", print: "DEC" }],
  keyctl_dynamic_param: [{ type: "INT64", print: "DEC" }, { type: "CHARBUF", print: "NA" }],
} satisfies Record<string, readonly DynamicAlternative[]>;
