// SPDX-License-Identifier: Apache-2.0
import { EVENTS, type EventParameter, flagTable } from "@falcoc/compiler/catalog";
import { encodeText } from "@falcoc/compiler/program";
import type { ParameterValue } from "./encode-event.ts";
import type { ScenarioStep } from "./scenario.ts";
import { type Bindings, newFd } from "./simulate-resources.ts";
import type { SimulatedMachine, SimulatedProcess } from "./simulated-machine.ts";

const REFERENCE = /^\s*\$\{\s*([A-Za-z0-9_.]+)\s*\}\s*$/;
const AT_FDCWD = -100;
const O_CREAT = 4;
const O_F_CREATED = 0x4000;

/** Parameters whose argument goes by other names in scenarios. Case and underscores do not count. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  name: ["pathname", "path", "filename"],
  path: ["pathname", "filename"],
  filename: ["pathname", "path"],
  proto: ["protocol"],
  olddir: ["olddirfd"],
  newdir: ["newdirfd"],
  linkdirfd: ["newdirfd"],
  img: ["moduleimage", "image"],
  uargs: ["paramvalues", "params"],
  sig: ["signal"],
  data: ["buf", "buffer"],
  size: ["len", "length", "count"],
};

/** Sockets' types: the event table gives them as plain numbers. */
const SOCKET_TYPES: Readonly<Record<string, number>> = { SOCK_STREAM: 1, SOCK_DGRAM: 2, SOCK_RAW: 3 };

/** Parameters that hold a directory's descriptor: the working directory unless a step says otherwise. */
const DIRECTORIES: ReadonlySet<string> = new Set(["dirfd", "olddir", "newdir", "linkdirfd"]);

/** Does one step as `process`. A problem in words when the step cannot be expressed, else null. */
export function simulateStep(
  machine: SimulatedMachine,
  process: SimulatedProcess,
  step: ScenarioStep,
  bindings: Bindings,
): string | null {
  const code = machine.codeOf(step.syscall);
  const definition = code === null ? undefined : EVENTS[code];
  if (code === null || definition === undefined)
    return `the system call "${step.syscall}" has no event of its own`;
  const args = flatten(step.args);
  const values: Record<string, ParameterValue> = {};
  for (const parameter of definition.parameters.slice(1)) {
    const argument = argumentOf(parameter.name, args);
    const value = resolve(argument, parameter, bindings);
    if (typeof value === "object" && value !== null) return `${step.syscall}: ${value.problem}`;
    values[parameter.name] = value ?? defaultOf(parameter);
  }
  if (values.flags === undefined || typeof values.flags === "number") noteCreation(machine, values);
  const result = definition.parameters[0];
  if (result !== undefined) {
    const returned = resultOf(process, definition.flags, values, step.syscall);
    values[result.name] = returned;
    bindings.set(`${step.name}.ret`, returned);
    bindings.set(`${step.name}.fd`, returned);
  }
  machine.emit(code, process.tid, values);
  return null;
}

/** Arguments by folded name; those inside a structure such as openat2's `how` stand beside the others. */
function flatten(args: Readonly<Record<string, unknown>>): ReadonlyMap<string, unknown> {
  const flat = new Map<string, unknown>();
  for (const [name, value] of Object.entries(args)) {
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      for (const [inner, one] of Object.entries(value)) flat.set(fold(inner), one);
    } else flat.set(fold(name), value);
  }
  return flat;
}

function argumentOf(parameter: string, args: ReadonlyMap<string, unknown>): unknown {
  for (const name of [parameter, ...(ALIASES[parameter] ?? [])]) {
    const value = args.get(fold(name));
    if (value !== undefined) return value;
  }
  return undefined;
}

function fold(name: string): string {
  return name.toLowerCase().replaceAll("_", "");
}

function resolve(
  argument: unknown,
  parameter: EventParameter,
  bindings: Bindings,
): number | bigint | string | null | { problem: string } {
  if (argument === undefined || argument === null) return null;
  if (typeof argument === "number" || typeof argument === "bigint") return argument;
  if (typeof argument === "boolean") return argument ? 1 : 0;
  const text = String(argument);
  const reference = REFERENCE.exec(text)?.[1];
  if (reference !== undefined)
    return bindings.get(reference) ?? { problem: `nothing is called "${reference}"` };
  if (isText(parameter)) return encodeText(text);
  if (/^[+-]?\d+$/.test(text)) return Number(text);
  return flagsOf(text, parameter);
}

function flagsOf(text: string, { name, table }: EventParameter): number | { problem: string } {
  let value = 0;
  for (const flag of text.split("|").map((one) => one.trim())) {
    const known =
      table === null ? SOCKET_TYPES[flag] : flagTable(table)?.entries.find(([name]) => name === flag)?.[1];
    if (known === undefined) return { problem: `"${flag}" means nothing for ${name}` };
    value |= known;
  }
  return value;
}

function isText({ type }: EventParameter): boolean {
  return type === "CHARBUF" || type === "FSPATH" || type === "FSRELPATH" || type === "BYTEBUF";
}

function defaultOf(parameter: EventParameter): ParameterValue {
  if (DIRECTORIES.has(parameter.name)) return AT_FDCWD;
  return isText(parameter) || !/^(U?INT|FLAGS|ENUMFLAGS|FD|PID|MODE|UID|GID)/.test(parameter.type) ? null : 0;
}

/** A file that an open creates gets the bit that says so. */
function noteCreation(machine: SimulatedMachine, values: Record<string, ParameterValue>): void {
  const { name, flags } = values;
  if (typeof name !== "string" || typeof flags !== "number" || (flags & O_CREAT) === 0) return;
  if (!machine.files.has(name)) values.flags = flags | O_F_CREATED;
  machine.files.add(name);
}

/** What the call returns: a new descriptor where it makes one, else 0. */
function resultOf(
  process: SimulatedProcess,
  flags: readonly string[],
  values: Readonly<Record<string, ParameterValue>>,
  syscall: string,
): number {
  if (syscall === "dup2" || syscall === "dup3") return Number(values.newfd ?? 0);
  return flags.includes("creates_fd") ? newFd(process, syscall) : 0;
}
