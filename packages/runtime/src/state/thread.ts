// SPDX-License-Identifier: Apache-2.0
import { THREAD_FLAGS } from "@falcoc/compiler/catalog";
import type { ByteString } from "@falcoc/compiler/program";
import { type Integer, toInteger } from "../capture/integers.ts";
import type { EventRecord } from "../capture/records.ts";
import type { ProcessMemory } from "../syscall/process-memory.ts";
import { FdTable } from "./fd-table.ts";
import { NO_STRINGS, type NulStrings } from "./nul-strings.ts";
import { normalisePath } from "./path.ts";
import type { ThreadGroup } from "./thread-group.ts";

const { CHILD_IN_PIDNS, CLONE_FILES, IS_MAIN_THREAD } = THREAD_FLAGS;

/** What stands for a name that is not known. */
export const UNKNOWN_NAME = "<NA>";
/** User id that is not known. */
export const UNKNOWN_ID = 0xffffffff;
const UNKNOWN_CWD = "./";
const NO_CHILDREN: ReadonlySet<Thread> = new Set();

/** What is known of one thread. All properties are there from the start, so that all threads have one shape. */
export class Thread {
  readonly tid: number;
  /** -1: a placeholder for a thread of which only the id is known. */
  pid = -1;
  /** Thread (not process) that is the parent. -1: not known; 0: none. */
  ptid = -1;
  vtid = -1;
  vpid = -1;
  sid = -1;
  vpgid = -1;
  pgid = -1;
  comm: ByteString = "";
  exe: ByteString = "";
  exepath: ByteString = "";
  args: NulStrings = NO_STRINGS;
  /** As stored on this very thread; `environment` gives that of the process. */
  env: NulStrings = NO_STRINGS;
  /** Of the main thread: the directory of the process, with a slash at its end. */
  cwd: ByteString = "";
  root: ByteString = "";
  /** `name=path`, names in their normal form. */
  cgroups: readonly ByteString[] = [];
  /** Id of the container that the cgroups name; empty for the host. */
  containerId: ByteString = "";
  flags = 0;
  fdlimit: Integer = -1;
  uid = 0;
  gid = 0;
  loginuid = UNKNOWN_ID;
  tty = 0;
  capInheritable: Integer = 0;
  capPermitted: Integer = 0;
  capEffective: Integer = 0;
  vmSizeKb = 0;
  vmRssKb = 0;
  vmSwapKb = 0;
  pageFaultsMajor: Integer = 0;
  pageFaultsMinor: Integer = 0;
  exeIno: Integer = 0;
  /** Times in nanoseconds since 1970; 0: not known. */
  exeInoCtimeNs: Integer = 0;
  exeInoMtimeNs: Integer = 0;
  /** When the process that ran the program had been cloned, and when its pid namespace had begun; 0: not known. */
  execCloneTimeNs = 0n;
  execNamespaceStartNs = 0n;
  cloneTimeNs = 0n;
  lastExecTimeNs = 0n;
  pidNamespaceStartNs: Integer = 0;
  isExeWritable = false;
  isExeUpperLayer = false;
  isExeLowerLayer = false;
  isExeFromMemfd = false;

  isDead = false;
  /** Who adopts the children when the thread has exited, as the kernel said; -1: it did not say. */
  reaperTid = -1;
  group: ThreadGroup | null = null;
  /** Made with the first child: most threads never have one. */
  #children: Set<Thread> | null = null;
  readonly ownFds = new FdTable();

  /** Number of the last event. */
  lastEvent = 0;
  /** Descriptor of the last event. */
  lastFd = -1;
  /** Code of the last event that began a call; -1: none. */
  lastEnterCode = -1;
  /** The event that began the call under way, kept for its arguments. */
  pendingEnter: EventRecord | null = null;

  /** What rules found out about the thread, see `rememberProcess`; null: nothing. */
  memory: ProcessMemory | null = null;

  constructor(tid: number) {
    this.tid = tid;
  }

  get children(): ReadonlySet<Thread> {
    return this.#children ?? NO_CHILDREN;
  }

  addChild(child: Thread): void {
    this.#children ??= new Set();
    this.#children.add(child);
  }

  removeChild(child: Thread): void {
    this.#children?.delete(child);
  }

  removeChildren(): void {
    this.#children = null;
  }

  /** A placeholder: only the id is known. */
  get isInvalid(): boolean {
    return this.pid < 0;
  }

  get isMain(): boolean {
    return this.tid === this.pid || (this.flags & IS_MAIN_THREAD) !== 0;
  }

  /** In a pid namespace other than that of the machine. */
  get isInPidNamespace(): boolean {
    return (this.flags & CHILD_IN_PIDNS) !== 0 || (this.vtid !== this.tid && this.vtid >= 0);
  }

  /** The leader of the process. Null for placeholders, and where the leader is not known. */
  get main(): Thread | null {
    if (this.isMain) return this;
    const first = this.group?.threads[0] ?? null;
    return first?.isMain ? first : null;
  }

  /** Descriptors that the thread sees. Null: they belong to a leader that is not known. */
  get fds(): FdTable | null {
    if ((this.flags & CLONE_FILES) === 0) return this.ownFds;
    return this.main?.ownFds ?? null;
  }

  /** From the change of the executable to the start of the process that ran it; 0: not known. */
  get ctimeToCloneNs(): Integer {
    return elapsed(this.exeInoCtimeNs, this.execCloneTimeNs);
  }

  /** From the start of the pid namespace to the change of the executable; 0: not known. */
  get pidNamespaceToCtimeNs(): Integer {
    return this.execNamespaceStartNs === 0n ? 0 : elapsed(this.execNamespaceStartNs, this.exeInoCtimeNs);
  }

  /** Environment of the process. */
  get environment(): NulStrings {
    return this.main?.env ?? this.env;
  }

  /** Current directory of the process, with a slash at its end. */
  get directory(): ByteString {
    return this.main?.cwd ?? UNKNOWN_CWD;
  }

  /** Sets the directory of the process, relative to its current one. */
  changeDirectory(path: ByteString): void {
    const main = this.main;
    if (main === null) return;
    const changed = normalisePath(main.cwd, path);
    main.cwd = changed.endsWith("/") ? changed : `${changed}/`;
  }

  /** Name and arguments, separated by blanks. */
  get commandLine(): ByteString {
    const args = this.args.joined;
    return args === "" ? this.comm : `${this.comm} ${args}`;
  }
}

/** Time between two times in this order; 0: the later one is not known (is 0), or is not later. */
function elapsed(from: Integer, to: Integer): Integer {
  if (from >= to) return 0;
  return toInteger(BigInt(to) - BigInt(from));
}
