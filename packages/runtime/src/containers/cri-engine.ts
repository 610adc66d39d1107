// SPDX-License-Identifier: Apache-2.0
import {
  type ContainerEngine,
  type ContainerReport,
  imageParts,
  type MountReport,
  reportedLabels,
} from "./container-engine.ts";
import { GrpcClient, GrpcError } from "./grpc-client.ts";
import {
  decodeMessage,
  encodeMessage,
  type Message,
  messageIn,
  messagesIn,
  numberIn,
  textIn,
  textsIn,
} from "./protobuf.ts";

const SERVICE = "/runtime.v1.RuntimeService";
const NOT_FOUND = "5";
const SHORT_ID_LENGTH = 12;

/** Codes in the table of container types, by the name that a runtime gives itself. */
const TYPES: ReadonlyMap<string, number> = new Map([
  ["containerd", 7],
  ["cri-o", 8],
]);
const TYPE_OTHER = 6;

/** Of namespaces: the machine's own. */
const NAMESPACE_NODE = 2;
const PROPAGATIONS = ["private", "rslave", "rshared"];

/**
 * An engine with Kubernetes' Container Runtime Interface on a Unix socket: containerd, CRI-O. Containers that were
 * made in other ways, such as by `ctr`, are not among those it tells of. Tests hold it against a server of their own
 * that speaks the interface, never yet against either of the two.
 */
export function criEngine(socket: string): ContainerEngine {
  const client = new GrpcClient(socket);
  let type: number | null = null;
  const call = (method: string, fields: Readonly<Record<number, string | boolean>>, signal: AbortSignal) =>
    client.call(`${SERVICE}/${method}`, encodeMessage(fields), signal);
  const find = (method: string, id: string, signal: AbortSignal) =>
    call(method, { 1: id, 2: true }, signal).catch(unlessNotFound);
  return {
    socket,
    async inspect(id, signal) {
      type ??= TYPES.get(textIn(await call("Version", {}, signal), 2)) ?? TYPE_OTHER;
      const container = await find("ContainerStatus", id, signal);
      if (container === null) {
        const pod = await find("PodSandboxStatus", id, signal);
        return pod === null ? null : sandboxReport(pod, type);
      }
      const sandboxId = sandboxOf(detailsOf(container));
      const sandbox = sandboxId === "" ? null : await find("PodSandboxStatus", sandboxId, signal);
      return containerReport(container, sandboxId, sandbox ?? NO_MESSAGE, type);
    },
    close: () => client.close(),
  };
}

const NO_MESSAGE: Message = decodeMessage(Buffer.alloc(0));

function unlessNotFound(error: unknown): null {
  if (error instanceof GrpcError && error.status === NOT_FOUND) return null;
  throw error;
}

/** Field numbers below are those of the interface's definition, version 1. */
function containerReport(
  answer: Message,
  sandboxId: string,
  sandboxAnswer: Message,
  type: number,
): ContainerReport {
  const status = messageIn(answer, 1);
  const sandbox = messageIn(sandboxAnswer, 1);
  const image = textIn(messageIn(status, 8), 1);
  const reference = textIn(status, 9);
  const name = imageParts(image);
  const { config, privileged } = detailsOf(answer);
  return {
    ...podReport(sandbox, textIn(status, 1), type),
    name: textIn(messageIn(status, 2), 1),
    image,
    imageid: (textIn(status, 17) || reference).replace(/^.*sha256:/, ""),
    imagerepo: name.repository,
    imagetag: name.tag,
    imagedigest: imageParts(reference).digest || name.digest,
    privileged: (privileged ?? config?.linux?.security_context?.privileged) === true,
    is_pod_sandbox: false,
    labels: reportedLabels(textsIn(status, 12)),
    Mounts: messagesIn(status, 14).map(mountOf),
    pod_sandbox_id: sandboxId,
    pod_sandbox_labels: reportedLabels(textsIn(sandbox, 7)),
  };
}

function sandboxReport(answer: Message, type: number): ContainerReport {
  const sandbox = messageIn(answer, 1);
  return podReport(sandbox, textIn(sandbox, 1), type);
}

/** What a pod's sandbox says, of itself or for one of its containers. */
function podReport(sandbox: Message, id: string, type: number): ContainerReport {
  const options = messageIn(messageIn(messageIn(sandbox, 6), 1), 2);
  return {
    id: id.slice(0, SHORT_ID_LENGTH),
    full_id: id,
    type,
    name: textIn(messageIn(sandbox, 2), 1),
    image: "",
    imageid: "",
    imagerepo: "",
    imagetag: "",
    imagedigest: "",
    ip: textIn(messageIn(sandbox, 5), 1),
    privileged: false,
    host_network: numberIn(options, 1) === NAMESPACE_NODE,
    host_pid: numberIn(options, 2) === NAMESPACE_NODE,
    host_ipc: numberIn(options, 3) === NAMESPACE_NODE,
    is_pod_sandbox: true,
    labels: reportedLabels(textsIn(sandbox, 7)),
    Mounts: [],
    pod_sandbox_id: "",
    pod_sandbox_labels: {},
    cni_json: "",
  };
}

function mountOf(mount: Message): MountReport {
  return {
    Source: textIn(mount, 2),
    Destination: textIn(mount, 1),
    Mode: "",
    RW: numberIn(mount, 3) === 0,
    Propagation: PROPAGATIONS[numberIn(mount, 5)] ?? "",
  };
}

/** What runtimes say beside the interface, as JSON, when asked to say everything. All of it may be missing. */
interface Details {
  readonly sandboxID?: string;
  readonly privileged?: boolean;
  readonly config?: { readonly linux?: { readonly security_context?: { readonly privileged?: boolean } } };
  readonly runtimeSpec?: { readonly annotations?: Readonly<Record<string, string>> };
}

function detailsOf(answer: Message): Details {
  const text = textsIn(answer, 2).info;
  if (text === undefined) return {};
  const details: unknown = JSON.parse(text);
  return typeof details === "object" && details !== null ? details : {};
}

function sandboxOf({ sandboxID, runtimeSpec }: Details): string {
  const annotations = runtimeSpec?.annotations ?? {};
  return (
    sandboxID ??
    annotations["io.kubernetes.cri.sandbox-id"] ??
    annotations["io.kubernetes.cri-o.SandboxID"] ??
    ""
  );
}
