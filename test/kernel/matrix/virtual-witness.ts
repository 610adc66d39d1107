// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { EVENTS } from "@falcoc/compiler/catalog";
import { RingReader } from "../../../packages/probe/src/ring-reader.ts";
import { nativeCodes, watchedCalls, watchedHooks } from "../../../packages/probe/src/watched-calls.ts";
import { type Decoded, decode } from "../decode.ts";
import { scratchFolder } from "../kernel.ts";
import { ofFamily, type Watched } from "../watch.ts";
import { type ArchiveEntry, writeArchive } from "./archive.ts";
import { type DebianKernel, fetchKernel } from "./kernels.ts";
import { runMachine } from "./machine.ts";

/** What came of the witness, and of the program that lays folders over each other, on another kernel. */
export interface VirtualRun {
  /** Kernel programs that were loaded, and how long that took, in ms. */
  readonly programs: number;
  readonly loadMs: number;
  /** Records that found no room. */
  readonly drops: number;
  readonly witness: Watched;
  readonly layers: readonly Decoded[];
}

const here = fileURLToPath(new URL(".", import.meta.url));
const root = resolve(here, "..", "..", "..");
const probe = join(root, "packages", "probe");
const KERNELS = join(root, "node_modules", ".cache", "falcoc-kernels");
const RING_BYTES = 1 << 24;
const PAGE = 4096;
const CONSOLE: ArchiveEntry = { kind: "device", path: "dev/console", major: 5, minor: 1 };
const SECOND_PORT: ArchiveEntry = { kind: "device", path: "dev/ttyS1", major: 4, minor: 65 };
const FOLDERS = ["bin", "dev", "layered", "sys", "tmp"];

/** Boots the kernel, downloading it the first time. Throws with the console's text where the probe does not run. */
export async function runVirtually(kernel: DebianKernel): Promise<VirtualRun> {
  mkdirSync(KERNELS, { recursive: true });
  const { image, overlay } = fetchKernel(kernel, KERNELS);
  const { folder, remove } = scratchFolder();
  try {
    const output = await runMachine(image, buildFiles(overlay, folder), folder);
    const found = (name: string) => readFinding(output.console, name, kernel.version);
    const all = readRecords(output.records, found("bytes"));
    const pid = found("witness");
    return {
      programs: found("programs"),
      loadMs: found("load-ms"),
      drops: found("drops"),
      witness: { all, pid, exitCode: 0, events: ofFamily(all, pid) },
      layers: ofFamily(all, found("layers")),
    };
  } finally {
    remove();
  }
}

/** Findings stand in lines of their own among the kernel's messages. */
function readFinding(console: string, name: string, version: string): number {
  const [, value] = new RegExp(`^matrix: ${name} (\\d+)\\s*$`, "m").exec(console) ?? [];
  if (value === undefined) throw new Error(`Linux ${version} did not tell "${name}":\n${console}`);
  return Number(value);
}

/** The archive with all that the machine needs: there is no C library, so programs are linked with it. */
function buildFiles(overlay: string, folder: string): Uint8Array {
  writeFileSync(join(folder, "watched.h"), watchedHeader());
  const native = join(probe, "native");
  const loading = ["-I", folder, "-I", native, join(native, "loader.c"), join(here, "load-probe.c")];
  const program = (path: string, contents: Uint8Array): ArchiveEntry => ({ kind: "program", path, contents });
  return writeArchive([
    ...FOLDERS.map((path): ArchiveEntry => ({ kind: "folder", path })),
    CONSOLE,
    SECOND_PORT,
    program("load-probe", compileStatic([...loading, "-lbpf", "-lelf", "-lz"], folder)),
    program("witness", compileStatic([join(here, "..", "witness.c")], folder)),
    program("layers", compileStatic([join(here, "layers.c")], folder)),
    program("bin/true", compileStatic(["-x", "c", "-"], folder, "int main(void) { return 0; }\n")),
    program("probe.bpf.o", readFileSync(join(probe, "build", "probe.bpf.o"))),
    program("overlay.ko", readFileSync(overlay)),
  ]);
}

function compileStatic(parameters: readonly string[], folder: string, input = ""): Buffer {
  const program = join(folder, "program");
  // Constants that are shared with the C library may lie in pages that nobody has touched, which the kernel can't read.
  const flags = ["-static", "-O1", "-Wall", "-Wextra", "-Werror", "-fno-merge-constants"];
  execFileSync("cc", [...flags, "-o", program, ...parameters], {
    input,
    stdio: ["pipe", "inherit", "inherit"],
  });
  return readFileSync(program);
}

/** What the probe watches when asked for every event, as C. */
function watchedHeader(): string {
  const everything = new Set(EVENTS.map((event) => event.name));
  const calls = watchedCalls(null).map((call) => `{ ${call.number}, "${call.program}", ${call.isCompat} }`);
  const hooks = watchedHooks(everything).map((hook) => `"${hook}"`);
  return [
    "struct watched_call { uint32_t number; const char *program; bool is_compat; };",
    `static const struct watched_call watched_calls[] = { ${calls.join(", ")} };`,
    `static const uint16_t watched_codes[] = { ${nativeCodes().join(", ")} };`,
    `static const char *const watched_hooks[] = { ${hooks.join(", ")} };\n`,
  ].join("\n");
}

/** Reads the records as the probe does, from a copy of the ring. */
function readRecords(records: Uint8Array, bytes: number): Decoded[] {
  if (records.length !== bytes) throw new Error(`${records.length} of ${bytes} bytes of records arrived`);
  const producer = new ArrayBuffer(PAGE + 2 * RING_BYTES);
  new BigUint64Array(producer)[0] = BigInt(bytes);
  new Uint8Array(producer, PAGE).set(records);
  const memory = { consumer: new ArrayBuffer(PAGE), producer, dataOffset: PAGE, dataBytes: RING_BYTES };
  const decoded: Decoded[] = [];
  new RingReader(memory).read(Number.POSITIVE_INFINITY, (record) => decoded.push(decode(record)));
  return decoded;
}
