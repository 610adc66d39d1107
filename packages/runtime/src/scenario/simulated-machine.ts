// SPDX-License-Identifier: Apache-2.0
import { EVENTS } from "@falcoc/compiler/catalog";
import { type ByteString, encodeText } from "@falcoc/compiler/program";
import { type CaptureSink, type ProcessEntry, UNKNOWN_PROCESS } from "../capture/records.ts";
import { encodeEvent, type ParameterValue } from "./encode-event.ts";
import type { ScenarioContainer, ScenarioProcess } from "./scenario.ts";

/** Where the clock of every simulation begins: 2026-01-01 00:00:00 UTC. */
export const START_NS = 1_767_225_600_000_000_000n;
const TICK_NS = 1_000_000n;
const BOOT_NS = START_NS - 3_600_000_000_000n;

const COMM_BYTES_MAX = 15;
const FIRST_PID = 4000;
const UNSET = 0xffffffff;
const ALL_CAPABILITIES = 0x1ffffffffffn;
const RUNNER_FOLDER = "/tmp/event-generator";

/** Bits of an execve event's flags. */
const EXE_WRITABLE = 1;
const EXE_UPPER_LAYER = 2;
const EXE_FROM_MEMFD = 4;

/** Bits of a clone event's flags. */
const CLONE_CHILD_CLEARTID = 0x800000;
const CLONE_CHILD_SETTID = 0x1000000;
const CLONE_CHILD_IN_PIDNS = 0x20000000;

/** Accounts of the simulated machine, and of its containers: those of a plain Debian. */
export const ACCOUNTS: Readonly<Record<string, number>> = {
  root: 0,
  daemon: 1,
  bin: 2,
  sys: 3,
  sync: 4,
  games: 5,
  man: 6,
  lp: 7,
  mail: 8,
  news: 9,
  uucp: 10,
  proxy: 13,
  "www-data": 33,
  backup: 34,
  list: 38,
  irc: 39,
  nobody: 65534,
  sshd: 105,
};

/** A process of the simulation, with what the events about it need. */
export interface SimulatedProcess {
  readonly tid: number;
  readonly vtid: number;
  readonly parentTid: number;
  comm: ByteString;
  exe: ByteString;
  args: ByteString;
  uid: number;
  nextFd: number;
  /** Descriptors that have been opened: what each refers to. */
  readonly fds: Map<number, string>;
}

/** Gives out times, process ids and events, as the kernel would; all of it is the same at every run. */
export class SimulatedMachine {
  readonly #sink: CaptureSink;
  readonly #container: ScenarioContainer | null;
  readonly #codes: ReadonlyMap<string, number>;
  #nowNs = START_NS;
  #nextPid = FIRST_PID;
  #nextVpid = 1;
  /** Paths that exist, so that opening one with O_CREAT does not create it again. */
  readonly files = new Set<string>();
  readonly containerId: string | null;

  constructor(sink: CaptureSink, container: ScenarioContainer | null) {
    this.#sink = sink;
    this.#container = container;
    this.containerId = container === null ? null : "5ca1ab1e".repeat(8);
    this.#codes = currentExitCodes();
  }

