// SPDX-License-Identifier: Apache-2.0
import { spawn } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";

/** What a virtual machine wrote until it switched itself off. */
export interface Output {
  readonly console: string;
  /** What came over the second serial port. */
  readonly records: Buffer;
}

const MEMORY_MB = 768;
/** More than one, so that the ring and the scratch space have several writers. */
const CPUS = 2;
const TIMEOUT_MS = 120_000;

/** Boots a kernel, in emulation only, with an archive as its file system, and waits until it is switched off. */
export async function runMachine(kernel: string, archive: Uint8Array, folder: string): Promise<Output> {
  const files = { archive: join(folder, "files.cpio"), records: join(folder, "records") };
  writeFileSync(files.archive, archive);
  rmSync(files.records, { force: true });
  const parameters = [
    // With a thread for each processor the emulator trips over kernels that change their code while they run it.
    ["-accel", "tcg,thread=single"],
    ["-cpu", "max"],
    ["-smp", String(CPUS)],
    ["-m", String(MEMORY_MB)],
    ["-nodefaults"],
    ["-no-reboot"],
    ["-display", "none"],
    ["-serial", "stdio"],
    ["-serial", `file:${files.records}`],
    ["-kernel", kernel],
    ["-initrd", files.archive],
    ["-append", "console=ttyS0 loglevel=4 panic=-1 rdinit=/load-probe"],
  ];
  const machine = spawn("qemu-system-x86_64", parameters.flat(), {
    timeout: TIMEOUT_MS,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const console = await text(machine.stdout);
  return { console, records: readFileSync(files.records) };
}
