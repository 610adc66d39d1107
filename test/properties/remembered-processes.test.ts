// SPDX-License-Identifier: Apache-2.0
// What compiled rules remember of processes must fall when it may have changed: compiled rules and the interpreter
// look at the same events of machines on which processes are born, change and die.
import { compile, interpret } from "@falcoc/compiler";
import { EVENTS, THREAD_FLAGS } from "@falcoc/compiler/catalog";
import type { Extractor, FieldUse } from "@falcoc/compiler/program";
import { type CaptureSink, createEngine, type Event, liveSource, UNKNOWN_PROCESS } from "@falcoc/runtime";
import fc from "fast-check";
import { expect, it } from "vitest";
import { encodeEvent, type ParameterValue } from "../../packages/runtime/src/scenario/encode-event.ts";

/** More by environment: `FALCOC_PROPERTY_RUNS=5000`. */
const RUNS = Number(process.env.FALCOC_PROPERTY_RUNS ?? 40);

/** Threads from the start: each is the child of the one before. Further ones are only known once events name them. */
const FIRST_TIDS = [1, 10, 11] as const;
const TIDS = [...FIRST_TIDS, 12, 13, 14];
const NAMES = ["a", "bash", "sh"];
const CONTAINERS = ["", "aaaaaaaaaaaa", "bbbbbbbbbbbb"];
const UIDS = [0, 5, 6];

/** Each is a rule of its own, alone, denied, and with others. */
const CONDITIONS = [
  ...["proc.name", "proc.exe", "proc.exepath", "proc.pname", "proc.pexe", "proc.pexepath", "proc.aname"].map(
    (field) => `${field} = bash`,
  ),
  ...["proc.aname[2]", "proc.aname[3]", "proc.aexe[1]", "proc.aexepath", "proc.sname", "proc.pgid.name"].map(
    (field) => `${field} in (bash, sh)`,
  ),
  ...["proc.args", "proc.cmdline", "proc.exeline", "proc.pcmdline", "proc.acmdline", "proc.aargs"].map(
    (field) => `${field} contains bash`,
  ),
  "proc.args[1] = sh",
  "proc.cmdnargs > 1",
  "proc.cmdlenargs > 3",
  "proc.env contains 'K=a'",
  "proc.env[K] = bash",
  "proc.aenv contains 'K=a'",
  "proc.aenv[K] = sh",
  "proc.cwd = /bash/",
  "proc.tty = 5",
  "proc.pid = 11",
  "proc.ppid = 10",
  "proc.vpid = 11",
  "proc.pvpid = 10",
  "proc.apid = 10",
  "proc.apid[2] = 1",
  "proc.loginshellid = 10",
  "proc.sid = 11",
  "proc.vpgid = 11",
  "proc.pgid = 11",
  "proc.is_sid_leader = true",
  "proc.is_vpgid_leader = true",
  "proc.is_pgid_leader = true",
  "proc.is_exe_writable = true",
  "proc.is_exe_upper_layer = true",
  "proc.is_exe_from_memfd = true",
  "proc.exe_ino = 11",
  "thread.ismain = true",
  "thread.vtid = 11",
  "thread.cap_effective contains CAP_CHOWN",
  "thread.cap_permitted contains CAP_CHOWN",
  "thread.cap_inheritable contains CAP_CHOWN",
  "thread.cgroups contains bbbb",
  "user.uid = 5",
  "user.name = bash",
  "user.homedir = /home/bash",
  "user.loginuid = 5",
  "user.loginname = bash",
  "group.gid = 5",
  "group.name = bash",
  "container.id = host",
  "container.id = aaaaaaaaaaaa",
  "container.name = bash",
  "container.image.repository = bash",
  "container.privileged = true",
  "k8s.ns.name = bash",
  "k8s.pod.label[app] = bash",
  "fd.name startswith /bash",
  "evt.type in (openat, execve)",
];

const RULES = [
  ...CONDITIONS,
  ...CONDITIONS.map((condition) => `not ${condition}`),
  ...CONDITIONS.map((condition, i) => `(${condition} or ${other(i, 7)}) and not ${other(i, 17)}`),
  ...CONDITIONS.map((condition, i) => `fd.num >= 0 and ${condition} and ${other(i, 11)} and ${other(i, 23)}`),
  ...CONDITIONS.map(
    (condition, i) => `evt.type = openat and (${condition} or fd.name = /sh or ${other(i, 5)})`,
  ),
];

function other(index: number, distance: number): string {
  return CONDITIONS[(index + distance) % CONDITIONS.length] as string;
}

/** Something that happens on the machine. Its numbers are indices of the lists above. */
interface Act {
  readonly kind: keyof typeof ACTS;
  readonly tid: number;
  readonly other: number;
  readonly name: number;
  readonly number: number;
  readonly flag: boolean;
}

type Values = Readonly<Record<string, ParameterValue>>;

