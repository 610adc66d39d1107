// SPDX-License-Identifier: Apache-2.0
import type { EventDefinition, EventFlag, EventParameter, PrintFormat, ValueType } from "../types.ts";

export const CREATES: EventFlag = "creates_fd";
export const DESTROYS: EventFlag = "destroys_fd";
export const USES: EventFlag = "uses_fd";
export const READS: EventFlag = "reads_from_fd";
export const WRITES: EventFlag = "writes_to_fd";
export const STATE: EventFlag = "modifies_state";
export const WAITS: EventFlag = "waits";
export const SKIPS: EventFlag = "skipparsereset";
export const LARGE: EventFlag = "large_payload";
export const OLD: EventFlag = "old_version";
export const MANAGED: EventFlag = "converter_managed";

type Define = (
  code: number,
  id: string,
  name: string,
  category: string,
  flags: readonly EventFlag[],
  parameters?: readonly EventParameter[],
) => EventDefinition;

/** Gives the constructor of the events that one kind of instrument produces. */
export function eventsOf(source: EventDefinition["source"]): Define {
  return (code, id, name, category, flags, parameters = []) => ({
    code,
    id,
    name,
    direction: code % 2 === 0 ? "enter" : "exit",
    category,
    source,
    flags,
    old: flags.includes(OLD),
    unused: flags.includes("unused"),
    large: flags.includes(LARGE),
    parameters,
  });
}

/** A code that no event has. */
export function unused(
  code: number,
  id: string,
  parameters: readonly EventParameter[] = [],
): EventDefinition {
  return none(code, id, "NA", "unknown", ["unused"], parameters);
}

const none = eventsOf("none");

export const i16 = plain("INT16", "DEC");
export const i32 = plain("INT32", "DEC");
export const i64 = plain("INT64", "DEC");
export const u8 = plain("UINT8", "DEC");
export const u16 = plain("UINT16", "DEC");
export const u32 = plain("UINT32", "DEC");
export const u64 = plain("UINT64", "DEC");
export const errno = plain("ERRNO", "DEC");
export const fd = plain("FD", "DEC");
export const fd32 = plain("FD32", "DEC");
export const pid = plain("PID", "DEC");
export const pid32 = plain("PID32", "DEC");
export const uid = plain("UID", "DEC");
export const gid = plain("GID", "DEC");
export const abstime = plain("ABSTIME", "DEC");
export const reltime = plain("RELTIME", "DEC");
export const signal = plain("SIGTYPE", "DEC");
export const signals = plain("SIGSET", "DEC");
export const syscallId = plain("SYSCALLID", "DEC");
export const port = plain("PORT", "HEX");
export const ip4 = plain("IPV4ADDR", "HEX");
export const ip6 = plain("IPV6ADDR", "HEX");
export const fdlist = plain("FDLIST", "DEC");
export const text = plain("CHARBUF", "NA");
export const texts = plain("CHARBUFARRAY", "NA");
export const pairs = plain("CHARBUF_PAIR_ARRAY", "NA");
export const bytes = plain("BYTEBUF", "NA");
export const path = plain("FSPATH", "NA");
export const address = plain("SOCKADDR", "NA");
export const tuple = plain("SOCKTUPLE", "NA");
export const flags8 = tabled("FLAGS8", "DEC");
export const flags16 = tabled("FLAGS16", "HEX");
export const flags32 = tabled("FLAGS32", "HEX");
export const enum8 = tabled("ENUMFLAGS8", "DEC");
export const enum16 = tabled("ENUMFLAGS16", "DEC");
export const enum32 = tabled("ENUMFLAGS32", "DEC");
export const mode = tabled("MODE", "OCT");
/** Its first byte chooses the alternative of the table. */
export const dynamic = tabled("DYN", "DEC");

/** A path that a relative one is joined to is that of the descriptor in another parameter. */
export function pathAt(name: string, directoryParameter: number): EventParameter {
  return { name, type: "FSRELPATH", print: "NA", table: null, directoryParameter };
}

function plain(type: ValueType, usual: PrintFormat): (name: string, print?: PrintFormat) => EventParameter {
  return (name, print = usual) => ({ name, type, print, table: null, directoryParameter: null });
}

function tabled(
  type: ValueType,
  usual: PrintFormat,
): (name: string, table: string, print?: PrintFormat) => EventParameter {
  return (name, table, print = usual) => ({ name, type, print, table, directoryParameter: null });
}
