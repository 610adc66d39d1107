// SPDX-License-Identifier: Apache-2.0
import { readText } from "./read-proc.ts";

/** Controllers that the engine looks at, in its order, under the names that /proc gives them. */
const CONTROLLERS: readonly string[] = ["cpuset", "cpu", "cpuacct", "blkio", "memory"];

/** Reads a cgroup file of /proc as `name=path` strings, each ended by NUL. */
export function readCgroups(path: string): string {
  return cgroupList(readText(path) ?? "");
}

/** Lines are `number:controllers:path`. The line without controllers is the one hierarchy of cgroups version 2. */
export function cgroupList(text: string): string {
  const paths = new Map<string, string>();
  for (const line of text.split("\n")) {
    const [, controllers, path] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    if (controllers === undefined || path === undefined) continue;
    for (const controller of controllers.split(",")) paths.set(controller, path);
  }
  const unified = paths.get("");
  return CONTROLLERS.flatMap((controller) => {
    const path = paths.get(controller) ?? unified;
    return path === undefined ? [] : [`${controller}=${path}\0`];
  }).join("");
}
