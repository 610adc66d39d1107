// SPDX-License-Identifier: Apache-2.0
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { LiveCounts, LiveMode } from "./live-run.ts";

const SCRIPT = fileURLToPath(new URL("live-run.ts", import.meta.url));

/** A process that reads the kernel's events. */
export interface LiveProcess {
  counts(): Promise<LiveCounts>;
  stop(): Promise<void>;
}

/** Starts `live-run.ts`; resolves when events are gathered. */
export async function startLive(mode: LiveMode): Promise<LiveProcess> {
  const child = fork(SCRIPT, [mode], { execArgv: ["--conditions=@falcoc/source"] });
  const exited = once(child, "exit");
  const next = async () => {
    const died = exited.then(() => Promise.reject(new Error("the reader of events has died")));
    return ((await Promise.race([once(child, "message"), died])) as [LiveCounts])[0];
  };
  await next();
  return {
    counts() {
      const answer = next();
      child.send("counts");
      return answer;
    },
    async stop() {
      child.disconnect();
      await exited;
    },
  };
}
