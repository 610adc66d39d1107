// SPDX-License-Identifier: Apache-2.0
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createProbeSource, openProbe } from "@falcoc/probe";
import type { CaptureSink, FdEntry, ProcessEntry } from "@falcoc/runtime";
import { afterAll, expect, it } from "vitest";
import type { Decoded } from "./decode.ts";
import { compile, describeKernel, scratchFolder } from "./kernel.ts";
import { collectingSink, settle, watch } from "./watch.ts";

/** A shell whose builtins open and close this many files. */
const OPENS = 3000;
const OPENING = `i=0; while [ $i -lt ${OPENS} ]; do : < /etc/passwd; i=$((i+1)); done`;
const UPPER_LAYER = 0x8000;
const LOWER_LAYER = 0x10000;
const LAYERS = UPPER_LAYER | LOWER_LAYER;
const HOLDER = fileURLToPath(new URL("holder.ts", import.meta.url));

describeKernel("the probe", () => {
  const { folder, remove } = scratchFolder();
  afterAll(remove);

  it("counts what found no room, by event and by processor", async () => {
    const probe = openProbe({ ringBytes: 64 * 1024 });
    const cpus = allowedCpus();
    for (const cpu of cpus) execFileSync("taskset", ["-c", String(cpu), "sh", "-c", OPENING]);
    const counters = probe.counters();
    probe.close();
    expect(counters.dropped).toBeGreaterThan(OPENS);
    expect(counters.droppedByEvent.get("openat")).toBeGreaterThan(OPENS / 2);
    expect(sum(counters.droppedByEvent)).toBe(counters.dropped);
    expect(sum(counters.droppedByCpu)).toBe(counters.dropped);
    for (const cpu of cpus) expect(counters.droppedByCpu.get(cpu)).toBeGreaterThan(OPENS / 2);
    expect(counters.backlogBytes).toBeGreaterThan(60 * 1024);
    expect(probe.counters().dropped).toBeGreaterThanOrEqual(counters.dropped);
  });

  it("loses nothing where there is room", async () => {
    const { events } = await watch("sh", ["-c", OPENING], { ringBytes: 1 << 24 });
    const opened = events.filter((event) => event.name === "openat" && event.values.name === "/etc/passwd");
    expect(opened).toHaveLength(OPENS);
  });

  it("sends only what was asked for, and what the state needs", async () => {
    const { events } = await watch("sh", ["-c", ": < /dev/null"], { events: new Set(["brk"]) });
    const names = new Set(events.map((event) => event.name));
    expect(names.has("brk")).toBe(true);
    expect(names.has("openat")).toBe(true);
    expect(names.has("mmap")).toBe(false);
    expect(names.has("syscall")).toBe(false);
  });

  it("changes what it sends while it runs, without loading anything", async () => {
    const all: Decoded[] = [];
    const stop = new AbortController();
    const probe = openProbe({ events: new Set() });
    const running = probe.run(collectingSink(all), stop.signal);
    const count = async () => {
      // What others did before is still in the ring.
      await settle(probe);
      const before = all.length;
      execFileSync("sh", ["-c", "true"]);
      await settle(probe);
      return all.slice(before).filter((event) => event.name === "mmap").length;
    };
    const programs = heldPrograms(process.pid);
    expect(await count()).toBe(0);
    probe.watch(new Set(["mmap"]));
    expect(await count()).toBeGreaterThan(0);
    probe.watch(new Set());
    expect(await count()).toBe(0);
    expect(heldPrograms(process.pid)).toEqual(programs);
    stop.abort();
    await running;
  });

  it("sends signals, context switches and page faults to who asks for them", async () => {
    const asked = new Set(["signaldeliver", "switch", "page_fault"]);
    const { events } = await watch("sh", ["-c", "trap : USR1; sleep 0.01; kill -USR1 $$"], { events: asked });
    const names = new Set(events.map((event) => event.name));
    for (const name of asked) expect(names).toContain(name);
    const sent = events.find((event) => event.name === "signaldeliver" && event.values.sig === 10);
    expect(sent?.values.spid).toBe(sent?.tid);
  });

  it("leaves out what its own process does, unless it is asked not to", async () => {
    const own = async (excludeSelf: boolean) => {
      const { all } = await watch("true", [], { excludeSelf });
      return all.filter((event) => event.tid === process.pid).length;
    };
    expect(await own(true)).toBe(0);
    expect(await own(false)).toBeGreaterThan(0);
  });

  it("tells the layer of a file that lies on others", async () => {
    for (const name of ["lower", "upper", "work", "all"]) mkdirSync(`${folder}/${name}`);
    for (const name of ["below", "changed"]) writeFileSync(`${folder}/lower/${name}`, "x");
    copyFileSync("/bin/true", `${folder}/lower/program`);
    chmodSync(`${folder}/lower/program`, 0o755);
    const layers = `lowerdir=${folder}/lower,upperdir=${folder}/upper,workdir=${folder}/work`;
    execFileSync("mount", ["-t", "overlay", "overlay", "-o", layers, `${folder}/all`]);
    try {
      const script = `cd ${folder}/all; echo >> changed; : < below; : < changed; : > new; ./program; cp program mine; ./mine`;
      const { events } = await watch("sh", ["-c", script]);
      const flagsOf = (name: string) =>
        events.filter((event) => event.name === "openat" && event.values.name === name).at(-1)?.values.flags;
      expect(Number(flagsOf("below")) & LAYERS).toBe(LOWER_LAYER);
      expect(Number(flagsOf("changed")) & LAYERS).toBe(UPPER_LAYER);
      expect(Number(flagsOf("new")) & LAYERS).toBe(UPPER_LAYER);
      const programs = events.filter((event) => event.name === "execve" && event.values.res === 0);
      const exeFlags = new Map(programs.map(({ values }) => [values.trusted_exepath, values.flags]));
      // 1: it can be written to by who runs it; 2 and 8: it is of the upper, of a lower layer.
      expect(exeFlags.get(`${folder}/all/program`)).toBe(1 | 8);
      expect(exeFlags.get(`${folder}/all/mine`)).toBe(1 | 2);
    } finally {
      execFileSync("umount", [`${folder}/all`]);
    }
  });

  it("runs beside another one", async () => {
    const stop = new AbortController();
    const seen: Decoded[][] = [[], []];
    const probes = seen.map(() => openProbe({ ringBytes: 1 << 26 }));
    const running = probes.map((probe, i) => probe.run(collectingSink(seen[i] ?? []), stop.signal));
    execFileSync("sh", ["-c", OPENING]);
    await Promise.all(probes.map(settle));
    stop.abort();
    await Promise.all(running);
    expect(probes.map((probe) => probe.counters().dropped)).toEqual([0, 0]);
    for (const events of seen) {
      const opened = events.filter((event) => event.values.name === "/etc/passwd");
      expect(opened.length).toBeGreaterThanOrEqual(OPENS);
    }
  });

  it("leaves nothing behind when it is killed, and works when it is started again at once", async () => {
    const programs = compile("programs", folder);
    const holder = startHolder();
    const exited = once(holder, "exit");
    try {
      await once(holder.stdout as Readable, "data");
      const held = heldPrograms(holder.pid ?? -1);
      expect(held.length).toBeGreaterThan(100);
      expect(loaded(programs)).toEqual(expect.arrayContaining(held));
      holder.kill("SIGKILL");
      await exited;
      const { events } = await watch("sh", ["-c", ": < /etc/passwd"]);
      expect(events.some((event) => event.values.name === "/etc/passwd")).toBe(true);
      await expectGone(programs, held);
    } finally {
      holder.kill("SIGKILL");
    }
  });

  it("leaves nothing behind when it is killed while it starts", async () => {
    const programs = compile("programs", folder);
    const before = new Set(loaded(programs));
    const started = performance.now();
    const complete = startHolder();
    await once(complete.stdout as Readable, "data");
    const wholeMs = performance.now() - started;
    const dead = once(complete, "exit");
    complete.kill("SIGKILL");
    await dead;
    for (const part of [0.4, 0.6, 0.7, 0.8, 0.9]) {
      const holder = startHolder();
      const exited = once(holder, "exit");
      await sleep(part * wholeMs);
      holder.kill("SIGKILL");
      await exited;
    }
    await expectGone(
      programs,
      loaded(programs).filter((id) => !before.has(id)),
    );
  });

  it("lets records gather as long as it is told, however many there are", async () => {
    const gatherMs = 250;
    const times: number[] = [];
    const stop = new AbortController();
    const probe = openProbe({ gatherMs, ringBytes: 1 << 26 });
    const running = probe.run(
      { ...collectingSink([]), event: () => times.push(performance.now()) },
      stop.signal,
    );
    const child = spawn("sh", ["-c", "while :; do : < /dev/null; done"], { stdio: "ignore" });
    await sleep(4 * gatherMs);
    child.kill();
    stop.abort();
    await running;
    const bursts = times.filter((time, i) => time - (times[i - 1] ?? 0) > gatherMs / 2);
    expect(times.length).toBeGreaterThan(1000);
    expect(bursts.length).toBeGreaterThan(1);
    expect(bursts.length).toBeLessThanOrEqual(5);
  });

  it("ends when it is aborted, also before it has begun", async () => {
    const source = createProbeSource();
    await source.run(() => {}, AbortSignal.abort());
    expect(source.probe.counters().backlogBytes).toBe(0);
  });

  it("ends with what its sink throws", async () => {
    const refuse = new Error("enough");
    const sink = { ...collectingSink([]), event: () => Promise.reject(refuse) } as unknown as CaptureSink;
    sink.event = () => {
      throw refuse;
    };
    const running = openProbe().run(sink);
    execFileSync("true");
    await expect(running).rejects.toBe(refuse);
  });
});

