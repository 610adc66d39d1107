// SPDX-License-Identifier: Apache-2.0
import { DESCRIPTOR_TYPES } from "@falcoc/compiler/catalog";
import { type ByteString, type FieldValue, parseAddress, type ScalarValue } from "@falcoc/compiler/program";
import { addressText } from "../output/address-text.ts";
import { type Derivation, type Known, sameAs } from "./derivation.ts";

/** Lowest number that a program gets for a descriptor after the standard ones. */
const FIRST_DESCRIPTOR = 3;

/** Fields of `fd.*` that follow from the name and the kind of a descriptor, or from the ends of a connection. */
export const DESCRIPTOR_DERIVATIONS: readonly Derivation[] = [
  {
    field: "fd.name",
    from: ["fd.cip", "fd.cport", "fd.sip", "fd.sport"],
    description: "`client:port->server:port`, when all four are known",
    derive: tupleText,
  },
  sameAs("fd.nameraw", "fd.name", "the name"),
  {
    field: "fd.directory",
    from: ["fd.name", "fd.typechar"],
    description: "the name up to its last slash, for files; the whole name for directories",
    derive: directory,
  },
  {
    field: "fd.filename",
    from: ["fd.name", "fd.typechar"],
    description: "what follows the last slash of the name, for files",
    derive: filename,
  },
  {
    field: "fd.typechar",
    from: ["fd.type", "fd.cip", "fd.sip", "fd.name"],
    description: "the character of the type; 4 or 6 by the addresses; f for a name that is an absolute path",
    derive: typeCharacter,
  },
  {
    field: "fd.type",
    from: ["fd.typechar"],
    description: "the type that has the character",
    derive: ({ text }) => DESCRIPTOR_TYPES.find(({ char }) => char === text("fd.typechar"))?.text ?? null,
  },
  {
    field: "fd.num",
    from: ["evt.rawres", "evt.type", "fd.name"],
    description:
      "the result of an event that opens; else 3, since where a descriptor is named and nothing failed there is one",
    derive: descriptorNumber,
  },
  {
    field: "fd.sockfamily",
    from: ["fd.typechar"],
    description: "ip for 4 and 6, unix for u",
    derive: ({ text }) => {
      const char = text("fd.typechar") ?? "";
      return char === "4" || char === "6" ? "ip" : char === "u" ? "unix" : null;
    },
  },
  ...(["c", "s"] as const).flatMap((end): Derivation[] => [
    {
      field: `fd.${end}ip`,
      from: ["fd.name"],
      description: "the address in a name of the form client:port->server:port",
      derive: ({ text }) => tupleOf(text("fd.name"))?.[end].address ?? null,
    },
    {
      field: `fd.${end}port`,
      from: ["fd.name"],
      description: "the port in a name of the form client:port->server:port",
      derive: ({ text }) => tupleOf(text("fd.name"))?.[end].port ?? null,
    },
  ]),
  {
    field: "fd.is_server",
    from: ["evt.type"],
    description: "true for accept, false for connect",
    derive: ({ event }) =>
      event?.name === "connect" ? false : event?.name === "accept" || event?.name === "accept4" ? true : null,
  },
  ...(["ip", "port"] as const).flatMap((part) => [localPart("l", part), localPart("r", part)]),
  ...(["c", "s", "l", "r"] as const).flatMap((end): Derivation[] => [
    sameAs(`fd.${end}net`, `fd.${end}ip`, "the address, which is compared with networks"),
    {
      field: `fd.${end}proto`,
      from: [`fd.${end}port`],
      description: "the port as text",
      derive: ({ integer }) => asText(integer(`fd.${end}port`)),
    },
  ]),
  candidates("fd.ip", "ip"),
  candidates("fd.net", "ip"),
  candidates("fd.port", "port"),
  candidates("fd.proto", "port"),
];

function directory({ text }: Known): ByteString | null {
  const name = text("fd.name");
  const type = text("fd.typechar");
  if (name === null || (type !== "f" && type !== "d")) return null;
  if (type === "d" || name.endsWith("/")) return name;
  const slash = name.lastIndexOf("/");
  return slash <= 0 ? "/" : name.slice(0, slash);
}

function filename({ text }: Known): ByteString | null {
  const name = text("fd.name");
  if (name === null || text("fd.typechar") !== "f") return null;
  const slash = name.lastIndexOf("/");
  if (slash < 0) return "/";
  return slash === name.length - 1 ? name : name.slice(slash + 1);
}

function typeCharacter({ text, get }: Known): ByteString | null {
  const type = text("fd.type");
  if (type !== null) return DESCRIPTOR_TYPES.find((one) => one.text === type)?.char ?? null;
  const address = text("fd.cip") ?? text("fd.sip");
  if (address !== null) return address.length === 4 ? "4" : "6";
  return typeof get("fd.name") === "string" && text("fd.name")?.startsWith("/") ? "f" : null;
}

function descriptorNumber({ event, integer, flag, text }: Known): FieldValue | null {
  if (event !== null && !event.flags.some((one) => one.endsWith("_fd"))) return null;
  const result = integer("evt.rawres");
  if (event?.flags.includes("creates_fd") && result !== null) return Math.max(result, -1);
  if (text("fd.name") === null && text("fd.typechar") === null) return null;
  return flag("evt.failed") === true ? -1 : FIRST_DESCRIPTOR;
}

interface Endpoint {
  readonly address: ByteString;
  readonly port: number;
}

const TUPLE = /^(?<client>.+):(?<cport>[0-9]{1,5})->(?<server>.+):(?<sport>[0-9]{1,5})$/;

function tupleOf(name: ByteString | null): { readonly c: Endpoint; readonly s: Endpoint } | null {
  const { client = "", cport, server = "", sport } = TUPLE.exec(name ?? "")?.groups ?? {};
  const [c, s] = [parseAddress(client), parseAddress(server)];
  if (c === null || s === null) return null;
  return { c: { address: c, port: Number(cport) }, s: { address: s, port: Number(sport) } };
}

function tupleText({ text, integer }: Known): ByteString | null {
  const [client, server] = ["fd.cip", "fd.sip"].map((field) => addressText(text(field) ?? ""));
  const [cport, sport] = ["fd.cport", "fd.sport"].map(integer);
  if (client === null || server === null || cport === null || sport === null) return null;
  return `${client}:${cport}->${server}:${sport}`;
}

/** The local end is the server's when this host is the server, and the client's when it is not. */
function localPart(end: "l" | "r", part: "ip" | "port"): Derivation {
  return {
    field: `fd.${end}${part}`,
    from: ["fd.is_server", `fd.c${part}`, `fd.s${part}`],
    description: `of the ${end === "l" ? "end on this host" : "other end"}, when it is known which is the server`,
    derive: ({ flag, get }) => {
      const isServer = flag("fd.is_server");
      if (isServer === null) return null;
      return get(isServer === (end === "l") ? `fd.s${part}` : `fd.c${part}`);
    },
  };
}

/** Both ends of a connection; without addresses, none for a descriptor that is there and null for one that is not. */
function candidates(field: string, part: "ip" | "port"): Derivation {
  const ends = ["c", "s", "l", "r"].map((end) => `fd.${end}${part}`);
  return {
    field,
    from: ends,
    description: "either end",
    derive: ({ get, text }) => {
      const known = ends.map(get).filter((value) => value !== null) as ScalarValue[];
      if (known.length > 0) return [...new Set(known)];
      return text("fd.name") === null && text("fd.typechar") === null ? null : [];
    },
  };
}

function asText(value: number | null): ByteString | null {
  return value === null ? null : String(value);
}
