// SPDX-License-Identifier: Apache-2.0
import { statSync } from "node:fs";
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

/** Engines whose usual sockets are there. */
export function findContainerEngines(): ContainerEngine[] {
  return ENGINE_SOCKETS.filter(([, path]) => statSync(path, { throwIfNoEntry: false })?.isSocket()).map(
    ([kind, path]) => containerEngine(kind, path),
  );
}
