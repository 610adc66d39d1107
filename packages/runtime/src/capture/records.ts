// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/compiler/program";
import type { Integer } from "./integers.ts";

/** The machine a capture was taken on. */
export interface MachineInfo {
  readonly cpus: number;
  readonly memoryBytes: Integer;
  readonly maxPid: Integer;
  readonly hostname: ByteString;
  /** Nanoseconds since 1970. */
  readonly bootTimeNs: Integer;
  readonly flags: Integer;
}

/** One address of a network interface. */
export interface InterfaceEntry {
  readonly family: 4 | 6;
  readonly name: ByteString;
  /** Each 4 or 16 bytes in network order. */
  readonly address: ByteString;
  readonly netmask: ByteString;
  readonly broadcast: ByteString;
  /** Bits a second; null in lists that do not carry it. */
  readonly linkSpeed: Integer | null;
}

export interface UserEntry {
  readonly kind: "user";
  readonly uid: number;
  readonly gid: number;
  readonly name: ByteString;
  readonly home: ByteString;
  readonly shell: ByteString;
}

export interface GroupEntry {
  readonly kind: "group";
  readonly gid: number;
  readonly name: ByteString;
}

/** A thread as it was when recording began. What an older list lacks has the values of `UNKNOWN_PROCESS`. */
export interface ProcessEntry {
  readonly tid: number;
  readonly pid: number;
  readonly ptid: number;
  readonly sid: number;
  readonly vpgid: number;
  readonly pgid: number;
  readonly vtid: number;
  readonly vpid: number;
  readonly comm: ByteString;
  readonly exe: ByteString;
  readonly exepath: ByteString;
  /** Strings, each ended by NUL. */
  readonly args: ByteString;
  readonly cwd: ByteString;
  readonly fdlimit: Integer;
  readonly flags: number;
  readonly uid: number;
  readonly gid: number;
  readonly vmSizeKb: number;
  readonly vmRssKb: number;
  readonly vmSwapKb: number;
  readonly pageFaultsMajor: Integer;
  readonly pageFaultsMinor: Integer;
  /** Strings, each ended by NUL. */
  readonly env: ByteString;
  /** `name=path` strings, each ended by NUL. */
  readonly cgroups: ByteString;
  readonly root: ByteString;
  /** Nanoseconds since 1970. */
  readonly pidNamespaceStartNs: Integer;
  readonly tty: number;
  /** 2^32 - 1: unset. */
  readonly loginuid: number;
  readonly exeWritable: boolean;
  readonly capInheritable: Integer;
  readonly capPermitted: Integer;
  readonly capEffective: Integer;
  readonly exeUpperLayer: boolean;
  readonly exeIno: Integer;
  readonly exeInoCtimeNs: Integer;
  readonly exeInoMtimeNs: Integer;
  readonly exeFromMemfd: boolean;
  readonly exeLowerLayer: boolean;
  /** Nanoseconds since 1970; not known where it is missing, as it is in every capture. */
  readonly cloneTimeNs?: Integer;
}

/** Values of what a process list does not tell. */
export const UNKNOWN_PROCESS: ProcessEntry = {
  tid: 0,
  pid: 0,
  ptid: 0,
  sid: -1,
  vpgid: -1,
  pgid: -1,
  vtid: -1,
  vpid: -1,
  comm: "",
  exe: "",
  exepath: "",
  args: "",
  cwd: "",
  fdlimit: 0,
  flags: 0,
  uid: 0,
  gid: 0,
  vmSizeKb: 0,
  vmRssKb: 0,
  vmSwapKb: 0,
  pageFaultsMajor: 0,
  pageFaultsMinor: 0,
  env: "",
  cgroups: "",
  root: "",
  pidNamespaceStartNs: 0,
  tty: 0,
  loginuid: 0xffffffff,
  exeWritable: false,
  capInheritable: 0,
  capPermitted: 0,
  capEffective: 0,
  exeUpperLayer: false,
  exeIno: 0,
  exeInoCtimeNs: 0,
  exeInoMtimeNs: 0,
  exeFromMemfd: false,
  exeLowerLayer: false,
};

