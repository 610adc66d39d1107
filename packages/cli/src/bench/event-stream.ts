// SPDX-License-Identifier: Apache-2.0
import type { Readable } from "node:stream";
import { type Event, openCapture, ScenarioSource, SourceError } from "@falcoc/runtime";
import { Failure } from "../failure.ts";
import { readEventsFile } from "../testing/read-events-file.ts";

/** Events that can be gone through again and again, each time with the same state around them. */
export type EventStream = (onEvent: (event: Event) => void) => Promise<void>;

/** Makes one stream of all files. Fails where a file cannot be read, or holds events that cannot. */
export async function eventStream(
  paths: readonly string[],
  source: string | undefined,
  stdin: Readable,
): Promise<EventStream> {
  const parts: EventStream[] = [];
  for (const path of paths) {
    if (path === "-") throw new Failure(["standard input can only be read once; name a file"]);
    const file = await readEventsFile(path, source, stdin);
    if (file.kind === "capture") {
      parts.push((onEvent) => openCapture(path).run(onEvent));
      continue;
    }
    if (file.problems.length > 0) throw new Failure(file.problems);
    if (file.kind === "scenarios") {
      const scenarios = file.scenarios.filter((scenario) => scenario.runs);
      parts.push(async (onEvent) => {
        for (const scenario of scenarios) await new ScenarioSource(scenario).run(onEvent);
      });
    } else {
      const events = file.cases.flatMap((one) => one.events);
      parts.push(async (onEvent) => events.forEach(onEvent));
    }
  }
  return async (onEvent) => {
    for (const part of parts) await part(onEvent).catch(rethrowDamage);
  };
}

function rethrowDamage(error: unknown): never {
  if (!(error instanceof SourceError)) throw error;
  throw new Failure([
    `${error.path}${error.offset === null ? "" : `: at byte ${error.offset}`}: ${error.message}`,
  ]);
}
