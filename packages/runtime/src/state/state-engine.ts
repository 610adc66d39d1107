// SPDX-License-Identifier: Apache-2.0
import { EVENTS } from "@falcoc/compiler/catalog";
import type { ByteString } from "@falcoc/compiler/program";
import { copyRecord } from "../capture/event-record.ts";
import { type Integer, toInteger } from "../capture/integers.ts";
import type { FdEntry, GroupEntry, InterfaceEntry, ProcessEntry, UserEntry } from "../capture/records.ts";
import { SyscallEvent } from "../syscall/syscall-event.ts";
import { CgroupTable } from "./cgroup-table.ts";
import { ContainerTable } from "./container-table.ts";
import { ATTACH, EVENT_TRAITS } from "./event-traits.ts";
import type { FdInfo } from "./fd-info.ts";
import type { Handler } from "./handler.ts";
import { HANDLERS_BY_ID } from "./handlers.ts";
import { InterfaceTable } from "./interface-table.ts";
import { addFdEntries, directSockets, threadOfEntry } from "./metadata.ts";
import { decodeList, decodeText } from "./parameter-bytes.ts";
import { UNKNOWN_DIRECTORY } from "./path.ts";
import { PathTable } from "./path-table.ts";
import { TextTable } from "./text-table.ts";
import type { Thread } from "./thread.ts";
import { ThreadTable } from "./thread-table.ts";
import { UserTable } from "./user-table.ts";

/** Stands for the current directory where a call takes a directory's descriptor. */
export const CURRENT_DIRECTORY = -100;

const STATE_ONLY = 1;

/** What is asked of the traits at every event, as bits. V8 compiles constants of the same file into the code. */
const ATTACHES = 1;
const IS_META = 2;
const RUNS_WITHOUT_THREAD = 4;
const IS_PENDING_ENTER = 8;
const CHANGES_PROCESS = 16;
const HANDLES_SUCCESS = 32;

/** By event code, as the three that follow. */
const TRAITS = Uint8Array.from(
  EVENT_TRAITS,
  (traits, code) =>
    (traits.attach === ATTACH.never ? 0 : ATTACHES) |
    (traits.isMeta ? IS_META : 0) |
    (traits.runsWithoutThread ? RUNS_WITHOUT_THREAD : 0) |
    (traits.isPendingEnter ? IS_PENDING_ENTER : 0) |
    (traits.changesProcess ? CHANGES_PROCESS : 0) |
    (typeof HANDLERS_BY_ID[EVENTS[code]?.id ?? ""] === "object" ? HANDLES_SUCCESS : 0),
);
const CREATES_THREAD = EVENT_TRAITS.map(({ attach }) => attach === ATTACH.create);
const FD_PARAMETERS = Int8Array.from(EVENT_TRAITS, ({ fdParameter }) => fdParameter);
const HANDLERS: readonly (Handler | null)[] = EVENTS.map(({ id }) => {
  const handler = HANDLERS_BY_ID[id] ?? null;
  return handler === null || typeof handler === "function" ? handler : handler.onSuccess;
});

/** Names and paths that are remembered (as powers of 2), and how long they are at most. */
const TEXTS_LOG = 11;
const TEXT_BYTES_MAX = 128;
/** The same for lists: arguments, environments, cgroups. */
const LISTS_LOG = 9;
const LIST_BYTES_MAX = 1024;

/** What the bounds of the state dropped so far. */
export interface StateCounters {
  readonly threadsDropped: number;
  readonly fdsDropped: number;
  readonly usersDropped: number;
  readonly containersDropped: number;
  /** Threads that were removed because their exit was missed. */
  readonly threadsPurged: number;
}

/**
 * Follows the events of a machine and knows its threads, descriptors, users and containers. Fed with the lists that a
 * capture begins with (or that were read from /proc), then with every event in order.
 */
export class StateEngine {
  readonly threads = new ThreadTable();
  readonly users = new UserTable();
  readonly containers = new ContainerTable();
  readonly cgroups = new CgroupTable();
  readonly interfaces = new InterfaceTable();
  /** Texts and lists of earlier events, made of their bytes. */
  readonly texts = new TextTable(TEXTS_LOG, TEXT_BYTES_MAX, decodeText);
  readonly blobs = new TextTable(LISTS_LOG, LIST_BYTES_MAX, decodeList);
  readonly paths = new PathTable();
  /** Nanoseconds since 1970; 0: not known. */
  bootTimeNs: Integer = 0;
  hostname: ByteString = "";
  /** Number of the last event. */
  eventNumber = 0;
  /** Time of the first event that is about a thread; null before it. */
  firstTimeNs: bigint | null = null;
  #fdsDropped = 0;
  /** Number of the last event when threads were purged, and how many were so far. */
  #purgedAt = 0;
  #purged = 0;

