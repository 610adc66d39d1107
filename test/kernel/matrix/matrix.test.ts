// SPDX-License-Identifier: Apache-2.0
import { beforeAll, describe, expect, it } from "vitest";
import type { Decoded } from "../decode.ts";
import { holdWitness } from "../witness.ts";
import { MODIFIED_SECONDS } from "./archive.ts";
import { DEBIAN_KERNELS, type DebianKernel } from "./kernels.ts";
import { runVirtually, type VirtualRun } from "./virtual-witness.ts";

/** Versions of kernels, or `all`; set by run.sh. */
const wanted = (process.env.FALCOC_KERNEL_MATRIX ?? "").split(" ").filter((version) => version !== "");
const kernels = wanted.includes("all") ? DEBIAN_KERNELS : wanted.map(kernelOf);
/** With a download, on a slow machine. */
const RUN_TIMEOUT_MS = 300_000;
const LAYERS = { upper: 0x8000, lower: 0x10000, none: 0 };

if (kernels.length === 0) describe.skip("other kernels (skipped: start test/kernel/matrix/run.sh)", () => {});

describe.each(kernels)("Linux $version", (kernel) => {
  let run: VirtualRun;

  beforeAll(async () => {
    run = await runVirtually(kernel);
    console.info(summary(kernel.version, run));
  }, RUN_TIMEOUT_MS);

  it("loses nothing", () => {
    expect(run.drops).toBe(0);
  });

  it("sends what is not a system call", () => {
    const names = new Set(run.witness.all.map((event) => event.name));
    for (const name of ["switch", "page_fault", "signaldeliver"]) expect(names).toContain(name);
  });

  it("tells cgroups, and times and memory of a program, where this kernel keeps them", () => {
    const programs = run.witness.events.filter(({ name, values }) => name === "execve" && values.res === 0);
    expect(programs).toHaveLength(2);
    const bootNs = Number(run.witness.all[0]?.timestampNs) - RUN_TIMEOUT_MS * 1e6;
    for (const { values } of programs) {
      expect(values.cgroups).toBe("cpuset=/\0cpu=/\0cpuacct=/\0io=/\0memory=/outer/inner\0");
      expect(values.exe_ino_mtime).toBe(BigInt(MODIFIED_SECONDS) * 1_000_000_000n);
      expect(Number(values.exe_ino_ctime)).toBeGreaterThan(bootNs);
      expect(values.loginuid).toBe(0xffff_ffff);
    }
    const sizes = run.witness.events.filter(({ values }) => Number(values.vm_rss) > 0);
    expect(sizes.length).toBeGreaterThan(0);
    for (const { values } of sizes) expect(values.vm_rss).toBeLessThanOrEqual(Number(values.vm_size));
  });

  it("tells the layer of a file that lies on others", () => {
    const layerOf = (name: string) =>
      Number(find(run.layers, "openat", name)?.values.flags) & (LAYERS.upper | LAYERS.lower);
    expect(layerOf("lower/below")).toBe(LAYERS.none);
    expect(layerOf("all/below")).toBe(LAYERS.lower);
    expect(layerOf("all/changed")).toBe(LAYERS.upper);
    expect(layerOf("all/new")).toBe(LAYERS.upper);
    const program = run.layers.find(({ name, values }) => name === "execve" && values.comm === "program");
    // 1: it can be written to by who runs it; 8: it is of a lower layer.
    expect(program?.values).toMatchObject({ trusted_exepath: "/layered/all/program", flags: 1 | 8 });
  });

  holdWitness("/witness", () => run.witness);
});

function kernelOf(version: string): DebianKernel {
  const kernel = DEBIAN_KERNELS.find((one) => one.version === version);
  if (kernel !== undefined) return kernel;
  throw new Error(
    `there is no "${version}" here, only ${DEBIAN_KERNELS.map((one) => one.version).join(", ")}`,
  );
}

function find(events: readonly Decoded[], name: string, path: string): Decoded | undefined {
  return events.find((event) => event.name === name && event.values.name === path);
}

/** One line: how the probe was loaded, and what it saw. */
function summary(version: string, { programs, loadMs, witness }: VirtualRun): string {
  const counts = new Map<string, number>();
  for (const { name } of witness.all) counts.set(name, (counts.get(name) ?? 0) + 1);
  const types = [...counts].map(([name, count]) => `${name} ${count}`).join(", ");
  return `Linux ${version}: ${programs} programs in ${loadMs} ms; ${witness.all.length} events: ${types}`;
}
