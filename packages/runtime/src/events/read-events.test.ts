// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { EVENT_BYTES_MAX, PROBLEMS_MAX } from "./limits.ts";
import { readEventObjects, readEvents } from "./read-events.ts";

const AUDIT = {
  kind: "Event",
  apiVersion: "audit.k8s.io/v1",
  auditID: "a",
  stageTimestamp: "2020-01-02T03:04:05.000006Z",
};
const TRAIL = {
  eventName: "X",
  eventSource: "s",
  eventType: "AwsApiCall",
  eventTime: "2020-01-02T03:04:05Z",
};
const OKTA = { published: "2020-01-02T03:04:05.678Z", eventType: "user.session.start" };
const GCP = { protoPayload: { methodName: "m" }, timestamp: "2020-01-02T03:04:05Z" };
const GITHUB = { webhook_type: "push", sender: { login: "l" } };
const FLAT = { "evt.type": "open" };

/** Sources and lines of the events that are read, and the problems with their lines. */
function read(input: string | Uint8Array, source?: string) {
  const { cases, problems } = readEvents(input, { path: "in", ...(source === undefined ? {} : { source }) });
  return {
    events: cases.flatMap(({ line, events }) => events.map((event) => `${line} ${event.source}`)).join(", "),
    problems: problems.map(({ line, message }) => `${line}: ${message}`),
  };
}

const lines = (...values: readonly object[]) => values.map((value) => JSON.stringify(value)).join("\n");

describe("readEvents", () => {
  it.each<[string, string, string]>([
    ["nothing", " \n\n", ""],
    [
      "JSON lines of every source",
      lines(FLAT, AUDIT, TRAIL, OKTA, GCP, GITHUB),
      "1 syscall, 2 k8s_audit, 3 aws_cloudtrail, 4 okta, 5 gcp_auditlog, 6 github",
    ],
    ["a document over many lines", JSON.stringify(FLAT, null, 2), "1 syscall"],
    [
      "several documents over many lines",
      `${JSON.stringify(FLAT, null, 2)}\n${JSON.stringify(FLAT, null, 2)}`,
      "1 syscall, 4 syscall",
    ],
    ["an array", `[\n${lines(FLAT, AUDIT).replace("\n", ",\n")}\n]`, "2 syscall, 3 k8s_audit"],
    [
      "an event list",
      JSON.stringify({ kind: "EventList", apiVersion: "audit.k8s.io/v1", items: [AUDIT, AUDIT] }),
      "1 k8s_audit, 1 k8s_audit",
    ],
    [
      "a log file of CloudTrail",
      `{"Records":[\n${JSON.stringify(TRAIL)},\n${JSON.stringify(TRAIL)}]}`,
      "2 aws_cloudtrail, 3 aws_cloudtrail",
    ],
    [
      "a byte order mark and CRLF",
      `\ufeff${lines(FLAT, FLAT).replace("\n", "\r\n")}\r\n`,
      "1 syscall, 2 syscall",
    ],
    [
      "plugin fields as flat events",
      lines(
        { "ka.verb": "get" },
        { "ct.name": "x" },
        { "s3.key": "x" },
        { "evt.source": "okta", "evt.num": 1 },
      ),
      "1 k8s_audit, 2 aws_cloudtrail, 3 aws_cloudtrail, 4 okta",
    ],
  ])("reads %s", (_, text, events) => {
    expect(read(text)).toEqual({ events, problems: [] });
    expect(read(new TextEncoder().encode(text))).toEqual({ events, problems: [] });
  });

  it.each<[string, string, string, readonly string[]]>([
    ["a cut last line", `${lines(FLAT)}\n{"evt.type":"op`, "1 syscall", ["2: the JSON value is cut off"]],
    [
      "a damaged line",
      `{"evt.type" "open"}\n${lines(FLAT)}`,
      "2 syscall",
      ['1: not JSON: expected ":" after the key'],
    ],
    [
      "more than one value in a line",
      `${lines(FLAT)}\n{} {\n${lines(FLAT)}`,
      "1 syscall, 3 syscall",
      ["2: something follows the JSON value of this line"],
    ],
    [
      "damage in a document",
      '[\n{"evt.type":"open"},\n{"evt.type":"open"\n',
      "",
      ["3: the JSON value is cut off"],
    ],
    [
      "a log file of CloudTrail that is cut off",
      `{"Records":[${JSON.stringify(TRAIL)},{"eve`,
      "1 aws_cloudtrail",
      ["1: the JSON value is cut off"],
    ],
    [
      "values that are no objects",
      "1\nnull\n[true]",
      "",
      [
        "1: expected an object, found a number",
        "2: expected an object, found null",
        "3: expected an object, found true or false",
      ],
    ],
    [
      "objects of unknown shape",
      '{"a":1}',
      "",
      ["1: not an event: no key is a field, and the shape is that of no known event source"],
    ],
    [
      "a record without time",
      lines({ ...AUDIT, stageTimestamp: "today" }),
      "",
      ['1: not an event of k8s_audit: "stageTimestamp" is not a date and time'],
    ],
    [
      "a record that CloudTrail's plugin drops",
      lines({ ...TRAIL, eventType: "AwsCloudTrailInsight" }),
      "",
      ["1: not an event of aws_cloudtrail: Insights records are not events"],
    ],
    [
      "unknown fields",
      '{"evt.typ":"open"}',
      "",
      ['1: "evt.typ" is not a field of syscall events; did you mean "evt.type"?'],
    ],
  ])("reports %s", (_, text, events, problems) => {
    expect(read(text)).toEqual({ events, problems });
  });

  it("takes a source for what does not tell its own", () => {
    expect(read('{"published":"x"}', "okta").problems).toEqual([
      '1: not an event of okta: "published" is not a date and time',
    ]);
    expect(read('{"kind":0}', "k8saudit").problems).toEqual([
      '1: not an event of k8s_audit: "kind" is neither Event nor EventList',
    ]);
    expect(read(lines({ "evt.num": 1 }), "k8saudit").events).toBe("1 k8s_audit");
    expect(read('{"a":1}', "nowhere").problems).toEqual([
      "1: no key is a field, and events of nowhere cannot be read",
    ]);
  });

  it("numbers events, and takes their own numbers and times", () => {
    const { cases } = readEvents(lines(FLAT, AUDIT, { "evt.num": 9, "evt.rawtime": 5 }), { path: "in" });
    expect(
      cases.flatMap((one) => one.events).map(({ number, timestampNs }) => [number, timestampNs]),
    ).toEqual([
      [1, 0n],
      [2, 1_577_934_245_000_006_000n],
      [9, 5n],
    ]);
  });

  it("keeps a bounded number of problems and counts the others", () => {
    const input = readEvents("1\n".repeat(PROBLEMS_MAX + 5), { path: "in" });
    expect(input.problems).toHaveLength(PROBLEMS_MAX);
    expect(input.problemsDropped).toBe(5);
  });

  it("refuses an event that is too long, and reads the next", () => {
    const long = JSON.stringify({ "fd.name": "x".repeat(EVENT_BYTES_MAX) });
    expect(read(`${long}\n${lines(FLAT)}`)).toEqual({
      events: "2 syscall",
      problems: [`1: the event is longer than ${EVENT_BYTES_MAX} bytes`],
    });
  });
});

