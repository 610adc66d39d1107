// SPDX-License-Identifier: Apache-2.0
import {
  type ContainerCounters,
  type ContainerEngine,
  containerEngine,
  ENGINE_KINDS,
  findContainerEngines,
} from "@falcoc/runtime";
import { type Command, InvalidArgumentError } from "commander";
import { plural } from "../render/lint-report.ts";

/** Flags of every command that tells in which container something happens. */
export interface ContainerFlags {
  readonly containers?: readonly (ContainerEngine | typeof NONE)[];
}

/** Stands for no engine at all. */
const NONE = "none";

export function addContainerFlags(command: Command): void {
  command.option(
    "--containers <engine=socket>",
    `where to ask for containers, repeatable: ${ENGINE_KINDS.join("=PATH, ")}=PATH, or none (default: the usual sockets)`,
    parseEngine,
  );
}

/** What help says about what is told of containers. */
export const CONTAINERS_HELP = `
Ids of containers follow from the kernel's events; names, images and the like are asked for at the sockets of Docker,
Podman, containerd and CRI-O. No event waits for the answer: the first events of a container may lack them.`;

/** The engines that are asked for containers. */
export function containerEngines({ containers }: ContainerFlags): ContainerEngine[] {
  return containers?.filter((one) => one !== NONE) ?? findContainerEngines();
}

/** What engines have told of containers; empty when nothing ran in one. */
export function containersText({ found, unknown, forgotten, failures }: ContainerCounters): string {
  const parts = [
    ...(found > 0 ? [plural(found, "container")] : []),
    ...(unknown > 0 ? [`${plural(unknown, "container")} that no engine knows`] : []),
    ...(forgotten > 0 ? [`${plural(forgotten, "container")} forgotten`] : []),
    ...[...failures].map(([socket, reason]) => `cannot ask ${socket}: ${reason}`),
  ];
  return parts.map((part) => `, ${part}`).join("");
}

function parseEngine(text: string, before: ContainerFlags["containers"] = []): ContainerFlags["containers"] {
  if (text === NONE) return [...before, NONE];
  const [name, ...rest] = text.split("=");
  const kind = ENGINE_KINDS.find((one) => one === name);
  const socket = rest.join("=");
  if (kind === undefined || socket === "") {
    throw new InvalidArgumentError(`It is none of ${ENGINE_KINDS.join("=PATH, ")}=PATH and ${NONE}.`);
  }
  return [...before, containerEngine(kind, socket)];
}