  /** Whether the last event left something to be done before the next one, and what. */
  #isUnfinished = false;
  #exited: Thread | null = null;
  #isClosing = false;
  #closingThread: Thread | null = null;
  #closingFd = -1;
  #pending: SyscallEvent | null = null;

  /** Grows with whatever may change what is known of a process, but for what it does to itself. */
  get generation(): number {
    return this.threads.changes + this.users.changes + this.containers.changes;
  }

  /** Another capture begins: its own lists replace what is known. Events go on being counted. */
  reset(): void {
    this.threads.clear();
    this.interfaces.replace([]);
    this.#exited = null;
    this.#isClosing = false;
  }

  addProcess(entry: ProcessEntry): void {
    this.threads.add(threadOfEntry(entry, this.cgroups));
  }

  /** Descriptors of a thread; those of threads that are not known are ignored. */
  addFds(tid: number, list: readonly FdEntry[]): void {
    const thread = this.threads.find(tid);
    if (thread !== null) this.#fdsDropped += addFdEntries(thread, list);
  }

  addUsers(list: readonly (UserEntry | GroupEntry)[]): void {
    for (const entry of list) this.users.add("", entry);
  }

  /** All threads are known: who is whose child. */
  linkThreads(): void {
    for (const thread of this.threads.values()) this.threads.link(thread);
  }

  /** All lists are known: what follows from all of them together. */
  finishMetadata(interfaces: readonly InterfaceEntry[]): void {
    this.interfaces.replace(interfaces);
    directSockets(this.threads);
    for (const thread of this.threads.values()) thread.containerId = this.cgroups.containerId(thread.cgroups);
  }

