// SPDX-License-Identifier: Apache-2.0
import type { Extractor, FieldUse, Remember } from "@falcoc/compiler/program";

/**
 * One event, of any source, as the engine sees it. It is only valid while it is being processed: a source may
 * fill the same object again for the next event, so whoever keeps something copies it.
 */
export interface Event {
  /** Event source: `syscall`, `k8s_audit`, … Rules of other sources never see the event. */
  readonly source: string;
  /** Code in the event table; -1 when the event does not say. */
  readonly code: number;
  /** Nanoseconds since 1970. */
  readonly timestampNs: bigint;
  /** `evt.num`: running number, from 1. */
  readonly number: number;
  /** Knows how to read fields of this kind of event; one object for all events of a kind. */
  readonly binder: FieldBinder;
}

/** Turns a field of a program into a function that reads it from one kind of events. */
export interface FieldBinder {
  /**
   * Never fails: a field that this kind of event never has gives an extractor of null. Outputs ask for every field
   * with `comparison` "value", also for those that compare by rules of their own: the extractor then gives the one
   * value that is shown, such as the names of all ancestors in a row.
   */
  bind(field: FieldUse): Extractor<Event>;
  /** Without this function nothing is remembered of processes. */
  readonly remember?: Remember<Event>;
  /**
   * Type and format of a field's value where they are the event's own: a raw argument is written as the event
   * declares it. Null, and without this function: they are those of the field.
   */
  formOf?(field: FieldUse, event: Event): Pick<FieldUse, "type" | "print"> | null;
}

/** Where events come from: a capture, the kernel, a list. */
export interface EventSource {
  /**
   * Delivers every event in order, and resolves at the end, or when `signal` is aborted. Rejects with a
   * `SourceError` when the input is damaged; events delivered before remain valid.
   */
  run(onEvent: (event: Event) => void, signal?: AbortSignal): Promise<void>;
}

/** Input that cannot be read on: what is wrong, and where. */
export class SourceError extends Error {
  override readonly name = "SourceError";
  readonly path: string;
  /** Byte offset in the uncompressed input, or line number for texts; null when it is the whole input. */
  readonly offset: number | null;

  constructor(path: string, offset: number | null, message: string) {
    super(message);
    this.path = path;
    this.offset = offset;
  }
}
