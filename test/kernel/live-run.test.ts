// SPDX-License-Identifier: Apache-2.0
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { openCapture } from "@falcoc/runtime";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { describeShared } from "../shared.ts";
import { describeKernel, scratchFolder } from "./kernel.ts";

const START = fileURLToPath(new URL("../../packages/cli/src/start.ts", import.meta.url));
const NODE = [process.execPath, "--conditions=@falcoc/source", START];
/** How long a run may take to load its rules and the kernel programs, on a busy machine. */
const READY_MS = 30_000;
const SOON_MS = 1000;
const POLL_MS = 5;

const { folder, remove } = scratchFolder();
afterAll(remove);

/** What a test that failed may have left running. */
const children = new Set<ChildProcess>();
afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
  children.clear();
});

const RULES = join(folder, "rules.yaml");
const MARK = join(folder, "marked");
writeFileSync(MARK, "");
writeFileSync(
  RULES,
  `
- rule: Marked file opened
  desc: the file of this test
  condition: evt.type in (open, openat) and fd.name = ${MARK}
  output: opened %fd.name by %proc.cmdline of %proc.pname as %user.name
  priority: NOTICE
`,
);

describeShared("falcoc run with the official rules", (shared) => {
  describeKernel("tells within a second", () => {
    it("that cat reads /etc/shadow", async () => {
      const run = await start(["run", "-r", join(shared, "corpus", "rules", "falco_rules.yaml")]);
      execFileSync("cat", ["/etc/shadow"]);
      await run.until(/Sensitive file opened.*file=\/etc\/shadow .*process=cat /, SOON_MS);
      expect(await run.end("SIGTERM")).toBe(0);
      expect(run.err()).toMatch(/\d+ events \(\d+ a second\), \d+ alerts?, nothing lost/);
    });
  });
});

