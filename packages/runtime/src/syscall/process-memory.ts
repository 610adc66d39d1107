// SPDX-License-Identifier: Apache-2.0
import type { Remember } from "@falcoc/compiler/program";
import type { Event } from "../event.ts";
import type { Thread } from "../state/thread.ts";
import type { SyscallEvent } from "./syscall-event.ts";

/** Most evaluators of rules for which one thread has memory; for one more, all of it is made anew. */
const EVALUATORS_MAX = 4;

/** What one evaluator remembers of a thread. */
export interface ProcessMemory {
  /** The function that gives it out: each evaluator has its own. */
  readonly owner: object;
  readonly words: Int32Array;
  /** Generation of the state that the words belong to. */
  generation: number;
  /** Memory of another evaluator. */
  readonly next: ProcessMemory | null;
}

/**
 * Memory that is kept with threads. It is gone when something happens to the thread itself (`ThreadTable.changed`), and
 * starts again when something happened that concerns many (`StateEngine.generation`).
 */
export const rememberProcess: Remember<Event> = (size) => {
  const nothing = new Int32Array(size);
  const recall = (event: SyscallEvent): Int32Array => {
    const { thread } = event;
    // An event that tells of a container is not about that of its thread.
    if (thread === null || event.container !== null) return nothing.fill(0);
    const { generation } = event.state;
    const memory = find(thread, recall);
    if (memory !== null && memory.generation === generation) return memory.words;
    if (!event.state.threads.hasSettledAncestors(thread)) return nothing.fill(0);
    if (memory === null) return begin(thread, recall, size, generation);
    memory.generation = generation;
    return memory.words.fill(0);
  };
  // Only events that have this binder are given to the function, and they all are of this kind.
  return recall as (event: never) => Int32Array as (event: Event) => Int32Array;
};

function find(thread: Thread, owner: object): ProcessMemory | null {
  let memory = thread.memory;
  while (memory !== null && memory.owner !== owner) memory = memory.next;
  return memory;
}

function begin(thread: Thread, owner: object, size: number, generation: number): Int32Array {
  let count = 0;
  for (let memory = thread.memory; memory !== null; memory = memory.next) count++;
  const next = count < EVALUATORS_MAX ? thread.memory : null;
  const words = new Int32Array(size);
  thread.memory = { owner, words, generation, next };
  return words;
}