  /** Numbers an event and lets it change the state. Gives whether rules may see the event. */
  process(event: SyscallEvent): boolean {
    const traits = TRAITS[event.code] as number;
    event.number = ++this.eventNumber;
    if (this.#isUnfinished) this.#finish(event);
    if (this.firstTimeNs === null && (traits & IS_META) === 0) this.firstTimeNs = event.timestampNs;
    const thread = (traits & ATTACHES) === 0 ? null : this.#threadOf(event);
    // Most events are of the thread of the one before.
    if (event.attached !== thread) event.attached = thread;
    if (thread !== null) this.#attachFd(event, thread);
    const handler = HANDLERS[event.code] as Handler | null;
    if (
      handler !== null &&
      (thread !== null || (traits & RUNS_WITHOUT_THREAD) !== 0) &&
      ((traits & HANDLES_SUCCESS) === 0 || event.id(0, -1) >= 0)
    ) {
      handler(this, event, thread as Thread);
      if ((traits & CHANGES_PROCESS) !== 0 && thread !== null) this.threads.changed(thread);
    }
    if (thread !== null && (!event.isExit || thread.lastEnterCode >= 0)) rememberCall(event, thread);
    return (event.flags & STATE_ONLY) === 0 && (traits & IS_PENDING_ENTER) === 0;
  }

  counters(): StateCounters {
    return {
      threadsDropped: this.threads.dropped,
      fdsDropped: this.#fdsDropped,
      usersDropped: this.users.dropped,
      containersDropped: this.containers.dropped,
      threadsPurged: this.#purged,
    };
  }

  /**
   * Removes threads whose exit was missed: those that made no event since the purge before this one and are gone, as
   * `isAlive` says, or of which only the id is known. Only for a running machine. Gives their number.
   */
  purge(isAlive: (tid: number) => boolean, timeNs: bigint): number {
    const since = this.#purgedAt;
    this.#purgedAt = this.eventNumber;
    const gone = [...this.threads.values()].filter(
      (thread) => thread.lastEvent <= since && (thread.isInvalid || !isAlive(thread.tid)),
    );
    for (const thread of gone) this.threads.remove(thread.tid, timeNs);
    this.#purged += gone.length;
    return gone.length;
  }

  /** Removes a thread before the next event. */
  removeLater(thread: Thread): void {
    this.#exited = thread;
    this.#isUnfinished = true;
  }

  /** Closes a descriptor before the next event. */
  closeLater(thread: Thread, fd: number): void {
    if (this.#closingThread !== thread) this.#closingThread = thread;
    this.#closingFd = fd;
    this.#isClosing = true;
    this.#isUnfinished = true;
  }

  /** Gives a thread a descriptor, which becomes that of the event. */
  addFd(event: SyscallEvent, thread: Thread, fd: number, info: FdInfo): void {
    thread.lastFd = fd;
    const fds = thread.fds;
    if (fds === null) return;
    if (fds.set(fd, info)) event.fd = info;
    else this.#fdsDropped++;
  }

  /**
   * The descriptor of an event, which the event changes: processes that share it keep what they have. Null: there is
   * none.
   */
  ownFd(event: SyscallEvent, thread: Thread): FdInfo | null {
    if (event.fd?.isShared) event.fd = thread.fds?.own(thread.lastFd) ?? null;
    return event.fd;
  }

  /** The event that began the call which this event ends, if it was delivered; valid until asked again. */
  pendingEnter(event: SyscallEvent, thread: Thread): SyscallEvent | null {
    const record = thread.pendingEnter;
    if (record === null || record.code !== event.code - 1) return null;
    this.#pending ??= new SyscallEvent(this, event.binder);
    this.#pending.attach(record);
    return this.#pending;
  }

  /** What a path relative to a directory's descriptor begins with. */
  directoryBase(thread: Thread | null, directoryFd: number): ByteString {
    if (thread === null) return UNKNOWN_DIRECTORY;
    return directoryFd === CURRENT_DIRECTORY ? thread.directory : this.#pathOfDirectory(thread, directoryFd);
  }

  #pathOfDirectory(thread: Thread, directoryFd: number): ByteString {
    const name = thread.fds?.get(directoryFd)?.name ?? "";
    if (name === "") return UNKNOWN_DIRECTORY;
    return name.endsWith("/") ? name : `${name}/`;
  }

  /** Time since 1970 of a time since the machine was started. */
  sinceBoot(ns: Integer): Integer {
    return toInteger(BigInt(this.bootTimeNs) + BigInt(ns));
  }

  /** What the event before this one ended: rules on it still saw the thread and the descriptor. */
  #finish(event: SyscallEvent): void {
    this.#isUnfinished = false;
    if (this.#exited !== null) this.#finishExit(this.#exited, event);
    if (!this.#isClosing) return;
    this.#isClosing = false;
    this.#closingThread?.fds?.delete(this.#closingFd);
  }

  #finishExit(thread: Thread, event: SyscallEvent): void {
    this.#exited = null;
    if (this.threads.find(thread.tid) === thread) this.threads.remove(thread.tid, event.timestampNs);
  }

  /** The thread that made an event; null: it is not known, and is not to be made. */
  #threadOf(event: SyscallEvent): Thread | null {
    const found = this.threads.find(event.tid);
    return found === null && CREATES_THREAD[event.code] ? this.threads.findOrAdd(event.tid) : found;
  }

  /** Finds the descriptor that an event is about: that of the event that began the call, or its own. */
  #attachFd(event: SyscallEvent, thread: Thread): void {
    thread.lastEvent = event.number;
    if (!event.isExit || thread.lastEnterCode !== event.code - 1) thread.lastFd = -1;
    const parameter = FD_PARAMETERS[event.code] as number;
    if (parameter < 0) return;
    if (thread.lastFd < 0) thread.lastFd = event.id(parameter, -1);
    const info = thread.fds?.get(thread.lastFd) ?? null;
    if (info === null) return;
    event.fd = info;
    if (info.oldName === info.name) return;
    const own = this.ownFd(event, thread);
    if (own !== null) own.oldName = own.name;
  }
}

/** Notes which call a thread has begun, or that it has ended the last one. */
function rememberCall(event: SyscallEvent, thread: Thread): void {
  if (event.isExit) {
    thread.pendingEnter = null;
    thread.lastEnterCode = -1;
    return;
  }
  thread.lastEnterCode = event.code;
  const isPending = ((TRAITS[event.code] as number) & IS_PENDING_ENTER) !== 0;
  if (isPending && event.record !== null) thread.pendingEnter = copyRecord(event.record);
}
