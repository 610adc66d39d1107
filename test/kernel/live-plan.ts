// SPDX-License-Identifier: Apache-2.0
import { constants, readFileSync } from "node:fs";
import type { Scenario } from "@falcoc/runtime";

type ScenarioProcess = Scenario["processes"][number];
type ScenarioResource = Scenario["resources"][number];
type ScenarioStep = Scenario["steps"][number];

/** The commands of `actor.c` that play a scenario; or why it cannot be played for real. */
export type Plan =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly reason: string };

/** Turns a scenario into a plan. Processes without a path of their own are put into `folder`. */
export function planOf(scenario: Scenario, folder: string): Plan {
  try {
    const lines = [
      ...scenario.processes.map((process) => processLine(process, folder)),
      ...shellLines(scenario.before),
      ...scenario.resources.map(resourceLine),
      ...scenario.steps.map(stepLine),
      ...shellLines(scenario.after),
    ];
    return { ok: true, text: lines.map((words) => words.join("\t")).join("\n") };
  } catch (error) {
    if (error instanceof Unplayable) return { ok: false, reason: error.message };
    throw error;
  }
}

class Unplayable extends Error {}

type Words = readonly (string | number)[];

function processLine({ name, exePath, exe, args, env, user }: ScenarioProcess, folder: string): Words {
  if (env.length > 0) throw new Unplayable("processes with an environment of their own are not played");
  const path = exePath ?? `${folder}/${name}`;
  if (!path.endsWith(`/${name}`))
    throw new Unplayable(`"${path}" does not give a process the name "${name}"`);
  return ["process", path, exe ?? path, ...accountOf(user ?? "root"), ...args];
}

/** Ids of a user and of their group, of this machine. */
function accountOf(user: string): readonly [uid: string, gid: string] {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((one) => one.startsWith(`${user}:`));
  const [, , uid, gid] = line?.split(":") ?? [];
  if (uid === undefined || gid === undefined) throw new Unplayable(`this machine has no user "${user}"`);
  return [uid, gid];
}

function shellLines(text: string | null): Words[] {
  return text === null ? [] : [["shell", text]];
}

function resourceLine(resource: ScenarioResource): Words {
  switch (resource.type) {
    case "fd":
      if (resource.path === null || (resource.subtype !== "file" && resource.subtype !== "directory")) {
        throw new Unplayable(`descriptors of the kind "${resource.subtype}" are not played`);
      }
      return [resource.subtype, resource.path];
    case "clientServer": {
      const [, host, port] = /^\[?(.*?)\]?:(\d+)$/.exec(resource.address) ?? [];
      if (!resource.protocol.startsWith("tcp") || host === undefined || port === undefined) {
        throw new Unplayable(`connections of ${resource.protocol} are not played`);
      }
      return ["pair", resource.protocol.slice(-1), host, port];
    }
    case "process":
      if (!resource.fileLess) throw new Unplayable("only processes without a file are played as resources");
      return ["memfd", resource.name];
    default:
      return resource satisfies never;
  }
}

/** Arguments that each call takes, in its order. */
const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  open: ["pathname", "flags", "mode"],
  openat: ["pathname", "flags", "mode"],
  openat2: ["pathname", "flags", "mode"],
  link: ["oldPath", "newPath"],
  linkat: ["oldPath", "newPath"],
  symlink: ["target", "linkPath"],
  symlinkat: ["target", "linkPath"],
  socket: ["domain", "type", "protocol"],
  dup2: ["oldFd", "newFd"],
  dup3: ["oldFd", "newFd", "flags"],
};

const NUMBERS: Readonly<Record<string, number>> = { ...constants, AF_PACKET: 17, SOCK_RAW: 3 };
const CLIENT = /^\$\{ *\w+\.client\.fd *\}$/;

function stepLine({ syscall, args }: ScenarioStep): Words {
  const names = ARGUMENTS[syscall];
  if (names === undefined) throw new Unplayable(`the system call "${syscall}" is not played`);
  const given = { mode: 0, ...args, ...(args.how as object | undefined) } as Readonly<
    Record<string, unknown>
  >;
  return ["call", syscall, ...names.map((name) => argumentOf(syscall, name, given[name]))];
}

function argumentOf(syscall: string, name: string, value: unknown): string | number {
  if (typeof value === "number") return value;
  if (typeof value !== "string") throw new Unplayable(`${syscall} has no argument "${name}"`);
  if (CLIENT.test(value)) return "client";
  if (!/^[A-Z][A-Z_]+(\|[A-Z_]+)*$/.test(value)) return value;
  return value.split("|").reduce((bits, word) => {
    const bit = NUMBERS[word];
    if (bit === undefined) throw new Unplayable(`"${word}" is the name of no number`);
    return bits | bit;
  }, 0);
}
