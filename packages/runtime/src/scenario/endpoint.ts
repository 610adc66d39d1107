// SPDX-License-Identifier: Apache-2.0
import { encodeText, parseAddress } from "@falcoc/compiler/program";
import type { Endpoint } from "./encode-event.ts";

const PORT_MAX = 65535;

/** Reads `host:port`, `[host]:port` or, for unix sockets, a path. Null when it is not one for the protocol. */
export function parseEndpoint(protocol: string, text: string): Endpoint | null {
  if (protocol === "unix") return { path: encodeText(text) };
  const match = /^(?:\[([^\]]+)\]|([^:]*)):(\d{1,5})$/.exec(text);
  if (match === null) return null;
  const address = parseAddress(match[1] ?? match[2] ?? "");
  const port = Number(match[3]);
  const bytes = protocol.endsWith("6") ? 16 : 4;
  return address === null || address.length !== bytes || port > PORT_MAX ? null : { address, port };
}
