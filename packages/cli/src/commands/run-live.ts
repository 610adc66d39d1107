// SPDX-License-Identifier: Apache-2.0
import { ProbeError } from "@falcoc/probe";
import { Failure } from "../failure.ts";

/** Printed once events are gathered: from then on none is missed but those that statistics tell of. */
export const READY = "watching";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** Opens a probe; what keeps it from being opened becomes a Failure. */
export function needProbe<T>(open: () => T): T {
  try {
    return open();
  } catch (error) {
    if (error instanceof ProbeError) throw new Failure([error.message]);
    throw error;
  }
}

/** Does some work until the time is over (undefined: never), or somebody interrupts it. */
export async function whileRunning<T>(
  seconds: number | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const abort = () => stop.abort();
  const timer = seconds === undefined ? undefined : setTimeout(abort, seconds * 1000);
  for (const signal of SIGNALS) process.once(signal, abort);
  try {
    return await work(stop.signal);
  } finally {
    clearTimeout(timer);
    for (const signal of SIGNALS) process.off(signal, abort);
  }
}
