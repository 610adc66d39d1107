// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { readContainer } from "./container-table.ts";

it("reads what a runtime tells of a container", () => {
  const json = JSON.stringify({
    container: {
      id: "bf4339a9cfb4",
      type: 7,
      name: "naïve",
      privileged: true,
      ip: "172.17.0.5",
      labels: { b: "2", a: "1" },
      Mounts: [{ Source: "/srv", Destination: "/data", Mode: "z", RW: true, Propagation: "rprivate" }],
      pod_sandbox_labels: null,
    },
  });
  expect(readContainer(json)).toMatchObject({
    id: "bf4339a9cfb4",
    type: 7,
    name: "na\xc3\xafve",
    image: "",
    isPrivileged: true,
    sharesHostPid: false,
    address: "\xac\x11\x00\x05",
    labels: new Map([
      ["a", "1"],
      ["b", "2"],
    ]),
    mounts: [{ source: "/srv", destination: "/data", mode: "z", isWritable: true, propagation: "rprivate" }],
    sandboxLabels: new Map(),
  });
});

it.each([
  "",
  "{",
  "null",
  "[]",
  "{}",
  '{"container":null}',
  '{"container":{"id":""}}',
  '{"id":"old","type":0}',
])("takes %j for no container", (json) => {
  expect(readContainer(json)).toBeNull();
});