/** What a descriptor refers to, in the numbering of captures. */
export const FD_TYPE = {
  unknown: 0,
  file: 1,
  directory: 2,
  ipv4: 3,
  ipv6: 4,
  ipv4Listening: 5,
  ipv6Listening: 6,
  fifo: 7,
  unix: 8,
  event: 9,
  unsupported: 10,
  signalfd: 11,
  eventpoll: 12,
  inotify: 13,
  timerfd: 14,
  netlink: 15,
  fileV2: 16,
  bpf: 17,
  userfaultfd: 18,
  ioUring: 19,
  memfd: 20,
  pidfd: 21,
} as const;

export type FdType = (typeof FD_TYPE)[keyof typeof FD_TYPE];

/** A descriptor as it was when recording began. */
export interface FdEntry {
  readonly fd: number;
  readonly ino: Integer;
  readonly body: FdBody;
}

export type FdBody =
  | {
      readonly kind: "socket";
      readonly type: typeof FD_TYPE.ipv4 | typeof FD_TYPE.ipv6;
      /** 4 or 16 bytes in network order. */
      readonly sourceAddress: ByteString;
      readonly destinationAddress: ByteString;
      readonly sourcePort: number;
      readonly destinationPort: number;
      readonly protocol: number;
    }
  | {
      readonly kind: "listening";
      readonly type: typeof FD_TYPE.ipv4Listening | typeof FD_TYPE.ipv6Listening;
      readonly address: ByteString;
      readonly port: number;
      readonly protocol: number;
    }
  | {
      readonly kind: "unix";
      readonly type: typeof FD_TYPE.unix;
      readonly source: Integer;
      readonly destination: Integer;
      readonly name: ByteString;
    }
  | {
      readonly kind: "file";
      readonly type: typeof FD_TYPE.fileV2;
      readonly flags: number;
      readonly name: ByteString;
      /** null where the entry ends before it. */
      readonly device: number | null;
    }
  | {
      readonly kind: "named";
      readonly type: Exclude<FdType, 0 | 3 | 4 | 5 | 6 | 8 | 16>;
      readonly name: ByteString;
    };

/** Receives what a capture holds, in the order of the file. Nothing passed in may be kept but the plain records. */
export interface CaptureSink {
  /** A capture begins; what earlier captures in the same file said of the machine no longer holds. */
  section(): void;
  machine(info: MachineInfo): void;
  interfaces(list: readonly InterfaceEntry[]): void;
  users(list: readonly (UserEntry | GroupEntry)[]): void;
  process(entry: ProcessEntry): void;
  fds(tid: number, list: readonly FdEntry[]): void;
  /** The first event follows. */
  metadataEnd(): void;
  event(record: EventRecord): void;
}

const nothing = (): void => {};

/** Takes no notice of anything: to be spread by those for whom only some of a capture matters. */
export const IDLE_SINK: CaptureSink = {
  section: nothing,
  machine: nothing,
  interfaces: nothing,
  users: nothing,
  process: nothing,
  fds: nothing,
  metadataEnd: nothing,
  event: nothing,
};

/** More parameters than any event of the table has. */
export const PARAMETERS_MAX = 64;

/**
 * One event in place in the bytes of a capture or of a ring buffer. One object is used for all events of a source;
 * the bytes may be overwritten as soon as the event has been processed.
 */
export interface EventRecord {
  readonly bytes: Buffer;
  readonly view: DataView;
  /** Offset of the 8 bytes of the time; the thread id follows. */
  readonly at: number;
  readonly code: number;
  readonly cpu: number;
  /** Bits of flagged event blocks: 1 state only, 4 large. */
  readonly flags: number;
  /** Number of parameters in the record, which may be more or fewer than the event table declares. */
  readonly count: number;
  /** Offset of the array of lengths. */
  readonly lengthsAt: number;
  /** Bytes of one length: 2, or 4 for large events. */
  readonly lengthBytes: 2 | 4;
  /** Offset of the first parameter. */
  readonly dataAt: number;
  /**
   * Offset of each of the first `PARAMETERS_MAX` parameters, and after the last one where it ends. Missing: whoever
   * made the record did not have to add up the lengths.
   */
  readonly starts?: Int32Array;
  /** Offset after the record. */
  readonly end: number;
}
