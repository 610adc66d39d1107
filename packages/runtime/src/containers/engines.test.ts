// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { createServer as createHttp2Server } from "node:http2";
import type { Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { ContainerEngine } from "./container-engine.ts";
import { imageParts, reportedLabels } from "./container-engine.ts";
import { criEngine } from "./cri-engine.ts";
import { dockerEngine } from "./docker-engine.ts";
import { findContainerEngines } from "./find-engines.ts";

const ID = "0123456789abcdef".repeat(4);
const SHORT = ID.slice(0, 12);
const SANDBOX = "f".repeat(64);
const NEVER = new AbortController().signal;

let folder = "";
let socket = "";
let server: Server | null = null;
let engine: ContainerEngine | null = null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "falcoc-engine-"));
  socket = join(folder, "engine.sock");
});
afterEach(() => {
  engine?.close();
  server?.close();
  rmSync(folder, { recursive: true });
});

/** A server with Docker's interface that has answers to some paths. */
async function serveDocker(answers: Readonly<Record<string, unknown>>, headers: Record<string, string> = {}) {
  const http = createHttpServer((request, response) => {
    const answer = answers[request.url ?? ""];
    response.writeHead(answer === undefined ? 404 : 200, headers);
    response.end(
      typeof answer === "string" ? answer : JSON.stringify(answer ?? { message: "no such container" }),
    );
  });
  server = http;
  await new Promise<void>((resolve) => http.listen(socket, resolve));
  engine = dockerEngine(socket);
  return engine;
}

const CONTAINER = {
  Id: ID,
  Name: "/web",
  Image: `sha256:${"a".repeat(64)}`,
  Config: { Image: "registry:5000/team/web:1.2", Labels: { app: "web", long: "x".repeat(101) } },
  HostConfig: { Privileged: true, PidMode: "host", NetworkMode: "bridge", IpcMode: "private" },
  Mounts: [
    { Type: "bind", Source: "/srv", Destination: "/data", Mode: "z", RW: true, Propagation: "rprivate" },
  ],
  NetworkSettings: { IPAddress: "", Networks: { net: { IPAddress: "10.0.0.7" } } },
};

it("asks an engine with Docker's interface", async () => {
  const docker = await serveDocker({
    [`/containers/${SHORT}/json`]: CONTAINER,
    [`/images/${encodeURIComponent(CONTAINER.Image)}/json`]: {
      RepoDigests: ["registry:5000/team/web@sha256:beef"],
    },
  });
  expect(await docker.inspect(SHORT, NEVER)).toEqual({
    id: SHORT,
    full_id: ID,
    type: 0,
    name: "web",
    image: "registry:5000/team/web:1.2",
    imageid: "a".repeat(64),
    imagerepo: "registry:5000/team/web",
    imagetag: "1.2",
    imagedigest: "sha256:beef",
    ip: "10.0.0.7",
    privileged: true,
    host_pid: true,
    host_network: false,
    host_ipc: false,
    is_pod_sandbox: false,
    labels: { app: "web" },
    Mounts: [{ Source: "/srv", Destination: "/data", Mode: "z", RW: true, Propagation: "rprivate" }],
    pod_sandbox_id: "",
    pod_sandbox_labels: {},
    cni_json: "",
  });
});

it("knows podman by its answers, and names an image that was given by its id", async () => {
  const image = `sha256:${"b".repeat(64)}`;
  const podman = await serveDocker(
    {
      [`/containers/${SHORT}/json`]: { Id: ID, Image: image, Config: { Image: image } },
      [`/images/${encodeURIComponent(image)}/json`]: { RepoTags: ["localhost/tool:3"] },
    },
    { "Libpod-API-Version": "4.3.1" },
  );
  expect(await podman.inspect(SHORT, NEVER)).toMatchObject({
    type: 11,
    image: "localhost/tool:3",
    imagetag: "3",
  });
});

it("says of an unknown container that it is unknown, and of a strange answer what is wrong", async () => {
  const docker = await serveDocker({ "/containers/odd/json": "[", "/containers/none/json": "null" });
  expect(await docker.inspect(SHORT, NEVER)).toBeNull();
  await expect(docker.inspect("odd", NEVER)).rejects.toThrow(/JSON/);
  await expect(docker.inspect("none", NEVER)).rejects.toThrow("the answer is no object");
});

it("asks at a usual socket as soon as there is one", async () => {
  const [usual] = findContainerEngines([["docker", socket]]);
  expect(await usual?.inspect(SHORT, NEVER)).toBeNull();
  await serveDocker({ [`/containers/${SHORT}/json`]: { Id: ID, Name: "/late" } });
  expect(await usual?.inspect(SHORT, NEVER)).toMatchObject({ id: SHORT, name: "late" });
});

it.each([
  ["docker", dockerEngine],
  ["CRI", criEngine],
] as const)("says why a %s socket cannot be asked", async (_, make) => {
  engine = make(join(folder, "missing.sock"));
  await expect(engine.inspect(SHORT, NEVER)).rejects.toThrow(/ENOENT/);
});

/** A field of a message: a number, a text, or a message of further fields. */
type Field = readonly [number: number, value: number | string | readonly Field[]];

function message(...fields: readonly Field[]): Buffer {
  return Buffer.concat(
    fields.map(([number, value]) => {
      if (typeof value === "number") return Buffer.from([...varint(number << 3), ...varint(value)]);
      const body = typeof value === "string" ? Buffer.from(value) : message(...value);
      return Buffer.concat([Buffer.from([...varint((number << 3) | 2), ...varint(body.length)]), body]);
    }),
  );
}

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)];
}

