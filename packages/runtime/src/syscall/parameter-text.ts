// SPDX-License-Identifier: Apache-2.0
import {
  ERRNO_NAMES,
  eventNameOfSyscall,
  flagTable,
  type PrintFormat,
  SIGNAL_NAMES,
  SYSCALLS,
  syscallOfCode,
  UNKNOWN_SYSCALL_CODE,
  type ValueType,
} from "@falcoc/compiler/catalog";
import { type ByteString, printInteger } from "@falcoc/compiler/program";
import type { Integer } from "../capture/integers.ts";
import { addressText } from "../output/address-text.ts";
import { localDateTime } from "../output/time-text.ts";
import { descriptorText } from "../state/descriptor-text.ts";
import { normalisePath } from "../state/path.ts";
import {
  readSocketAddress,
  readSocketTuple,
  socketAddressText,
  socketTupleText,
} from "../state/socket-address.ts";
import { CURRENT_DIRECTORY } from "../state/state-engine.ts";
import { UNKNOWN_ID, UNKNOWN_NAME } from "../state/thread.ts";
import { fdListText } from "./fd-list-text.ts";
import { flagNames } from "./flag-names.ts";
import { PARAMETER_BYTES } from "./parameter-size.ts";
import { integerOf, type ParameterSlice, sliceOf } from "./parameter-value.ts";
import type { SyscallEvent } from "./syscall-event.ts";

/** Types of which an absent value shows as `NULL`. */
const NULL_TYPES: ReadonlySet<ValueType> = new Set([
  "BYTEBUF",
  "SOCKTUPLE",
  "FDLIST",
  "CHARBUFARRAY",
  "CHARBUF_PAIR_ARRAY",
  "DYN",
]);
const UNKNOWN_SYSCALL = SYSCALLS[UNKNOWN_SYSCALL_CODE]?.name ?? "";
const NO_TIME = 0xffff_ffff_ffff_ffffn;
const SIGNAL_SET_BITS = 32;
const UNPRINTABLE = /[^\u0020-\u007e]/g;

/** All parameters as `name=text` or `name=text(meaning)`, separated by blanks. */
export function parametersText(event: SyscallEvent): ByteString {
  const texts: ByteString[] = [];
  for (let i = 0; i < event.count; i++) {
    const meaning = parameterMeaning(event, i);
    const text = `${event.definition.parameters[i]?.name}=${parameterText(event, i)}`;
    texts.push(meaning === "" ? text : `${text}(${meaning})`);
  }
  return texts.join(" ");
}

/** A parameter as it is: numbers by their format, texts, addresses. */
export function parameterText(event: SyscallEvent, index: number): ByteString {
  const slice = sliceOf(event, index);
  const declared = event.definition.parameters[index]?.type ?? "BYTEBUF";
  if (slice === null) return NULL_TYPES.has(declared) ? "NULL" : UNKNOWN_NAME;
  switch (slice.type) {
    case "CHARBUF":
    case "FSPATH":
    case "FSRELPATH":
      return declared === "DYN" ? nulEnded(event, slice) : (event.text(index) ?? UNKNOWN_NAME);
    case "BYTEBUF":
      return bytesOf(event, slice).replace(UNPRINTABLE, ".");
    case "SOCKADDR":
      return socketText(event, index);
    case "SOCKTUPLE": {
      const tuple = readSocketTuple(event, index);
      return tuple === null ? familyText(event, slice) : socketTupleText(tuple);
    }
    case "FDLIST":
      return fdListText(event, slice);
    case "IPV4ADDR":
    case "IPV6ADDR":
    case "IPADDR":
      return addressText(bytesOf(event, slice)) ?? UNKNOWN_NAME;
    default: {
      const value = integerOf(event, slice);
      return value === null ? UNKNOWN_NAME : numberText(value, slice.type, slice.parameter.print);
    }
  }
}

/** What a parameter stands for: names of numbers, the whole path of a relative one. Empty: nothing more is known. */
export function parameterMeaning(event: SyscallEvent, index: number): ByteString {
  const slice = sliceOf(event, index);
  if (slice === null) return "";
  if (slice.type === "FSPATH" || slice.type === "FSRELPATH") return absolutePath(event, index);
  const value = PARAMETER_BYTES[slice.type] === undefined ? null : integerOf(event, slice);
  return value === null ? "" : numberMeaning(event, slice, value);
}

function numberText(value: Integer, type: ValueType, print: PrintFormat): ByteString {
  switch (type) {
    case "FLAGS8":
    case "FLAGS16":
    case "FLAGS32":
    case "ENUMFLAGS8":
    case "ENUMFLAGS16":
    case "ENUMFLAGS32":
    case "SIGTYPE":
    case "SYSCALLID":
      return String(value);
    case "UID":
    case "GID":
      return value === UNKNOWN_ID ? "-1" : String(value);
    case "SIGSET":
      return signalSetText(Number(value));
    case "RELTIME":
      return value === NO_TIME ? "none" : String(value);
    case "ABSTIME":
      return localDateTime(BigInt(value), true);
    case "ERRNO":
      return String(value);
    default:
      return formatted(value, print);
  }
}

