// SPDX-License-Identifier: Apache-2.0
import { availableParallelism, hostname, totalmem } from "node:os";
import { type CaptureSink, parseAccounts } from "@falcoc/runtime";
import { DescriptorReader } from "./descriptors.ts";
import { readInterfaces } from "./interfaces.ts";
import { readProcess, threadIds } from "./processes.ts";
import { readText } from "./read-proc.ts";

/** More threads are not kept by the engine either. */
const THREADS_MAX = 262_144;

/** Hands what /proc tells of the machine to a sink, as a capture would begin. `bootTimeNs`: ns since 1970. */
export function readMachine(sink: CaptureSink, bootTimeNs: bigint): void {
  sink.section();
  sink.machine({
    cpus: availableParallelism(),
    memoryBytes: totalmem(),
    maxPid: 0,
    hostname: Buffer.from(hostname()).toString("latin1"),
    bootTimeNs,
    flags: 0,
  });
  sink.interfaces(readInterfaces());
  sink.users(parseAccounts(readText("/etc/passwd") ?? "", readText("/etc/group") ?? ""));
  const leaders = readProcesses(sink, bootTimeNs);
  const descriptors = new DescriptorReader();
  for (const pid of leaders) {
    const list = descriptors.read(pid);
    if (list.length > 0) sink.fds(pid, list);
  }
}

/** Hands over every thread. Gives the processes among them. */
function readProcesses(sink: CaptureSink, bootTimeNs: bigint): number[] {
  const leaders: number[] = [];
  let count = 0;
  for (const { pid, tid } of threadIds()) {
    if (count >= THREADS_MAX) break;
    const entry = readProcess(pid, tid, bootTimeNs);
    if (entry === null) continue;
    count++;
    sink.process(entry);
    if (tid === pid) leaders.push(pid);
  }
  return leaders;
}