describe("test cases", () => {
  it("are read with their expectations", () => {
    const text = lines(
      { name: "n", event: FLAT, expect: ["A"], reject: ["B"], output: { A: "x*" }, exactly: false },
      { source: "k8s_audit", events: [AUDIT, { "evt.num": 3 }] },
      { event: { kind: "EventList", apiVersion: "audit.k8s.io/v1", items: [AUDIT, AUDIT] }, expect: [] },
    );
    const { cases, problems } = readEvents(text, { path: "in" });
    expect(problems).toEqual([]);
    expect(
      cases.map(({ name, line, events, expectation }) => [
        name,
        line,
        events.map((e) => e.source),
        expectation,
      ]),
    ).toEqual([
      ["n", 1, ["syscall"], { expect: ["A"], reject: ["B"], output: { A: "x*" }, exactly: false }],
      ["line 2", 2, ["k8s_audit", "k8s_audit"], null],
      ["line 3", 3, ["k8s_audit", "k8s_audit"], { expect: [], reject: [], output: {}, exactly: true }],
    ]);
  });

  it.each<[string, readonly string[]]>([
    [
      '{"event":{"evt.type":"open"},"expekt":[]}',
      ['1: "expekt" is not a key of a test case; did you mean "expect"?'],
    ],
    ['{"event":{"evt.type":"open"},"expect":[1]}', ['1: "expect" of a test case takes a list of rules']],
    [
      '{"event":{"evt.type":"open"},"output":{"A":1}}',
      ['1: "output" of a test case takes texts by the names of rules'],
    ],
    [
      '{"event":{"evt.type":"open"},"exactly":"yes","name":1}',
      ['1: "exactly" of a test case takes true or false', '1: "name" of a test case takes a text'],
    ],
    ['{"events":[],"expect":[]}', ["1: the test case has no events"]],
    [
      '{"events":[\n{"evt.typ":"open"},\n{"evt.type":"open"}],"expect":[]}',
      ['2: "evt.typ" is not a field of syscall events; did you mean "evt.type"?'],
    ],
    ['{"event":5,"expect":[]}', ["1: expected an object, found a number"]],
  ])("are refused: %s", (text, problems) => {
    expect(read(text)).toEqual({ events: "", problems });
  });

  it("are read from objects that come from elsewhere", () => {
    const { cases, problems } = readEventObjects(
      [
        { value: { event: FLAT, expect: ["A"] }, line: 4 },
        { value: { "evt.num": 2n ** 60n }, line: 9 },
        { value: "no object", line: null },
      ],
      { path: "cases.yaml" },
    );
    expect(cases.map(({ name, line }) => [name, line])).toEqual([
      ["line 4", 4],
      ["line 9", 9],
    ]);
    expect(problems).toEqual([
      { path: "cases.yaml", line: null, message: "expected an object, found a text" },
    ]);
  });
});
