// SPDX-License-Identifier: Apache-2.0
import { toInteger } from "../../capture/integers.ts";
import { localClock, localDateTime, utcDateTime } from "../../output/time-text.ts";
import type { SyscallEvent } from "../syscall-event.ts";
import { type Factory, type Fields, plain } from "./factory.ts";

const NS_PER_S = 1_000_000_000n;

/** When an event happened, and how long after others. */
export const EVT_TIME_FIELDS: Fields = {
  "evt.time": plain((event) => localClock(event.timestampNs, true)),
  "evt.time.s": plain((event) => localClock(event.timestampNs, false)),
  "evt.time.iso8601": plain((event) => `${utcDateTime(event.timestampNs)}+0000`),
  "evt.datetime": plain((event) => localDateTime(event.timestampNs, true)),
  "evt.datetime.s": plain((event) => localDateTime(event.timestampNs, false)),
  "evt.rawtime": plain((event) => toInteger(event.timestampNs)),
  "evt.rawtime.s": plain((event) => toInteger(event.timestampNs / NS_PER_S)),
  "evt.rawtime.ns": plain((event) => toInteger(event.timestampNs % NS_PER_S)),
  "evt.reltime": plain((event) => toInteger(sinceFirst(event))),
  "evt.reltime.s": plain((event) => toInteger(sinceFirst(event) / NS_PER_S)),
  "evt.reltime.ns": plain((event) => toInteger(sinceFirst(event) % NS_PER_S)),
  "evt.deltatime": delta((ns) => ns),
  "evt.deltatime.s": delta((ns) => ns / NS_PER_S),
  "evt.deltatime.ns": delta((ns) => ns % NS_PER_S),
  "evt.outputtime": plain((event) => localClock(event.timestampNs, true)),
  "evt.latency": plain(() => 0),
  "evt.latency.s": plain(() => 0),
  "evt.latency.ns": plain(() => 0),
  "evt.latency.quantized": plain(() => 0),
  "evt.latency.human": plain(() => "0ns"),
  "evt.wait_latency": plain(() => 0),
  "evt.around": plain((event) => toInteger(event.timestampNs)),
};

function sinceFirst(event: SyscallEvent): bigint {
  const first = event.state.firstTimeNs;
  return first === null ? 0n : BigInt.asUintN(64, event.timestampNs - first);
}

/** Time since the event for which this very field was asked last: 0 for an event that asks again. */
function delta(part: (ns: bigint) => bigint): Factory {
  return () => {
    let previousNs: bigint | null = null;
    return (event) => {
      const { timestampNs } = event;
      const elapsedNs = previousNs === null ? 0n : timestampNs - previousNs;
      previousNs = timestampNs;
      // Events may be out of order by a little: a time is never negative, it wraps.
      return toInteger(part(BigInt.asUintN(64, elapsedNs)));
    };
  };
}