interface Happened {
  readonly id: string;
  readonly tid: number;
  readonly values: Values;
}

const ACTS = {
  clone: (act: Act): Happened => ({
    id: "SYSCALL_CLONE_20_X",
    tid: tidOf(act),
    values: cloneValues(act, otherOf(act)),
  }),
  born: (act: Act): Happened => ({
    id: "SYSCALL_CLONE_20_X",
    tid: otherOf(act),
    values: {
      ...cloneValues(act, 0),
      tid: otherOf(act),
      pid: act.flag ? tidOf(act) : otherOf(act),
      ptid: tidOf(act),
    },
  }),
  exec: (act: Act): Happened => ({ id: "SYSCALL_EXECVE_19_X", tid: tidOf(act), values: execValues(act) }),
  exit: (act: Act): Happened => ({
    id: "PROCEXIT_1_E",
    tid: tidOf(act),
    values: { status: 0, ret: 0, sig: 0, core: 0, reaper_tid: act.flag ? otherOf(act) : -1 },
  }),
  setuid: (act: Act): Happened => call(act, "SYSCALL_SETUID_X", { uid: uidOf(act) }),
  setresuid: (act: Act): Happened => call(act, "SYSCALL_SETRESUID_X", { ruid: 0, euid: uidOf(act), suid: 0 }),
  setgid: (act: Act): Happened => call(act, "SYSCALL_SETGID_X", { gid: uidOf(act) }),
  setsid: (act: Act): Happened => call(act, "SYSCALL_SETSID_X", { res: tidOf(act) }),
  chdir: (act: Act): Happened => call(act, "SYSCALL_CHDIR_X", { path: `/${nameOf(act)}` }),
  chroot: (act: Act): Happened => call(act, "SYSCALL_CHROOT_X", { path: `/${nameOf(act)}` }),
  capset: (act: Act): Happened =>
    call(act, "SYSCALL_CAPSET_X", {
      cap_inheritable: act.name,
      cap_permitted: act.number,
      cap_effective: act.name,
    }),
  unshare: (act: Act): Happened => call(act, "SYSCALL_UNSHARE_X", { flags: THREAD_FLAGS.CLONE_NEWUSER }),
  subreaper: (act: Act): Happened => call(act, "SYSCALL_PRCTL_X", { option: 36, arg2_str: "", arg2_int: 1 }),
  open: (act: Act): Happened =>
    call(act, "SYSCALL_OPENAT_2_X", {
      fd: 3,
      dirfd: -100,
      name: `/${nameOf(act)}`,
      flags: 1,
      mode: 0,
      dev: 0,
      ino: 0,
    }),
  close: (act: Act): Happened => call(act, "SYSCALL_CLOSE_X", { fd: 3 }),
  container: (act: Act): Happened => ({
    id: "ASYNCEVENT_E",
    tid: act.flag ? tidOf(act) : 0,
    values: {
      plugin_id: 0,
      name: act.number === 0 ? "container_removed" : "container",
      data: `${JSON.stringify({ container: containerValues(act) })}\0`,
    },
  }),
  user: (act: Act): Happened => ({
    id: act.number === 0 ? "USER_DELETED_E" : "USER_ADDED_E",
    tid: 0,
    values: {
      uid: act.flag ? 5 : 6,
      gid: 5,
      name: nameOf(act),
      home: `/home/${nameOf(act)}`,
      shell: "",
      container_id: CONTAINERS[act.other % CONTAINERS.length] ?? "",
    },
  }),
  group: (act: Act): Happened => ({
    id: act.number === 0 ? "GROUP_DELETED_E" : "GROUP_ADDED_E",
    tid: 0,
    values: {
      gid: act.flag ? 5 : 6,
      name: nameOf(act),
      container_id: CONTAINERS[act.other % CONTAINERS.length] ?? "",
    },
  }),
};

function call(act: Act, id: string, values: Values): Happened {
  return { id, tid: tidOf(act), values: { res: 0, ...values } };
}

function tidOf(act: Act): number {
  return TIDS[act.tid] as number;
}

function otherOf(act: Act): number {
  return TIDS[act.other] as number;
}

function nameOf(act: Act): string {
  return NAMES[act.name] as string;
}

function uidOf(act: Act): number {
  return UIDS[act.number] as number;
}

function cgroupsOf(act: Act): string {
  const id = CONTAINERS[act.number] ?? "";
  return id === "" ? "cpu=/\0" : `cpu=/docker/${(id[0] as string).repeat(64)}\0`;
}

function cloneValues(act: Act, res: number): Values {
  return {
    res,
    exe: nameOf(act),
    args: `${nameOf(act)}\0`,
    tid: tidOf(act),
    pid: tidOf(act),
    ptid: 1,
    fdlimit: 10,
    comm: nameOf(act),
    cgroups: cgroupsOf(act),
    flags: act.flag ? THREAD_FLAGS.CLONE_THREAD : 0,
    uid: uidOf(act),
    gid: uidOf(act),
    vtid: res === 0 ? otherOf(act) : tidOf(act),
    vpid: res === 0 ? otherOf(act) : tidOf(act),
  };
}