describeKernel("falcoc run", () => {
  it("prints alerts as JSON, and ends when it is interrupted", async () => {
    const run = await start(["run", "-r", RULES, "--json"]);
    execFileSync("cat", [MARK]);
    await run.until(/\n/, SOON_MS);
    expect(await run.end("SIGINT")).toBe(0);
    expect(JSON.parse(run.out())).toMatchObject({
      rule: "Marked file opened",
      priority: "Notice",
      source: "syscall",
      output_fields: { "fd.name": MARK, "proc.cmdline": `cat ${MARK}`, "user.name": "root" },
    });
  });

  it("ends after a time, or after a number of events", async () => {
    const timed = await start(["run", "-r", RULES, "--seconds", "1", "--stats", "1"]);
    expect(await timed.ended()).toBe(0);
    const counted = await start(["run", "-r", RULES, "--events", "1"]);
    execFileSync("cat", [MARK]);
    expect(await counted.ended()).toBe(0);
    expect(counted.err()).toMatch(/: 1 event \(/);
  });

  it("says how many events were lost before an alert, and does what is asked for then", async () => {
    const run = await start(["run", "-r", RULES, "--json", "--on-drop", "log,alert"]);
    run.child.kill("SIGSTOP");
    // More than the ring holds while nobody reads it.
    execFileSync("sh", ["-c", "i=0; while [ $i -lt 200000 ]; do : < /dev/null; i=$((i+1)); done"]);
    run.child.kill("SIGCONT");
    await run.until(/Falco internal: syscall event drop/, 10_000);
    // Until the ring has been read, this may be lost too.
    for (let i = 0; i < 100 && !run.out().includes("Marked file opened"); i++) {
      execFileSync("cat", [MARK]);
      await sleep(100);
    }
    expect(await run.end("SIGTERM")).toBe(0);
    const alerts = run
      .out()
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const internal = alerts.find((alert) => alert.rule === "Falco internal: syscall event drop");
    expect(internal).toMatchObject({ priority: "Debug", source: "internal" });
    expect(internal.output_fields.n_drops).toBeGreaterThan(1000);
    const marked = alerts.find((alert) => alert.rule === "Marked file opened");
    expect(marked.output_fields["falcoc.events_dropped"]).toBeGreaterThan(1000);
    expect(run.err()).toMatch(/syscall event drop\. \d+ system calls dropped/);
    expect(run.err()).toMatch(/events lost \(.*openat \d+/);
  });

  it("exits where events are lost and that is asked for", async () => {
    const run = await start(["run", "-r", RULES, "--on-drop", "exit"]);
    run.child.kill("SIGSTOP");
    execFileSync("sh", ["-c", "i=0; while [ $i -lt 200000 ]; do : < /dev/null; i=$((i+1)); done"]);
    run.child.kill("SIGCONT");
    expect(await run.ended()).toBe(2);
  });
});

describeKernel("falcoc record", () => {
  it.each(["trace.scap", "trace.scap.gz"])(
    "makes %s, which gives the alerts that were seen live",
    async (name) => {
      const path = join(folder, name);
      const live = await start(["run", "-r", RULES]);
      const record = await start(["record", path]);
      for (let i = 0; i < 3; i++) execFileSync("cat", [MARK]);
      await sleep(SOON_MS);
      expect(await record.end("SIGINT")).toBe(0);
      expect(await live.end("SIGINT")).toBe(0);
      const replayed = execFileSync(NODE[0] as string, [...NODE.slice(1), "replay", path, "-r", RULES], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      });
      expect(live.out().trim().split("\n")).toHaveLength(3);
      // Two probes do not look at the clock at the same time.
      expect(withoutTimes(replayed)).toBe(withoutTimes(live.out()));
      expect(statSync(path).mode & 0o777).toBe(0o600);
      const isCompressed = readFileSync(path).readUInt16LE() === 0x8b1f;
      expect(isCompressed).toBe(name.endsWith(".gz"));
    },
  );

  it("keeps of what does not pass the filter only what the state needs, and hides that", async () => {
    const path = join(folder, "filtered.scap");
    const record = await start([
      "record",
      path,
      "fd.name",
      "=",
      MARK,
      "and",
      "evt.type=openat",
      "--events",
      "2",
    ]);
    for (let i = 0; i < 3; i++) execFileSync("cat", [MARK]);
    expect(await record.ended()).toBe(0);
    expect(record.err()).toMatch(/: 2 events, and \d+ more that only change the state/);
    const shown: number[] = [];
    const capture = openCapture(path);
    await capture.run((event) => shown.push(event.number));
    expect(shown).toHaveLength(2);
    expect(capture.counters().events).toBeGreaterThan(2);
  });
});

describeKernel("what is missing for live events, where they can be had", () => {
  it.each([
    [
      "the library",
      "mount --bind /dev/null $(readlink -f $(ldconfig -p | sed -n 's/.*libbpf.so.1 .*=> //p'))",
    ],
    ["the kernel's types", "mount -t tmpfs none /sys/kernel/btf"],
  ])("is named in one sentence where %s cannot be found, and not needed for a dry run", async (_, hide) => {
    const hidden = (...args: string[]) =>
      watched(spawn("unshare", ["--mount", "sh", "-c", `${hide} && exec "$@"`, "sh", ...NODE, ...args]));
    const run = hidden("run", "-r", RULES);
    expect(await run.ended()).toBe(2);
    expect(run.err()).toMatch(/^falcoc: live events need .*(libbpf|CONFIG_DEBUG_INFO_BTF).*\n$/m);
    expect(await hidden("run", "-r", RULES, "--dry-run").ended()).toBe(0);
  });

  it("is nothing with the two capabilities that are asked for", async () => {
    const capabilities = ["--bounding-set=-all,+bpf,+perfmon", "--inh-caps=-all,+bpf,+perfmon"];
    const run = watched(spawn("setpriv", [...capabilities, ...NODE, "run", "-r", RULES, "--seconds", "1"]));
    expect(await run.ended()).toBe(0);
    expect(run.err()).toMatch(/\d+ events? \(/);
  });
});

describe("what is missing for live events", () => {
  it.runIf(process.getuid?.() === 0).each([
    ["run", "-r", RULES],
    ["record", "/dev/null"],
  ])("is named in one sentence: %s", async (...args) => {
    chmodSync(folder, 0o755);
    const child = spawn("setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", ...NODE, ...args]);
    const run = watched(child);
    expect(await run.ended()).toBe(2);
    expect(run.err()).toMatch(/^falcoc: live events need .*\n$/m);
  });

  it("is not needed for a dry run", async () => {
    const run = watched(spawn(NODE[0] as string, [...NODE.slice(1), "run", "-r", RULES, "--dry-run"]));
    expect(await run.ended()).toBe(0);
    expect(run.err()).toBe("1 rule over 2 kinds of events of the kernel\n");
  });
});

function withoutTimes(alerts: string): string {
  return alerts.replace(/^\d\d:\d\d:\d\d\.\d{9}/gm, "");
}

interface Run {
  readonly child: ChildProcess;
  out(): string;
  err(): string;
  /** Resolves when standard output fits; rejects after `withinMs`. */
  until(pattern: RegExp, withinMs: number): Promise<void>;
  /** Sends a signal, and gives the exit status. */
  end(signal: NodeJS.Signals): Promise<number | null>;
  ended(): Promise<number | null>;
}

/** Starts a command, and waits until no event is missed any more. */
async function start(args: readonly string[]): Promise<Run> {
  const run = watched(spawn(NODE[0] as string, [...NODE.slice(1), ...args]));
  await waitFor(
    () => run.err().includes("watching\n"),
    READY_MS,
    () => `it is not ready: ${run.err()}`,
  );
  return run;
}

function watched(child: ChildProcess): Run {
  children.add(child);
  let out = "";
  let err = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (err += text));
  const closed = once(child, "close") as Promise<[number | null]>;
  const ended = async () => (await closed)[0];
  return {
    child,
    out: () => out,
    err: () => err,
    until: (pattern, withinMs) =>
      waitFor(
        () => pattern.test(out),
        withinMs,
        () => `nothing like ${pattern} within ${withinMs} ms: ${out}${err}`,
      ),
    end(signal) {
      child.kill(signal);
      return ended();
    },
    ended,
  };
}

async function waitFor(holds: () => boolean, withinMs: number, complaint: () => string): Promise<void> {
  const started = performance.now();
  while (!holds()) {
    if (performance.now() - started > withinMs) throw new Error(complaint());
    await sleep(POLL_MS);
  }
}
