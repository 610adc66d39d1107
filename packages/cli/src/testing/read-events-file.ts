// SPDX-License-Identifier: Apache-2.0
import { Readable } from "node:stream";
import {
  type CaptureSource,
  type EventInput,
  looksLikeScenarios,
  openCapture,
  readEventObjects,
  readEvents,
  readScenarios,
  type Scenario,
  type TestCase,
} from "@falcoc/runtime";
import { EVENTS_FILE_BYTES_MAX, YAML_EVENTS_BYTES_MAX } from "../input/limits.ts";
import { collect, decode, readBytes, STDIN_NAME } from "../input/read-bytes.ts";
import { readYamlEvents } from "./read-yaml-events.ts";

/** One input of events, and what of it could not be read, a sentence each with its place. */
export type EventsFile =
  | { readonly kind: "cases"; readonly cases: readonly TestCase[]; readonly problems: readonly string[] }
  | {
      readonly kind: "scenarios";
      readonly path: string;
      readonly scenarios: readonly Scenario[];
      readonly problems: readonly string[];
    }
  | { readonly kind: "capture"; readonly path: string; readonly capture: CaptureSource };

/** First bytes of captures: compressed, and of their first block. */
const CAPTURE_MAGIC = [Buffer.from([0x1f, 0x8b]), Buffer.from([0x0a, 0x0d, 0x0d, 0x0a])];
/** What a YAML file of cases or scenarios begins with, when its name does not tell. */
const YAML_START = /^(?:\ufeff|\s|#[^\n]*\n)*(?:---|- |tests:)/;

/** Reads what `--events` names; `-` is standard input. `source` is that of events that do not tell it themselves. */
export async function readEventsFile(
  path: string,
  source: string | undefined,
  stdin: Readable,
): Promise<EventsFile> {
  if (path.endsWith(".scap")) return { kind: "capture", path, capture: openCapture(path) };
  const name = path === "-" ? STDIN_NAME : path;
  const read =
    path === "-"
      ? await collect(stdin, name, EVENTS_FILE_BYTES_MAX)
      : await readBytes(path, EVENTS_FILE_BYTES_MAX);
  if (!read.ok) return { kind: "cases", cases: [], problems: [read.problem] };
  const bytes = read.content;
  if (CAPTURE_MAGIC.some((magic) => bytes.subarray(0, magic.length).equals(magic))) {
    return { kind: "capture", path: name, capture: openCapture(Readable.from([bytes]), {}, name) };
  }
  const isYaml =
    /\.ya?ml$/.test(path) || (!/\.jsonl?$/.test(path) && YAML_START.test(bytes.toString("utf8", 0, 4096)));
  return isYaml ? readYaml(bytes, name, source) : casesOf(readEvents(bytes, { path: name, source }));
}

function readYaml(bytes: Buffer, path: string, source: string | undefined): EventsFile {
  if (bytes.length > YAML_EVENTS_BYTES_MAX) {
    return { kind: "cases", cases: [], problems: [`${path}: larger than ${YAML_EVENTS_BYTES_MAX} bytes`] };
  }
  const decoded = decode({ ok: true, content: bytes }, path);
  if (!decoded.ok) return { kind: "cases", cases: [], problems: [decoded.problem] };
  const { objects, problems } = readYamlEvents(decoded.content);
  const damage = problems.map(({ line, message }) => placed(path, line, message));
  const [first] = objects;
  if (objects.length === 1 && first !== undefined && looksLikeScenarios(first.value)) {
    const file = readScenarios(first.value);
    const unread = file.problems.map(
      ({ test, message }) => `${path}: ${test === null ? "" : `${test}: `}${message}`,
    );
    return { kind: "scenarios", path, scenarios: file.scenarios, problems: [...damage, ...unread] };
  }
  const cases = casesOf(readEventObjects(objects, { path, source }));
  return { ...cases, problems: [...damage, ...cases.problems] };
}

function casesOf({ cases, problems, problemsDropped }: EventInput): Extract<EventsFile, { kind: "cases" }> {
  const shown = problems.map(({ path, line, message }) => placed(path, line, message));
  const more = problemsDropped > 0 ? [`${problemsDropped} more events cannot be read`] : [];
  return { kind: "cases", cases, problems: [...shown, ...more] };
}

function placed(path: string, line: number | null, message: string): string {
  return `${path}${line === null ? "" : `:${line}`}: ${message}`;
}
