// SPDX-License-Identifier: Apache-2.0
import type { ContainerEngine, ContainerReport } from "./container-engine.ts";

export interface ContainerLookupOptions {
  /** Most containers that are remembered; the one that was seen least lately is forgotten. Default 4096. */
  readonly containersMax?: number;
  /** Pauses before it is asked again for a container that no engine knows yet, in ms. */
  readonly retriesMs?: readonly number[];
  /** Longest time that an engine may take to answer, in ms. Default 2000. */
  readonly timeoutMs?: number;
}

export interface ContainerCounters {
  /** Containers that an engine has told of. */
  readonly found: number;
  /** Containers that no engine knows. */
  readonly unknown: number;
  /** Containers that were forgotten for want of room. */
  readonly forgotten: number;
  /** Why engines could not be asked: the last reason by socket. */
  readonly failures: ReadonlyMap<string, string>;
}

/** Who wants to hear of containers. */
export interface ContainerListener {
  found(report: ContainerReport): void;
  /** The container is no longer remembered. */
  forgotten(id: string): void;
}

const CONTAINERS_MAX = 4096;
/** An engine may come to know a container later than its first process runs. */
const RETRIES_MS: readonly number[] = [50, 500, 2000];
const TIMEOUT_MS = 2000;
/** Containers that are asked for at the same time. */
const WORKERS_MAX = 8;

/** Asks engines for containers, each once, away from those who have seen them. */
export class ContainerLookup {
  readonly #engines: readonly ContainerEngine[];
  readonly #listener: ContainerListener;
  readonly #containersMax: number;
  readonly #retriesMs: readonly number[];
  readonly #timeoutMs: number;
  readonly #stop = new AbortController();
  /** Ids in the order in which they were last seen. */
  readonly #seen = new Set<string>();
  /** Those of them that are to be asked for now, and how often that has been done. */
  readonly #waiting = new Map<string, number>();
  readonly #failures = new Map<string, string>();
  #workers = 0;
  #found = 0;
  #unknown = 0;
  #forgotten = 0;

  constructor(
    engines: readonly ContainerEngine[],
    options: ContainerLookupOptions,
    listener: ContainerListener,
  ) {
    this.#engines = engines;
    this.#listener = listener;
    this.#containersMax = options.containersMax ?? CONTAINERS_MAX;
    this.#retriesMs = options.retriesMs ?? RETRIES_MS;
    this.#timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  }

  /** Something runs in the container of this id. Returns at once. */
  see(id: string): void {
    if (this.#stop.signal.aborted) return;
    const isNew = !this.#seen.delete(id);
    this.#seen.add(id);
    if (!isNew) return;
    if (this.#seen.size > this.#containersMax) this.#forgetOldest();
    if (this.#engines.length > 0) this.#ask(id, 0);
  }

  counters(): ContainerCounters {
    return {
      found: this.#found,
      unknown: this.#unknown,
      forgotten: this.#forgotten,
      failures: this.#failures,
    };
  }

  /** Nothing is told any more. */
  close(): void {
    this.#stop.abort();
    this.#waiting.clear();
    for (const engine of this.#engines) engine.close();
  }

  #forgetOldest(): void {
    for (const id of this.#seen) {
      this.#seen.delete(id);
      this.#waiting.delete(id);
      this.#forgotten++;
      this.#listener.forgotten(id);
      return;
    }
  }

  #ask(id: string, times: number): void {
    this.#waiting.set(id, times);
    if (this.#workers < WORKERS_MAX) void this.#work();
  }

  /** Takes what waits, one after the other. */
  async #work(): Promise<void> {
    this.#workers++;
    // Whoever has seen the container goes on first.
    await null;
    for (const [id, times] of this.#waiting) {
      this.#waiting.delete(id);
      const report = await this.#find(id);
      if (this.#stop.signal.aborted) break;
      if (!this.#seen.has(id)) continue;
      if (report === null) this.#askLater(id, times);
      else {
        this.#found++;
        this.#listener.found({ ...report, id });
      }
    }
    this.#workers--;
  }

  #askLater(id: string, times: number): void {
    const pauseMs = this.#retriesMs[times];
    if (pauseMs === undefined) {
      this.#unknown++;
      return;
    }
    const again = () => {
      if (this.#seen.has(id) && !this.#stop.signal.aborted) this.#ask(id, times + 1);
    };
    setTimeout(again, pauseMs).unref();
  }

  /** The first engine that knows the container tells of it. */
  async #find(id: string): Promise<ContainerReport | null> {
    for (const engine of this.#engines) {
      if (this.#stop.signal.aborted) return null;
      const report = await this.#inspect(engine, id);
      if (report !== null) return report;
    }
    return null;
  }

  /** What cannot be asked, or gives no sense, is remembered as a failure of that engine. */
  async #inspect(engine: ContainerEngine, id: string): Promise<ContainerReport | null> {
    const signal = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(this.#timeoutMs)]);
    try {
      return await engine.inspect(id, signal);
    } catch (error) {
      this.#failures.set(engine.socket, error instanceof Error ? error.message : String(error));
      return null;
    }
  }
}
