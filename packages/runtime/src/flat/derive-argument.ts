// SPDX-License-Identifier: Apache-2.0
import { type EventParameter, type FlagTable, flagTable } from "@falcoc/compiler/catalog";
import { type ByteString, type FieldValue, printInteger } from "@falcoc/compiler/program";
import { flagNames } from "../syscall/flag-names.ts";
import type { Derivation, Known } from "./derivation.ts";

/** Events whose path is that of the descriptor they open. */
const OPENING = ["open", "openat", "openat2", "creat"];

/** Arguments that `fs.path.source` and `fs.path.target` show, by the name of the event. */
const TWO_PATHS: Readonly<Record<string, readonly [source: string, target: string]>> = {
  rename: ["oldpath", "newpath"],
  renameat: ["oldpath", "newpath"],
  renameat2: ["oldpath", "newpath"],
  link: ["newpath", "oldpath"],
  linkat: ["newpath", "oldpath"],
  symlink: ["linkpath", "target"],
  symlinkat: ["linkpath", "target"],
  mount: ["dev", "dir"],
};

/** Events whose one path `fs.path.name` shows. */
const ONE_PATH = [
  ...["mkdir", "mkdirat", "rmdir", "unlink", "unlinkat", "open", "openat", "openat2", "umount", "umount2"],
  ...["chown", "lchown", "fchownat", "chmod", "fchmodat"],
];

/** Arguments of events, and the paths among them. */
export const ARGUMENT_DERIVATIONS: readonly Derivation[] = [
  {
    field: "evt.arg",
    from: ["evt.rawarg", "evt.type", "fd.name"],
    description:
      "the raw argument, flags by their names; by number, the argument of that name; the path of an event that opens",
    derive: argument,
  },
  {
    field: "evt.rawarg",
    from: ["evt.arg", "evt.type"],
    description: "the argument; flags by their bits, numbers by their digits",
    derive: rawArgument,
  },
  ...["fs.path.name", "fs.path.nameraw"].map((field) => onePath(field)),
  ...["fs.path.source", "fs.path.sourceraw"].map((field) => twoPaths(field, 0)),
  ...["fs.path.target", "fs.path.targetraw"].map((field) => twoPaths(field, 1)),
];

function argument(known: Known, name: string | null): FieldValue | null {
  const { event } = known;
  if (name === null || event === null) return null;
  if (/^[0-9]{1,3}$/.test(name)) {
    const parameter = event.parameters[Number(name)];
    return parameter === undefined ? null : known.get(`evt.arg.${parameter.name}`);
  }
  const parameter = parameterOf(known, name);
  if (parameter === null) return null;
  if (isPath(parameter) && OPENING.includes(event.name)) return known.text("fd.name");
  const raw = known.get(`evt.rawarg.${name}`);
  if (raw === null || typeof raw === "string") return raw;
  if (typeof raw !== "number" && typeof raw !== "bigint") return null;
  const table = tableOf(parameter);
  return (table === null ? "" : flagNames(table, Number(raw))) || printInteger(raw, parameter.print);
}

function rawArgument(known: Known, name: string | null): FieldValue | null {
  const parameter = name === null ? null : parameterOf(known, name);
  if (parameter === null) return null;
  const shown = known.text(`evt.arg.${parameter.name}`);
  if (shown === null || isText(parameter)) return shown;
  const table = tableOf(parameter);
  const bits = table === null ? null : bitsOf(table, shown);
  if (bits !== null) return bits;
  const radix = parameter.print === "OCT" ? 8 : parameter.print === "HEX" ? 16 : 10;
  const number = Number.parseInt(shown, radix);
  return Number.isSafeInteger(number) ? number : null;
}

function parameterOf({ event }: Known, name: string): EventParameter | null {
  return event?.parameters.find((parameter) => parameter.name === name) ?? null;
}

function isPath({ type }: EventParameter): boolean {
  return type === "FSPATH" || type === "FSRELPATH";
}

function isText(parameter: EventParameter): boolean {
  return isPath(parameter) || parameter.type === "CHARBUF" || parameter.type === "BYTEBUF";
}

function tableOf({ table }: EventParameter): FlagTable | null {
  return table === null ? null : flagTable(table);
}

/** Value of flags by their names; null when one is not in the table. */
function bitsOf({ entries }: FlagTable, names: ByteString): number | null {
  const values = names.split("|").map((name) => entries.find(([known]) => known === name)?.[1]);
  return values.includes(undefined)
    ? null
    : values.reduce((bits: number, value = 0) => (bits | value) >>> 0, 0);
}

function onePath(field: string): Derivation {
  return {
    field,
    from: ["evt.type", "evt.arg", "evt.failed"],
    description: "the path argument of an event that works on one file and did not fail",
    derive: (known) => {
      const { event } = known;
      if (event === null || !ONE_PATH.includes(event.name) || known.flag("evt.failed") === true) return null;
      const parameter = event.parameters.find(isPath);
      return parameter === undefined ? null : known.text(`evt.arg.${parameter.name}`);
    },
  };
}

function twoPaths(field: string, which: 0 | 1): Derivation {
  return {
    field,
    from: ["evt.type", "evt.arg", "evt.failed"],
    description: "the path argument of an event that works on two files and did not fail",
    derive: (known) => {
      const name = TWO_PATHS[known.event?.name ?? ""]?.[which];
      return name === undefined || known.flag("evt.failed") === true ? null : known.text(`evt.arg.${name}`);
    },
  };
}
