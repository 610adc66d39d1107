// SPDX-License-Identifier: Apache-2.0
import { stat } from "node:fs/promises";
import type { ContainerEngine } from "./container-engine.ts";
import { criEngine } from "./cri-engine.ts";
import { dockerEngine } from "./docker-engine.ts";

/** The languages that engines speak. */
export const ENGINE_KINDS = ["docker", "cri"] as const;
export type EngineKind = (typeof ENGINE_KINDS)[number];

/** Where engines listen unless they are told otherwise. */
export const ENGINE_SOCKETS: readonly (readonly [EngineKind, string])[] = [
  ["docker", "/var/run/docker.sock"],
  ["docker", "/run/podman/podman.sock"],
  ["cri", "/run/containerd/containerd.sock"],
  ["cri", "/run/crio/crio.sock"],
  ["cri", "/run/k3s/containerd/containerd.sock"],
  ["cri", "/run/host-containerd/containerd.sock"],
];

export function containerEngine(kind: EngineKind, socket: string): ContainerEngine {
  return kind === "docker" ? dockerEngine(socket) : criEngine(socket);
}

/** Engines at the usual sockets. One whose socket is not there knows no containers; it may be started later. */
export function findContainerEngines(sockets = ENGINE_SOCKETS): ContainerEngine[] {
  return sockets.map(([kind, socket]) => {
    const engine = containerEngine(kind, socket);
    return {
      ...engine,
      inspect: async (id, signal) => ((await isSocket(socket)) ? engine.inspect(id, signal) : null),
    };
  });
}

async function isSocket(path: string): Promise<boolean> {
  const status = await stat(path).catch(() => null);
  return status?.isSocket() === true;
}