function sum(counts: ReadonlyMap<unknown, number>): number {
  return [...counts.values()].reduce((total, count) => total + count, 0);
}

/** Two processors at most that this process may run on. */
function allowedCpus(): number[] {
  const [, list = ""] = /^Cpus_allowed_list:\s*(\S+)$/m.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
  const cpus = list.split(",").flatMap((range) => {
    const [first = 0, last = first] = range.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
  return cpus.slice(0, 2);
}

/** A process that holds a probe. */
function startHolder(): ChildProcess {
  return spawn(process.execPath, ["--conditions=@falcoc/source", HOLDER], {
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** The kernel programs that a process holds, as `loaded` names them. */
function heldPrograms(pid: number): string[] {
  // What has been closed since the folder was read is no concern of anybody.
  const files = execFileSync("sh", ["-c", `cat /proc/${pid}/fdinfo/* 2> /dev/null; true`], {
    encoding: "utf8",
  });
  return [...new Set([...files.matchAll(/^prog_id:\s*(\d+)$/gm)].map(([, id]) => `program ${id}`))];
}

/** All kernel programs and attachments of the machine. */
function loaded(programs: string): string[] {
  return execFileSync(programs, { encoding: "utf8" }).match(/.+/g) ?? [];
}

/** The kernel frees programs in its own time. */
async function expectGone(programs: string, ids: readonly string[]): Promise<void> {
  const left = () => loaded(programs).filter((id) => ids.includes(id));
  await expect.poll(left, { timeout: 10_000 }).toEqual([]);
}

describeKernel("the start of a probe", () => {
  it("tells the processes and descriptors that are there", async () => {
    const processes = new Map<number, ProcessEntry>();
    const descriptors = new Map<number, readonly FdEntry[]>();
    const sink = {
      ...collectingSink([]),
      process: (entry: ProcessEntry) => void processes.set(entry.tid, entry),
      fds: (tid: number, list: readonly FdEntry[]) => void descriptors.set(tid, list),
    };
    await openProbe().run(sink, AbortSignal.abort());
    const self = processes.get(process.pid);
    expect(self).toMatchObject({
      pid: process.pid,
      ptid: process.ppid,
      vtid: process.pid,
      cwd: process.cwd(),
      uid: process.getuid?.(),
      comm: readFileSync("/proc/self/comm", "utf8").trim(),
    });
    expect(self?.exepath).toBe(process.execPath);
    expect(self?.fdlimit).toBeGreaterThan(0);
    const ageMs = Date.now() - Number(self?.cloneTimeNs) / 1e6;
    expect(Math.abs(ageMs - process.uptime() * 1000)).toBeLessThan(1000);
    const threads = [...processes.values()].filter((entry) => entry.pid === process.pid);
    expect(threads.length).toBeGreaterThan(1);
    expect(descriptors.get(process.pid)?.some((entry) => entry.body.type === 12)).toBe(true);
  });
});