  /** Describes the machine, and starts the runner: in the container where there is one. */
  boot(): SimulatedProcess {
    const sink = this.#sink;
    sink.section();
    sink.machine({
      cpus: 2,
      memoryBytes: 8 * 2 ** 30,
      maxPid: 4194304,
      hostname: "simulated",
      bootTimeNs: BOOT_NS,
      flags: 0,
    });
    sink.interfaces([
      {
        family: 4,
        name: "lo",
        address: "\x7f\0\0\x01",
        netmask: "\xff\0\0\0",
        broadcast: "\0\0\0\0",
        linkSpeed: 0,
      },
      {
        family: 4,
        name: "eth0",
        address: "\x0a\0\0\x05",
        netmask: "\xff\xff\xff\0",
        broadcast: "\x0a\0\0\xff",
        linkSpeed: 0,
      },
    ]);
    sink.users(
      Object.entries(ACCOUNTS).flatMap(([name, id]) => [
        { kind: "user" as const, uid: id, gid: id, name, home: home(name), shell: "/bin/sh" },
        { kind: "group" as const, gid: id, name },
      ]),
    );
    const systemd = this.#existing({
      tid: 1,
      vtid: 1,
      ptid: 0,
      comm: "systemd",
      exe: "/sbin/init",
      exepath: "/usr/lib/systemd/systemd",
    });
    const above =
      this.#container === null
        ? systemd
        : this.#existing({
            tid: 900,
            vtid: 900,
            ptid: 1,
            comm: "containerd-shim",
            exe: "/usr/bin/containerd-shim",
            exepath: "/usr/bin/containerd-shim",
          });
    const runner = this.#existing({
      tid: this.#nextPid++,
      vtid: this.#container === null ? FIRST_PID : this.#nextVpid++,
      ptid: above.tid,
      comm: "event-generator",
      exe: "/bin/event-generator",
      exepath: "/bin/event-generator",
      cgroups: this.#cgroups(),
    });
    sink.metadataEnd();
    if (this.#container !== null) this.#announce(this.#container);
    return runner;
  }

  /** Nanoseconds since 1970 on the machine's clock. */
  get nowNs(): bigint {
    return this.#nowNs;
  }

  sleep(seconds: number): void {
    this.#nowNs += BigInt(Math.round(seconds * 1e9));
  }

  /** A thread made a system call that has now returned. */
  call(process: SimulatedProcess, name: string, values: Readonly<Record<string, ParameterValue>>): void {
    const code = this.#codes.get(name);
    if (code === undefined) throw new RangeError(`no event belongs to the system call ${name}`);
    this.emit(code, process.tid, values);
  }

  emit(code: number, tid: number, values: Readonly<Record<string, ParameterValue>>): void {
    this.#nowNs += TICK_NS;
    this.#sink.event(encodeEvent(code, tid, this.#nowNs, values));
  }

  /** Code of the event that tells of a system call's end; null when the call is only known as generic. */
  codeOf(name: string): number | null {
    return this.#codes.get(name) ?? null;
  }

  /** Forks a process off `parent` and executes a program in it. */
  spawn(parent: SimulatedProcess, program: ScenarioProcess, fileLess = false): SimulatedProcess {
    const child = this.#fork(parent);
    this.#execute(child, program, fileLess);
    return child;
  }

  exit(process: SimulatedProcess): void {
    const code = EVENTS.find((event) => event.id === "PROCEXIT_1_E")?.code ?? -1;
    this.emit(code, process.tid, { status: 0, ret: 0, sig: 0, core: 0, reaper_tid: 0 });
  }

  #fork(parent: SimulatedProcess): SimulatedProcess {
    const tid = this.#nextPid++;
    const vtid = this.#container === null ? tid : ++this.#nextVpid;
    const inNamespace = this.#container === null ? 0 : CLONE_CHILD_IN_PIDNS;
    const common = {
      exe: parent.exe,
      args: parent.args,
      cwd: "",
      fdlimit: 1024,
      pgft_maj: 0,
      pgft_min: 0,
      vm_size: 8192,
      vm_rss: 2048,
      vm_swap: 0,
      comm: parent.comm,
      cgroups: this.#cgroups(),
      flags: CLONE_CHILD_CLEARTID | CLONE_CHILD_SETTID | inNamespace,
      uid: parent.uid,
      gid: parent.uid,
      pidns_init_start_ts: 0,
    };
    const caller = {
      tid: parent.tid,
      pid: parent.tid,
      ptid: parent.parentTid,
      vtid: parent.vtid,
      vpid: parent.vtid,
    };
    this.call(parent, "clone", { ...common, ...caller, res: vtid });
    const child: SimulatedProcess = {
      ...parent,
      tid,
      vtid,
      parentTid: parent.tid,
      fds: new Map(parent.fds),
    };
    this.call(child, "clone", { ...common, tid, pid: tid, ptid: parent.tid, vtid, vpid: vtid, res: 0 });
    return child;
  }

  #execute(process: SimulatedProcess, program: ScenarioProcess, fileLess: boolean): void {
    const path = encodeText(program.exePath ?? `${RUNNER_FOLDER}/${program.name}`);
    process.comm = encodeText(program.name).slice(0, COMM_BYTES_MAX);
    process.exe = encodeText(program.exe ?? path);
    process.args = program.args.map((arg) => `${encodeText(arg)}\0`).join("");
    process.uid = program.user === null ? 0 : (ACCOUNTS[program.user] ?? UNSET);
    // A program that runs under another account is a fresh copy in the container's own layer.
    const copied = this.#container !== null && process.uid !== 0;
    const created = this.#nowNs;
    this.call(process, "execve", {
      res: 0,
      exe: process.exe,
      args: process.args,
      tid: process.tid,
      pid: process.tid,
      ptid: process.parentTid,
      cwd: "",
      fdlimit: 1024,
      pgft_maj: 0,
      pgft_min: 0,
      vm_size: 8192,
      vm_rss: 2048,
      vm_swap: 0,
      comm: process.comm,
      cgroups: this.#cgroups(),
      env: program.env.map((entry) => `${encodeText(entry)}\0`).join(""),
      tty: 0,
      vpgid: process.vtid,
      loginuid: UNSET,
      flags: (fileLess ? EXE_WRITABLE | EXE_FROM_MEMFD : 0) | (copied ? EXE_UPPER_LAYER : 0),
      cap_inheritable: 0,
      cap_permitted: ALL_CAPABILITIES,
      cap_effective: ALL_CAPABILITIES,
      exe_ino: process.tid,
      exe_ino_ctime: created,
      exe_ino_mtime: created,
      uid: process.uid,
      trusted_exepath: fileLess ? `/memfd:${encodeText(program.name)} (deleted)` : path,
      pgid: process.tid,
      gid: process.uid,
      filename: fileLess ? "/proc/self/fd/3" : path,
    });
  }

  #existing(
    entry: Partial<ProcessEntry> & Pick<ProcessEntry, "tid" | "vtid" | "ptid" | "comm" | "exe" | "exepath">,
  ): SimulatedProcess {
    this.#sink.process({
      ...UNKNOWN_PROCESS,
      pid: entry.tid,
      vpid: entry.vtid,
      sid: 1,
      vpgid: entry.vtid,
      pgid: entry.tid,
      cwd: "/",
      root: "/",
      fdlimit: 1024,
      capPermitted: ALL_CAPABILITIES,
      capEffective: ALL_CAPABILITIES,
      ...entry,
    });
    const { tid, vtid, ptid, comm, exe } = entry;
    return { tid, vtid, parentTid: ptid, comm, exe, args: "", uid: 0, nextFd: 3, fds: new Map() };
  }

  #cgroups(): ByteString {
    return this.containerId === null
      ? "cpu=/\0memory=/\0"
      : `cpu=/docker/${this.containerId}\0memory=/docker/${this.containerId}\0`;
  }

  /** The events that a container engine's metadata gives: the container, and its accounts. */
  #announce({ name, image, privileged }: ScenarioContainer): void {
    const full = this.containerId ?? "";
    const id = full.slice(0, 12);
    const [repository = image, tag = "latest"] = image.split(/:(?=[^/]*$)/);
    const container = {
      id,
      full_id: full,
      name,
      image,
      imagerepo: repository,
      imagetag: tag,
      imageid: "",
      imagedigest: "",
      type: 0,
      privileged,
      ip: "",
      cni_json: "",
      labels: {},
      Mounts: [],
      env: [],
      port_mappings: [],
      host_pid: false,
      host_network: false,
      host_ipc: false,
      is_pod_sandbox: false,
      pod_sandbox_id: "",
      pod_sandbox_labels: null,
      User: "",
      lookup_state: 1,
      created_time: Number(START_NS / 1_000_000_000n),
    };
    const asynchronous = EVENTS.find((event) => event.id === "ASYNCEVENT_E");
    const userAdded = EVENTS.find((event) => event.id === "USER_ADDED_E");
    if (asynchronous === undefined || userAdded === undefined) return;
    const [plugin, named, data] = asynchronous.parameters.map((parameter) => parameter.name);
    this.emit(asynchronous.code, 1, {
      [plugin ?? ""]: 0,
      [named ?? ""]: "container",
      [data ?? ""]: `${encodeText(JSON.stringify({ container }))}\0`,
    });
    for (const [account, uid] of Object.entries(ACCOUNTS)) {
      const values = {
        uid,
        gid: uid,
        name: account,
        home: home(account),
        shell: "/bin/sh",
        container_id: id,
      };
      this.emit(userAdded.code, 1, values);
    }
  }
}

function home(account: string): string {
  return account === "root" ? "/root" : "/nonexistent";
}

/** For each system call with an event of its own, the code of that event's current exit form. */
function currentExitCodes(): ReadonlyMap<string, number> {
  const codes = new Map<string, number>();
  for (const event of EVENTS) {
    const current = event.direction === "exit" && !event.old && !event.unused && event.source === "syscall";
    if (current) codes.set(event.name, event.code);
  }
  return codes;
}
