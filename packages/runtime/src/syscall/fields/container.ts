// SPDX-License-Identifier: Apache-2.0
import { CONTAINER_TYPES } from "@falcoc/compiler/catalog";
import { type ByteString, compileRegex, type FieldUse, type FieldValue } from "@falcoc/compiler/program";
import { toInteger } from "../../capture/integers.ts";
import type { Container, ContainerMount } from "../../state/container-table.ts";
import type { SyscallEvent } from "../syscall-event.ts";
import { type Factory, type Fields, never, ofThread, plain, type Read } from "./factory.ts";
import { known } from "./process.ts";

/** Stands for the container of processes that are in none. */
const HOST: Container = {
  id: "host",
  fullId: "host",
  name: "host",
  type: 65534,
  image: "",
  imageId: "",
  imageRepository: "",
  imageTag: "",
  imageDigest: "",
  ip: "",
  address: "",
  cniJson: "",
  isPrivileged: false,
  sharesHostPid: false,
  sharesHostNetwork: false,
  sharesHostIpc: false,
  labels: new Map(),
  mounts: [],
  sandboxId: "",
  sandboxLabels: new Map(),
};
/** Labels that the runtime and the orchestrator add for themselves. */
const INTERNAL_LABELS = ["annotation.", "io.kubernetes."] as const;

/** The container that the process runs in. */
export const CONTAINER_FIELDS: Fields = {
  "container.id": plain((event) => containerOf(event)?.id ?? event.thread?.containerId ?? null),
  "container.full_id": ofContainer((container) => container.fullId),
  "container.name": ofContainer((container) => container.name),
  "container.type": ofContainer((container) =>
    container.type === null ? null : (CONTAINER_TYPES[container.type] ?? ""),
  ),
  "container.image": ofContainer((container) => container.image),
  "container.image.id": ofContainer((container) => container.imageId),
  "container.image.repository": ofContainer((container) => container.imageRepository),
  "container.image.tag": ofContainer((container) => container.imageTag),
  "container.image.digest": ofContainer((container) => container.imageDigest),
  "container.ip": ofContainer((container) => container.ip),
  "container.cni.json": ofContainer((container) => container.cniJson),
  "container.privileged": ofContainer((container) => container.isPrivileged),
  "container.host_pid": ofContainer((container) => container.sharesHostPid),
  "container.host_network": ofContainer((container) => container.sharesHostNetwork),
  "container.host_ipc": ofContainer((container) => container.sharesHostIpc),
  "container.label": ({ argument }) =>
    fromContainer((container) => container.labels.get(argument ?? "") ?? null),
  "container.labels": ofContainer((container) => labelsText(container.labels)),
  "container.mounts": ofContainer((container) => container.mounts.map(mountText).join(",")),
  "container.mount": mount((one) => one.source, mountText),
  "container.mount.source": mount(
    (one) => one.destination,
    (one) => one.source,
  ),
  "container.mount.dest": mount(
    (one) => one.source,
    (one) => one.destination,
  ),
  "container.mount.mode": mount(
    (one) => one.source,
    (one) => one.mode,
  ),
  "container.mount.rdwr": mount(
    (one) => one.source,
    (one) => String(one.isWritable),
  ),
  "container.mount.propagation": mount(
    (one) => one.source,
    (one) => one.propagation,
  ),
  "container.start_ts": ofThread((thread) => known(thread.pidNamespaceStartNs)),
  "container.duration": ofThread((thread, event) => {
    const start = known(thread.pidNamespaceStartNs);
    return start === null ? null : toInteger(BigInt.asUintN(64, event.timestampNs - BigInt(start)));
  }),
  "container.healthcheck": never,
  "container.liveness_probe": never,
  "container.readiness_probe": never,
  "proc.is_container_healthcheck": never,
  "proc.is_container_liveness_probe": never,
  "proc.is_container_readiness_probe": never,
};

/** A field of the container; it has no value until the runtime has told of the container. */
export function fromContainer(read: (container: Container, event: SyscallEvent) => FieldValue | null): Read {
  return (event) => {
    const container = containerOf(event);
    return container === null ? null : read(container, event);
  };
}

/** Labels as `name:value`, separated by commas, without internal ones. */
export function labelsText(labels: ReadonlyMap<ByteString, ByteString>): ByteString {
  return [...labels]
    .filter(([name]) => !INTERNAL_LABELS.some((prefix) => name.startsWith(prefix)))
    .map(([name, value]) => (value === "" ? name : `${name}:${value}`))
    .join(", ");
}

/** The container that the event tells of, else that of the thread; null: not known. */
function containerOf(event: SyscallEvent): Container | null {
  if (event.container !== null) return event.container;
  const thread = event.thread;
  if (thread === null) return null;
  return thread.containerId === "" ? HOST : event.state.containers.get(thread.containerId);
}

function ofContainer(read: (container: Container) => FieldValue | null): Factory {
  return () => fromContainer(read);
}

/** One mount, by its number or by a regular expression that is searched for in `key`. */
function mount(
  key: (one: ContainerMount) => ByteString,
  read: (one: ContainerMount) => ByteString,
): (field: FieldUse) => Read {
  return ({ argument }) => {
    const find = mountFinder(argument ?? "", key);
    return fromContainer(({ mounts }) => {
      const found = find(mounts);
      return found === undefined ? null : read(found);
    });
  };
}

function mountFinder(
  argument: ByteString,
  key: (one: ContainerMount) => ByteString,
): (mounts: readonly ContainerMount[]) => ContainerMount | undefined {
  if (/^[0-9]+$/.test(argument)) return (mounts) => mounts[Number(argument)];
  // Expressions match whole texts, but here a part is enough.
  const pattern = compileRegex(`(.|\n)*(${argument})(.|\n)*`);
  return (mounts) => (pattern.ok ? mounts.find((one) => pattern.test(key(one))) : undefined);
}

function mountText(one: ContainerMount): ByteString {
  return [one.source, one.destination, one.mode, String(one.isWritable), one.propagation].join(":");
}