function execValues(act: Act): Values {
  const name = nameOf(act);
  return {
    res: 0,
    exe: name,
    args: act.flag ? `${name}\0sh\0` : "",
    tid: tidOf(act),
    pid: tidOf(act),
    ptid: otherOf(act),
    fdlimit: 10,
    comm: name,
    cgroups: cgroupsOf(act),
    env: `K=${name}\0`,
    tty: 5 * act.number,
    vpgid: otherOf(act),
    loginuid: uidOf(act),
    flags: act.name === 0 ? 1 : act.name * 2,
    cap_inheritable: act.number,
    cap_permitted: act.name,
    cap_effective: act.number,
    exe_ino: otherOf(act),
    uid: uidOf(act),
    trusted_exepath: name,
    pgid: otherOf(act),
    gid: uidOf(act),
  };
}

function containerValues(act: Act): object {
  return {
    id: CONTAINERS[1 + (act.other % 2)],
    name: nameOf(act),
    imagerepo: nameOf(act),
    privileged: act.flag,
    labels: { "io.kubernetes.pod.namespace": nameOf(act) },
    pod_sandbox_id: CONTAINERS[1],
    pod_sandbox_labels: { app: nameOf(act) },
  };
}

const act: fc.Arbitrary<Act> = fc.record({
  kind: fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom("clone", "born", "exec", "exit", "open") },
    { weight: 3, arbitrary: fc.constantFrom(...(Object.keys(ACTS) as (keyof typeof ACTS)[])) },
  ),
  tid: fc.nat(TIDS.length - 1),
  other: fc.nat(TIDS.length - 1),
  name: fc.nat(NAMES.length - 1),
  number: fc.nat(UIDS.length - 1),
  flag: fc.boolean(),
});

const compiled = compile([{ path: "rules.yaml", text: RULES.map(ruleText).join("") }]);
const conditions = compiled.loaded.active?.rules.map(({ expr }) => expr) ?? [];

function ruleText(condition: string, index: number): string {
  return `- rule: r${index}\n  desc: x\n  condition: evt.num > 0 and (${condition})\n  output: x\n  priority: INFO\n`;
}

it("compiled rules know of processes what the interpreter finds out anew at each event", async () => {
  expect(compiled.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(conditions).toHaveLength(RULES.length);
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 60, size: "max" }), async (acts) => {
      // Two engines, so that one could take what the other remembers for its own.
      const engines = [
        createEngine(compiled.ruleset, { ruleMatching: "all" }),
        createEngine(compiled.ruleset),
      ];
      await machine(acts, (event) => {
        const expected = conditions.flatMap((condition, i) => (holds(condition, event) ? [RULES[i]] : []));
        for (const [i, engine] of engines.entries()) {
          const found = engine.matches(event).map((rule) => RULES[rule]);
          expect(found).toEqual(i === 0 ? expected : expected.slice(0, 1));
        }
      });
    }),
    { numRuns: RUNS },
  );
});

const extractors = new Map<FieldUse, Extractor<Event>>();

function holds(condition: (typeof conditions)[number], event: Event): boolean {
  return interpret(condition, (field) => {
    const extractor = extractors.get(field) ?? event.binder.bind(field);
    extractors.set(field, extractor);
    return extractor(event);
  });
}

async function machine(acts: readonly Act[], onEvent: (event: Event) => void): Promise<void> {
  await liveSource(async (sink) => {
    describe(sink);
    // Every thread opens a file after every act, so that what is remembered of it is asked for.
    let timeNs = 1_700_000_000_000_000_000n;
    for (const one of acts) {
      const looks = TIDS.map((_, tid): Act => ({ ...one, kind: "open", tid }));
      for (const each of [one, ...looks]) {
        const { id, tid, values } = ACTS[each.kind](each);
        const code = EVENTS.findIndex((definition) => definition.id === id);
        timeNs += each === one ? 3_000_000_000n : 1n;
        sink.event(encodeEvent(code, tid, timeNs, values));
      }
    }
  }).run(onEvent);
}

function describe(sink: CaptureSink): void {
  sink.section();
  sink.users([
    { kind: "user", uid: 5, gid: 5, name: "bash", home: "/home/bash", shell: "/bin/sh" },
    { kind: "group", gid: 5, name: "bash" },
  ]);
  for (const [i, tid] of FIRST_TIDS.entries()) {
    const ptid = FIRST_TIDS[i - 1] ?? 0;
    sink.process({
      ...UNKNOWN_PROCESS,
      tid,
      pid: tid,
      ptid,
      vtid: tid,
      vpid: tid,
      sid: tid,
      comm: "bash",
      exe: "bash",
    });
  }
  sink.metadataEnd();
}