const pair = (key: string, value: string): readonly Field[] => [
  [1, key],
  [2, value],
];

/** A server with the interface of Kubernetes' runtimes: answers by method and the id that is asked for. */
async function serveCri(answers: Readonly<Record<string, Buffer>>) {
  const http = createHttp2Server();
  http.on("stream", (stream, headers) => {
    const chunks: Buffer[] = [];
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.on("end", () => {
      const asked = Buffer.concat(chunks).subarray(5);
      const id = asked.length === 0 ? "" : asked.toString("utf8", 2, 2 + (asked[1] ?? 0));
      const answer = answers[`${headers[":path"]} ${id}`.trim()];
      stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
      stream.on("wantTrailers", () => {
        stream.sendTrailers(
          answer === undefined ? { "grpc-status": "5", "grpc-message": "no" } : { "grpc-status": "0" },
        );
      });
      const prefix = Buffer.alloc(5);
      prefix.writeUInt32BE(answer?.length ?? 0, 1);
      stream.end(answer === undefined ? undefined : Buffer.concat([prefix, answer]));
    });
  });
  server = http as unknown as Server;
  await new Promise<void>((resolve) => http.listen(socket, resolve));
  engine = criEngine(socket);
  return engine;
}

const SERVICE = "/runtime.v1.RuntimeService";
const VERSION = {
  [`${SERVICE}/Version`]: message([1, "0.1.0"], [2, "containerd"], [3, "v2.0.0"], [4, "v1"]),
};
const SANDBOX_STATUS = message([
  1,
  [
    [1, SANDBOX],
    [
      2,
      [
        [1, "web-pod"],
        [2, "uid-1"],
        [3, "prod"],
      ],
    ],
    [5, [[1, "10.1.2.3"]]],
    [
      6,
      [
        [
          1,
          [
            [
              2,
              [
                [1, 2],
                [2, 1],
              ],
            ],
          ],
        ],
      ],
    ],
    [7, pair("app", "web")],
    [7, pair("io.kubernetes.pod.name", "web-pod")],
  ],
]);

it("asks a runtime of Kubernetes for a container and its pod", async () => {
  const info = JSON.stringify({
    sandboxID: SANDBOX,
    config: { linux: { security_context: { privileged: true } } },
  });
  const cri = await serveCri({
    ...VERSION,
    [`${SERVICE}/PodSandboxStatus ${SANDBOX}`]: SANDBOX_STATUS,
    [`${SERVICE}/ContainerStatus ${SHORT}`]: message(
      [
        1,
        [
          [1, ID],
          [2, [[1, "web"]]],
          [3, 1],
          [8, [[1, "docker.io/team/web:1.2"]]],
          [9, `docker.io/team/web@sha256:${"c".repeat(64)}`],
          [12, pair("io.kubernetes.pod.namespace", "prod")],
          [
            14,
            [
              [1, "/data"],
              [2, "/srv"],
              [3, 1],
              [5, 1],
            ],
          ],
          [17, `sha256:${"d".repeat(64)}`],
        ],
      ],
      [2, pair("info", info)],
    ),
  });
  expect(await cri.inspect(SHORT, NEVER)).toEqual({
    id: SHORT,
    full_id: ID,
    type: 7,
    name: "web",
    image: "docker.io/team/web:1.2",
    imageid: "d".repeat(64),
    imagerepo: "docker.io/team/web",
    imagetag: "1.2",
    imagedigest: `sha256:${"c".repeat(64)}`,
    ip: "10.1.2.3",
    privileged: true,
    host_pid: false,
    host_network: true,
    host_ipc: false,
    is_pod_sandbox: false,
    labels: { "io.kubernetes.pod.namespace": "prod" },
    Mounts: [{ Source: "/srv", Destination: "/data", Mode: "", RW: false, Propagation: "rslave" }],
    pod_sandbox_id: SANDBOX,
    pod_sandbox_labels: { app: "web", "io.kubernetes.pod.name": "web-pod" },
    cni_json: "",
  });
});

it("tells of a pod itself, and of what it does not know that it does not", async () => {
  const cri = await serveCri({ ...VERSION, [`${SERVICE}/PodSandboxStatus ${SANDBOX}`]: SANDBOX_STATUS });
  expect(await cri.inspect(SANDBOX, NEVER)).toMatchObject({
    name: "web-pod",
    is_pod_sandbox: true,
    ip: "10.1.2.3",
  });
  expect(await cri.inspect(SHORT, NEVER)).toBeNull();
});

it.each([
  ["nginx", "nginx", "latest", ""],
  ["nginx:1", "nginx", "1", ""],
  ["host:5000/a/b", "host:5000/a/b", "latest", ""],
  ["host:5000/a/b:2", "host:5000/a/b", "2", ""],
  ["a/b@sha256:c", "a/b", "", "sha256:c"],
  ["a/b:1@sha256:c", "a/b", "1", "sha256:c"],
  ["", "", "", ""],
])("takes the name of an image apart: %s", (image, repository, tag, digest) => {
  expect(imageParts(image)).toEqual({ repository, tag, digest });
});

it("leaves out labels that are too long, or no texts", () => {
  expect(reportedLabels({ a: "x".repeat(100), b: "x".repeat(101), c: 1 })).toEqual({ a: "x".repeat(100) });
});
