// SPDX-License-Identifier: Apache-2.0

/**
 * A scenario: a tree of processes that does some steps, and the alert that must come of it. Plain data, in the shape
 * of the event-generator's declarative tests, with templates filled in: one value a case.
 */
export interface Scenario {
  /** Name of the test; cases of one test add `#1`, `#2`, … */
  readonly name: string;
  readonly description: string;
  /** Rule that must match. */
  readonly rule: string;
  readonly container: ScenarioContainer | null;
  /** Each is the parent of the next; the last does the steps. Empty: the runner itself does them. */
  readonly processes: readonly ScenarioProcess[];
  /** Shell text that the last process runs before its steps; null: none. */
  readonly before: string | null;
  /** Shell text that it runs after its steps; null: none. */
  readonly after: string | null;
  readonly resources: readonly ScenarioResource[];
  readonly steps: readonly ScenarioStep[];
  readonly expected: ScenarioExpectation;
  /** False when its `runIf` rules the simulated machine (Linux on amd64) out. */
  readonly runs: boolean;
}

export interface ScenarioContainer {
  readonly name: string;
  readonly image: string;
  readonly privileged: boolean;
}

export interface ScenarioProcess {
  /** File name of the executable; also `comm`, cut to 15 bytes. */
  readonly name: string;
  /** Path of the executable; null: `name` in the runner's own folder. */
  readonly exePath: string | null;
  /** First argument, as the program sees it; null: the path of the executable. */
  readonly exe: string | null;
  /** Arguments after the first. */
  readonly args: readonly string[];
  /** `NAME=value` */
  readonly env: readonly string[];
  /** Account it runs under; null: root. */
  readonly user: string | null;
}

export type ScenarioResource =
  | {
      readonly type: "fd";
      readonly name: string;
      readonly subtype: FdSubtype;
      /** Path of a file or directory; null for the others. */
      readonly path: string | null;
    }
  | {
      readonly type: "clientServer";
      readonly name: string;
      readonly protocol: "tcp4" | "tcp6" | "udp4" | "udp6" | "unix";
      /** `host:port`, `[host]:port`, or a path. */
      readonly address: string;
    }
  | {
      readonly type: "process";
      readonly name: string;
      readonly process: ScenarioProcess;
      /** Executed from memory instead of a file. */
      readonly fileLess: boolean;
    };

export const FD_SUBTYPES = [
  "file",
  "directory",
  "pipe",
  "event",
  "signalfd",
  "eventpoll",
  "inotify",
  "memfd",
] as const;
export type FdSubtype = (typeof FD_SUBTYPES)[number];

/** One system call. */
export interface ScenarioStep {
  readonly name: string;
  readonly syscall: string;
  /** Arguments by name; texts may hold references such as `${ cs.client.fd }`. */
  readonly args: Readonly<Record<string, unknown>>;
}

export interface ScenarioExpectation {
  readonly source: string;
  /** As written; compared without regard to case. Null: any. */
  readonly priority: string | null;
  /** Values that the alert's output fields must show, as text. */
  readonly outputFields: Readonly<Record<string, string>>;
}

/** Something in a scenarios file that cannot be read, or that the simulation cannot express. */
export interface ScenarioProblem {
  /** Name of the test concerned; null: the file as a whole. */
  readonly test: string | null;
  readonly message: string;
}
