// SPDX-License-Identifier: Apache-2.0
import { type ByteString, decodeText, encodeText, parseAddress } from "@falcoc/compiler/program";

/** Most containers that are kept. */
const CONTAINERS_MAX = 65_536;

export interface ContainerMount {
  readonly source: ByteString;
  readonly destination: ByteString;
  readonly mode: ByteString;
  readonly isWritable: boolean;
  readonly propagation: ByteString;
}

/** What the container plugin told of a container. */
export interface Container {
  readonly id: ByteString;
  readonly fullId: ByteString;
  readonly name: ByteString;
  /** Code of the runtime in the table of container types; null: not told. */
  readonly type: number | null;
  readonly image: ByteString;
  readonly imageId: ByteString;
  readonly imageRepository: ByteString;
  readonly imageTag: ByteString;
  readonly imageDigest: ByteString;
  readonly ip: ByteString;
  /** The same as 4 bytes; empty when it is none. */
  readonly address: ByteString;
  readonly cniJson: ByteString;
  readonly isPrivileged: boolean;
  readonly sharesHostPid: boolean;
  readonly sharesHostNetwork: boolean;
  readonly sharesHostIpc: boolean;
  /** Sorted by name. */
  readonly labels: ReadonlyMap<ByteString, ByteString>;
  readonly mounts: readonly ContainerMount[];
  readonly sandboxId: ByteString;
  readonly sandboxLabels: ReadonlyMap<ByteString, ByteString>;
}

/** Known containers by their short id. */
export class ContainerTable {
  readonly #containers = new Map<ByteString, Container>();
  /** Containers that found no room. */
  dropped = 0;
  /** Grows with every change. */
  changes = 0;

  clear(): void {
    this.#containers.clear();
    this.changes++;
  }

  get(id: ByteString): Container | null {
    return this.#containers.get(id) ?? null;
  }

  values(): IterableIterator<Container> {
    return this.#containers.values();
  }

  add(container: Container): void {
    if (this.#containers.size >= CONTAINERS_MAX && !this.#containers.has(container.id)) this.dropped++;
    else this.#containers.set(container.id, container);
    this.changes++;
  }

  remove(id: ByteString): void {
    this.#containers.delete(id);
    this.changes++;
  }
}

type JsonObject = Readonly<Record<string, unknown>>;

/** The container that the JSON text of an announcement or a removal tells of; null when it is none. */
export function readContainer(json: string): Container | null {
  const container = objectOf(objectOf(parse(json))?.container);
  if (container === null) return null;
  const text = (key: string) => textOf(container[key]);
  const id = text("id");
  if (id === "") return null;
  return {
    id,
    fullId: text("full_id"),
    name: text("name"),
    type: typeof container.type === "number" ? container.type : null,
    image: text("image"),
    imageId: text("imageid"),
    imageRepository: text("imagerepo"),
    imageTag: text("imagetag"),
    imageDigest: text("imagedigest"),
    ip: text("ip"),
    address: parseAddress(decodeText(text("ip"))) ?? "",
    cniJson: text("cni_json"),
    isPrivileged: container.privileged === true,
    sharesHostPid: container.host_pid === true,
    sharesHostNetwork: container.host_network === true,
    sharesHostIpc: container.host_ipc === true,
    labels: readLabels(container.labels),
    mounts: Array.isArray(container.Mounts) ? container.Mounts.map(readMount) : [],
    sandboxId: text("pod_sandbox_id"),
    sandboxLabels: readLabels(container.pod_sandbox_labels),
  };
}

function readMount(value: unknown): ContainerMount {
  const mount = objectOf(value) ?? {};
  return {
    source: textOf(mount.Source),
    destination: textOf(mount.Destination),
    mode: textOf(mount.Mode),
    isWritable: mount.RW === true,
    propagation: textOf(mount.Propagation),
  };
}

function readLabels(value: unknown): Map<ByteString, ByteString> {
  const entries = Object.entries(objectOf(value) ?? {});
  const labels = entries.map(([key, label]) => [encodeText(key), textOf(label)] as const);
  return new Map(labels.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

function objectOf(value: unknown): JsonObject | null {
  return typeof value === "object" && value !== null ? (value as JsonObject) : null;
}

function textOf(value: unknown): ByteString {
  return typeof value === "string" ? encodeText(value) : "";
}
