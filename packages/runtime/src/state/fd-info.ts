// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/compiler/program";
import type { Integer } from "../capture/integers.ts";
import { FD_TYPE, type FdType } from "../capture/records.ts";
import { addressText } from "../output/address-text.ts";
import { endpointText } from "./address.ts";

/** Which side of a connection the owner of a socket is. The source is always the client. */
export const ROLE = { none: 0, client: 1, server: 2 } as const;
export type Role = (typeof ROLE)[keyof typeof ROLE];

/** Transport protocols, in the numbering of captures. */
export const PROTOCOL = { unknown: 0, notApplicable: 1, tcp: 2, udp: 3, icmp: 4, raw: 5 } as const;

// V8 compiles constants of the same file that are not exported into the code.
const { directory, file, fileV2, ipv4, ipv4Listening, ipv6, ipv6Listening, unix } = FD_TYPE;
const NO_ROLE: Role = ROLE.none;
const UNKNOWN_PROTOCOL: number = PROTOCOL.unknown;

/** Both ends of a connection, addresses of 4 or 16 bytes. */
export interface Ends {
  readonly sourceAddress: ByteString;
  readonly sourcePort: number;
  readonly destinationAddress: ByteString;
  readonly destinationPort: number;
}

/** What an open descriptor refers to. */
export class FdInfo {
  type: FdType;
  name: ByteString;
  /** Path as the process gave it; empty when it was not opened by a path. */
  nameRaw: ByteString = "";
  /** The name before the current event. */
  oldName: ByteString = "";
  /** Flags of the opening call; for event polls and memory files, those of their own calls. */
  flags = 0;
  device = 0;
  ino: Integer = 0;
  isUpperLayer = false;
  isLowerLayer = false;
  /** Several tables have this very object: whoever changes it makes a copy first, see `FdTable.own`. */
  isShared = false;
  /** Place among the descriptors of its table, in which they were opened. */
  order = 0;
  /** For descriptors of processes: the process; otherwise 0. */
  pid = 0;

  /**
   * Ends of a connection, addresses of 4 or 16 bytes. A listening socket has its one address as destination. Empty
   * for all other types.
   */
  sourceAddress: ByteString = "";
  destinationAddress: ByteString = "";
  sourcePort = 0;
  destinationPort = 0;
  protocol = UNKNOWN_PROTOCOL;
  role = NO_ROLE;
  isConnected = false;

  constructor(type: FdType, name: ByteString) {
    this.type = type;
    this.name = name;
  }

  get isIpv4Socket(): boolean {
    return this.type === ipv4;
  }

  get isIpv6Socket(): boolean {
    return this.type === ipv6;
  }

  /** A socket of a connection over IP, not a listening one. */
  get isIpSocket(): boolean {
    return this.type === ipv4 || this.type === ipv6;
  }

  get isListening(): boolean {
    return this.type === ipv4Listening || this.type === ipv6Listening;
  }

  get isDirectory(): boolean {
    return this.type === directory;
  }

  get isFile(): boolean {
    return this.type === file || this.type === fileV2;
  }

  get isUnix(): boolean {
    return this.type === unix;
  }

  /** The protocol as far as it is shown: that of a connection only once it is known who is client. */
  get shownProtocol(): number {
    if (this.isListening) return this.protocol;
    if (!this.isIpSocket) return PROTOCOL.notApplicable;
    return this.role === ROLE.none && this.protocol !== PROTOCOL.raw ? PROTOCOL.notApplicable : this.protocol;
  }

  /** A copy that no table has yet. */
  clone(): FdInfo {
    const copy = new FdInfo(this.type, this.name);
    copy.nameRaw = this.nameRaw;
    copy.oldName = this.oldName;
    copy.flags = this.flags;
    copy.device = this.device;
    copy.ino = this.ino;
    copy.isUpperLayer = this.isUpperLayer;
    copy.isLowerLayer = this.isLowerLayer;
    copy.order = this.order;
    copy.pid = this.pid;
    copy.sourceAddress = this.sourceAddress;
    copy.destinationAddress = this.destinationAddress;
    copy.sourcePort = this.sourcePort;
    copy.destinationPort = this.destinationPort;
    copy.protocol = this.protocol;
    copy.role = this.role;
    copy.isConnected = this.isConnected;
    return copy;
  }

  /** Takes over the ends of a connection. False: they were its ends before, in this order. */
  setEnds(ends: Ends): boolean {
    const changed = !this.#hasEnds(ends);
    this.sourceAddress = ends.sourceAddress;
    this.sourcePort = ends.sourcePort;
    this.destinationAddress = ends.destinationAddress;
    this.destinationPort = ends.destinationPort;
    return changed;
  }

  swapEnds(): void {
    this.setEnds(swapped(this));
  }

  /** Whether these are the ends of the connection, in whatever order. */
  isBetween(ends: Ends): boolean {
    return this.#hasEnds(ends) || this.#hasEnds(swapped(ends));
  }

  /** The name of a connection: both ends, without ports where the protocol has none. */
  connectionName(): ByteString {
    const { sourceAddress, sourcePort, destinationAddress, destinationPort } = this;
    return `${this.#end(sourceAddress, sourcePort)}->${this.#end(destinationAddress, destinationPort)}`;
  }

  #hasEnds(ends: Ends): boolean {
    return (
      this.sourceAddress === ends.sourceAddress &&
      this.sourcePort === ends.sourcePort &&
      this.destinationAddress === ends.destinationAddress &&
      this.destinationPort === ends.destinationPort
    );
  }

  #end(address: ByteString, port: number): string {
    const hasPorts = this.protocol !== PROTOCOL.icmp && this.protocol !== PROTOCOL.raw;
    return hasPorts ? endpointText(address, port) : (addressText(address) ?? "");
  }
}

function swapped(ends: Ends): Ends {
  return {
    sourceAddress: ends.destinationAddress,
    sourcePort: ends.destinationPort,
    destinationAddress: ends.sourceAddress,
    destinationPort: ends.sourcePort,
  };
}
