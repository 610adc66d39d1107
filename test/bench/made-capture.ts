// SPDX-License-Identifier: Apache-2.0
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EVENTS } from "@falcoc/compiler/catalog";
import { CaptureWriter, type EventRecord, FD_TYPE, UNKNOWN_PROCESS } from "@falcoc/runtime";
import type { CaptureFile } from "./capture-file.ts";

const FIRST_PID = 1000;
const FIRST_FD = 3;

/** A capture of a made up machine: processes with open files each, then reads by the first process. */
export function madeCapture(processes: number, fdsEach: number, reads: number): CaptureFile {
  const directory = mkdtempSync(join(tmpdir(), "falcoc-bench-"));
  const path = join(directory, "made.scap");
  const file = openSync(path, "w");
  let bytes = 0;
  const writer = new CaptureWriter((block) => {
    bytes += block.length;
    writeSync(file, block);
  });
  writer.section();
  for (let i = 0; i < processes; i++) writer.process(processEntry(FIRST_PID + i));
  for (let i = 0; i < processes; i++) {
    const tid = FIRST_PID + i;
    const fds = Array.from({ length: fdsEach }, (_, j) => fileEntry(tid, FIRST_FD + j));
    writer.fds(tid, fds);
  }
  writer.metadataEnd();
  const read = readRecord(FIRST_PID, FIRST_FD);
  for (let i = 0; i < reads; i++) writer.event(read);
  closeSync(file);
  return { path, bytes, remove: () => rmSync(directory, { recursive: true }) };
}

function processEntry(pid: number) {
  return {
    ...UNKNOWN_PROCESS,
    tid: pid,
    pid,
    ptid: pid === FIRST_PID ? 1 : FIRST_PID,
    vtid: pid,
    vpid: pid,
    comm: `worker-${pid % 50}`,
    exe: "/usr/bin/worker",
    exepath: "/usr/bin/worker",
    args: `--config\0/etc/worker/${pid}.conf\0--verbose\0`,
    cwd: "/var/lib/worker/",
    env: "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin\0HOME=/root\0LANG=C.UTF-8\0",
    cgroups: "cpuset=/\0cpu=/system.slice/worker.service\0memory=/system.slice/worker.service\0",
  };
}

function fileEntry(pid: number, fd: number) {
  return {
    fd,
    ino: pid * 4096 + fd,
    body: {
      kind: "file",
      type: FD_TYPE.fileV2,
      flags: 1,
      name: `/var/lib/worker/${pid}/segment-${fd}.dat`,
      device: 1,
    },
  } as const;
}

/** A read of 64 bytes that succeeded. */
function readRecord(tid: number, fd: number): EventRecord {
  const definition = EVENTS.find(({ id }) => id === "SYSCALL_READ_X");
  const lengths = [8, 64, 8, 4];
  if (definition?.parameters.length !== lengths.length) throw new Error("reads have other parameters");
  const lengthsAt = 26;
  const dataAt = lengthsAt + 2 * lengths.length;
  const bytes = Buffer.alloc(dataAt + lengths.reduce((sum, one) => sum + one, 0));
  bytes.writeBigUInt64LE(1_700_000_000_000_000_000n, 0);
  bytes.writeBigUInt64LE(BigInt(tid), 8);
  bytes.writeUInt32LE(bytes.length, 16);
  bytes.writeUInt16LE(definition.code, 20);
  bytes.writeUInt32LE(lengths.length, 22);
  for (const [i, length] of lengths.entries()) bytes.writeUInt16LE(length, lengthsAt + 2 * i);
  bytes.writeBigInt64LE(64n, dataAt);
  bytes.writeBigInt64LE(BigInt(fd), dataAt + 72);
  bytes.writeUInt32LE(64, dataAt + 80);
  return {
    bytes,
    view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length),
    at: 0,
    code: definition.code,
    cpu: 0,
    flags: 0,
    count: lengths.length,
    lengthsAt,
    lengthBytes: 2,
    dataAt,
    end: bytes.length,
  };
}
