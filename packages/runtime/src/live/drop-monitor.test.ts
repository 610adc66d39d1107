// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { alertToJson } from "../alert.ts";
import { DropMonitor, type DropPolicy, dropAlert } from "./drop-monitor.ts";

const counts = (events: number, dropped: number) => ({
  events,
  dropped,
  droppedByEvent: new Map(dropped === 0 ? [] : [["openat", dropped]]),
  droppedByCpu: new Map(dropped === 0 ? [] : [[1, dropped]]),
});

/** Looks once a second at growing counts; gives what each look said was lost, null where nothing is to be done. */
function check(looks: readonly (readonly [events: number, dropped: number])[], policy?: DropPolicy) {
  const monitor = new DropMonitor(0, policy);
  const reports = looks.map(([events, dropped], i) => monitor.look(counts(events, dropped), (i + 1) * 1000));
  return { dropped: reports.map((report) => report?.dropped ?? null), muted: monitor.muted };
}

it.each([
  [
    "nothing lost",
    [
      [100, 0],
      [200, 0],
    ],
    [null, null],
    0,
  ],
  ["a tenth is borne", [[900, 100]], [null], 0],
  ["more than a tenth is not", [[899, 101]], [101], 0],
  ["nothing but losses", [[0, 5]], [5], 0],
  [
    "only what is new counts",
    [
      [0, 5],
      [1000, 5],
    ],
    [5, null],
    0,
  ],
  [
    "twice in a row is told once",
    [
      [0, 5],
      [0, 10],
    ],
    [5, null],
    1,
  ],
] as const)("%s", (_, looks, dropped, muted) => {
  expect(check(looks)).toEqual({ dropped, muted });
});

it("tells of each look what was lost since the one before, by event and by processor", () => {
  const monitor = new DropMonitor(0, { threshold: 0, rate: 0, burst: 2 });
  const drops = (dropped: number, byEvent: [string, number][], byCpu: [number, number][]) => ({
    events: 0,
    dropped,
    droppedByEvent: new Map(byEvent),
    droppedByCpu: new Map(byCpu),
  });
  const first = drops(3, [["openat", 3]], [[0, 3]]);
  const all: [string, number][] = [
    ["openat", 3],
    ["close", 4],
  ];
  const second = drops(
    7,
    all,
    [0, 1].map((cpu) => [cpu, cpu === 0 ? 5 : 2]),
  );
  expect(monitor.look(first, 1000)).toEqual(first);
  expect(monitor.look(second, 2000)).toEqual(
    drops(
      4,
      [["close", 4]],
      [
        [0, 2],
        [1, 2],
      ],
    ),
  );
});

it("tells again when enough time has passed", () => {
  const looks = Array.from({ length: 63 }, (_, i) => [0, i + 1] as const);
  const told = check(looks).dropped.flatMap((count, i) => (count === null ? [] : [i]));
  expect(told).toEqual([0, 31, 62]);
});

it("tells as often at once as the policy allows", () => {
  const policy = { threshold: 0, rate: 0, burst: 3 };
  expect(
    check(
      [
        [9, 1],
        [18, 2],
        [27, 3],
        [36, 4],
      ],
      policy,
    ),
  ).toEqual({ dropped: [1, 1, 1, null], muted: 1 });
});

it("says in an alert what was lost", () => {
  const report = {
    events: 10,
    droppedByCpu: new Map([
      [0, 6],
      [31, 1],
    ]),
    dropped: 7,
    droppedByEvent: new Map([
      ["openat", 4],
      ["close", 3],
    ]),
  };
  expect(alertToJson(dropAlert(report, 1_000_000_001n, "here"))).toBe(
    '{"hostname":"here","output":"00:00:01.000000001: Debug Falco internal: syscall event drop. 7 system calls dropped in' +
      ' last second. (n_evts=10 n_drops=7 n_drops.openat=4 n_drops.close=3 n_drops.cpu0=6 n_drops.cpu31=1)","output_fields":{"n_drops":7,' +
      '"n_drops.close":3,"n_drops.cpu0":6,"n_drops.cpu31":1,"n_drops.openat":4,"n_evts":10},"priority":"Debug","rule":"Falco internal: syscall event drop",' +
      '"source":"internal","tags":[],"time":"1970-01-01T00:00:01.000000001Z"}',
  );
});