function formatted(value: Integer, print: PrintFormat): ByteString {
  switch (print) {
    case "HEX":
    case "10_PADDED_DEC":
      return printInteger(value, print);
    case "OCT":
      return value === 0 ? "0" : `0${printInteger(value, print)}`;
    default:
      // Numbers of 64 bits are written as signed ones.
      return String(BigInt.asIntN(64, BigInt(value)));
  }
}

function numberMeaning(event: SyscallEvent, { type, parameter }: ParameterSlice, value: Integer): ByteString {
  switch (type) {
    case "FD":
      return descriptorMeaning(event, Number(value));
    case "ERRNO":
      return value < 0 ? (ERRNO_NAMES[-Number(value)] ?? "") : "";
    case "PID":
      return event.state.threads.find(Number(value))?.comm ?? "";
    case "SIGTYPE":
      return SIGNAL_NAMES[Number(value)] ?? "";
    case "SYSCALLID": {
      const syscall = syscallOfCode(Number(value));
      return syscall === null ? UNKNOWN_SYSCALL : eventNameOfSyscall(syscall);
    }
    case "RELTIME":
      return value === NO_TIME ? "" : `${general(Number(value) / 1e9)}s`;
    case "UID":
      return userName(event, Number(value));
    case "GID":
      return groupName(event, Number(value));
    default: {
      const table = parameter.table === null ? null : flagTable(parameter.table);
      return table === null ? "" : flagNames(table, value);
    }
  }
}

function descriptorMeaning(event: SyscallEvent, fd: number): ByteString {
  if (fd >= 0) {
    const info = event.thread?.fds?.get(fd) ?? null;
    return info === null ? "" : descriptorText(info);
  }
  return fd === CURRENT_DIRECTORY ? "AT_FDCWD" : (ERRNO_NAMES[-fd] ?? "");
}

function absolutePath(event: SyscallEvent, index: number): ByteString {
  const path = event.text(index);
  const thread = event.thread;
  if (path === null || path.startsWith("/") || thread === null) return "";
  const directoryParameter = event.definition.parameters[index]?.directoryParameter ?? null;
  if (directoryParameter === null) return normalisePath(thread.directory, path);
  const fd = event.id(directoryParameter, -1);
  if (fd === CURRENT_DIRECTORY) return normalisePath(thread.directory, path);
  const name = thread.fds?.get(fd)?.name ?? "";
  return normalisePath(name === "" || name.endsWith("/") ? name : `${name}/`, path);
}

function userName(event: SyscallEvent, uid: number): ByteString {
  if (uid === UNKNOWN_ID) return "<NONE>";
  return event.state.users.listedUser(event.thread?.containerId ?? "", uid)?.name ?? UNKNOWN_NAME;
}

function groupName(event: SyscallEvent, gid: number): ByteString {
  if (gid === UNKNOWN_ID) return "<NONE>";
  return event.state.users.listedGroup(event.thread?.containerId ?? "", gid)?.name ?? UNKNOWN_NAME;
}

function signalSetText(set: number): ByteString {
  const names: string[] = [];
  for (let bit = 0; bit < SIGNAL_SET_BITS; bit++) {
    const name = SIGNAL_NAMES[bit + 1];
    if (((set >>> bit) & 1) === 1 && name !== undefined) names.push(name);
  }
  return names.join(" ");
}

function socketText(event: SyscallEvent, index: number): ByteString {
  const address = readSocketAddress(event, index);
  if (address !== null) return socketAddressText(address);
  return `family ${event.bytes[event.start(index)]}`;
}

function familyText(event: SyscallEvent, slice: ParameterSlice): ByteString {
  return `family ${event.bytes[slice.start]}`;
}

function bytesOf(event: SyscallEvent, { start, size }: ParameterSlice): ByteString {
  return event.bytes.toString("latin1", start, start + size);
}

function nulEnded(event: SyscallEvent, slice: ParameterSlice): ByteString {
  const text = bytesOf(event, slice);
  const end = text.indexOf("\0");
  return end < 0 ? text : text.slice(0, end);
}

/** A number with at most six digits, as C's `%g` writes it. */
function general(value: number): string {
  if (value === 0) return "0";
  const exponent = Number(value.toExponential(5).split("e")[1]);
  if (exponent < -4 || exponent >= 6) {
    const [digits = "", power = ""] = value.toExponential(5).split("e");
    const sign = power.startsWith("-") ? "-" : "+";
    return `${digits.replace(/\.?0+$/, "")}e${sign}${power.slice(1).padStart(2, "0")}`;
  }
  return value
    .toPrecision(6)
    .replace(/(\.\d*?)0+$/, "$1")
    .replace(/\.$/, "");
}
