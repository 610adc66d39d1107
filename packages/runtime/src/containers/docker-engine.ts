// SPDX-License-Identifier: Apache-2.0
import { type IncomingMessage, request } from "node:http";
import {
  ANSWER_BYTES_MAX,
  type ContainerEngine,
  type ContainerReport,
  imageParts,
  type MountReport,
  reportedLabels,
} from "./container-engine.ts";

/** Codes in the table of container types. */
const TYPE_DOCKER = 0;
const TYPE_PODMAN = 11;
/** Podman puts this into its answers. */
const PODMAN_HEADER = "libpod-api-version";
const SHORT_ID_LENGTH = 12;
const IMAGE_ID = /^(?:sha256:)?([0-9a-f]{64})$/;

/** An engine with the HTTP interface of Docker on a Unix socket: Docker itself, or Podman. */
export function dockerEngine(socket: string): ContainerEngine {
  return {
    socket,
    async inspect(id, signal) {
      const container = await ask(socket, `/containers/${encodeURIComponent(id)}/json`, signal);
      if (container === null) return null;
      const { Image = "" } = container.body as Inspected;
      const image =
        Image === "" ? null : await ask(socket, `/images/${encodeURIComponent(Image)}/json`, signal);
      const type = container.isPodman ? TYPE_PODMAN : TYPE_DOCKER;
      return reportOf(container.body as Inspected, (image?.body ?? {}) as InspectedImage, type);
    },
    close() {},
  };
}

/** The part of the answers that is used. All of it may be missing. */
interface Inspected {
  readonly Id?: string;
  readonly Name?: string;
  readonly Image?: string;
  readonly Config?: { readonly Image?: string; readonly Labels?: Record<string, unknown> | null };
  readonly HostConfig?: {
    readonly Privileged?: boolean;
    readonly PidMode?: string;
    readonly NetworkMode?: string;
    readonly IpcMode?: string;
  };
  readonly Mounts?: readonly Partial<MountReport>[] | null;
  readonly NetworkSettings?: {
    readonly IPAddress?: string;
    readonly Networks?: Record<string, { readonly IPAddress?: string }> | null;
  };
}

interface InspectedImage {
  readonly RepoTags?: readonly string[] | null;
  readonly RepoDigests?: readonly string[] | null;
}

function reportOf(container: Inspected, image: InspectedImage, type: number): ContainerReport {
  const fullId = container.Id ?? "";
  const named = container.Config?.Image ?? "";
  // A container may have been made from an image by its id: a name of that image says more.
  const name = IMAGE_ID.test(named) ? (image.RepoTags?.[0] ?? named) : named;
  const { repository, tag, digest } = imageParts(name);
  const host = container.HostConfig;
  return {
    id: fullId.slice(0, SHORT_ID_LENGTH),
    full_id: fullId,
    type,
    name: (container.Name ?? "").replace(/^\//, ""),
    image: name,
    imageid: IMAGE_ID.exec(container.Image ?? "")?.[1] ?? "",
    imagerepo: repository,
    imagetag: tag,
    imagedigest: digest || imageParts(image.RepoDigests?.[0] ?? "").digest,
    ip: addressOf(container),
    privileged: host?.Privileged === true,
    host_pid: host?.PidMode === "host",
    host_network: host?.NetworkMode === "host",
    host_ipc: host?.IpcMode === "host",
    is_pod_sandbox: false,
    labels: reportedLabels(container.Config?.Labels ?? {}),
    Mounts: (container.Mounts ?? []).map(mountOf),
    pod_sandbox_id: "",
    pod_sandbox_labels: {},
    cni_json: "",
  };
}

function addressOf({ NetworkSettings: settings }: Inspected): string {
  const networks = Object.values(settings?.Networks ?? {});
  return [settings?.IPAddress, ...networks.map((one) => one.IPAddress)].find(Boolean) ?? "";
}

function mountOf({
  Source = "",
  Destination = "",
  Mode = "",
  RW = false,
  Propagation = "",
}: Partial<MountReport>) {
  return { Source, Destination, Mode, RW, Propagation };
}

interface Answer {
  readonly body: unknown;
  readonly isPodman: boolean;
}

/** One question; null: the engine knows nothing of that name. */
function ask(socket: string, path: string, signal: AbortSignal): Promise<Answer | null> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { socketPath: socket, path, signal, headers: { host: "localhost" } },
      (response) => {
        read(response)
          .then((text) => answerOf(response, text))
          .then(resolve, reject);
      },
    );
    asked.on("error", reject);
    asked.end();
  });
}

async function read(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > ANSWER_BYTES_MAX) throw new Error(`an answer of more than ${ANSWER_BYTES_MAX} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function answerOf(response: IncomingMessage, text: string): Answer | null {
  if (response.statusCode === 404) return null;
  if (response.statusCode !== 200) throw new Error(`the answer has status ${response.statusCode}`);
  const body: unknown = JSON.parse(text);
  if (typeof body !== "object" || body === null) throw new Error("the answer is no object");
  return { body, isPodman: response.headers[PODMAN_HEADER] !== undefined };
}
