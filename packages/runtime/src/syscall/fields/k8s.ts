// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/compiler/program";
import { SHORT_ID_BYTES } from "../../state/container-id.ts";
import type { Container } from "../../state/container-table.ts";
import type { SyscallEvent } from "../syscall-event.ts";
import { fromContainer, labelsText } from "./container.ts";
import { type Factory, type Fields, never } from "./factory.ts";

const POD_NAME = "io.kubernetes.pod.name";
const POD_NAMESPACE = "io.kubernetes.pod.namespace";
const POD_UID = "io.kubernetes.pod.uid";

/** Kinds of objects that the engine no longer knows the names of. */
const RETIRED_KINDS = ["rc", "svc", "rs", "deployment"] as const;

/** The pod that the container belongs to, as its runtime labels it. */
export const K8S_FIELDS: Fields = {
  "k8s.pod.name": label(POD_NAME),
  "k8s.ns.name": label(POD_NAMESPACE),
  "k8s.pod.uid": label(POD_UID),
  "k8s.pod.id": label(POD_UID),
  "k8s.pod.sandbox_id": ofPod((container) => container.sandboxId.slice(0, SHORT_ID_BYTES)),
  "k8s.pod.full_sandbox_id": ofPod((container) => container.sandboxId),
  "k8s.pod.label": ({ argument }) =>
    fromContainer((container, event) => podOf(container, event)?.sandboxLabels.get(argument ?? "") ?? null),
  "k8s.pod.labels": ofPod((container, event) =>
    labelsText(podOf(container, event)?.sandboxLabels ?? new Map()),
  ),
  "k8s.pod.ip": ofPod((container, event) => podOf(container, event)?.ip ?? ""),
  "k8s.pod.cni.json": ofPod((container, event) => podOf(container, event)?.cniJson ?? ""),
  "k8s.ns.id": never,
  "k8s.ns.label": never,
  "k8s.ns.labels": never,
  ...Object.fromEntries(
    RETIRED_KINDS.flatMap((kind) =>
      ["name", "id", "label", "labels"].map((part) => [`k8s.${kind}.${part}`, never]),
    ),
  ),
};

function label(name: ByteString): Factory {
  return () => fromContainer((container) => container.labels.get(name) ?? null);
}

function ofPod(read: (container: Container, event: SyscallEvent) => ByteString | null): Factory {
  return () => fromContainer(read);
}

/** The container that tells of the pod: one that has the result of its network plugin, else the pod's sandbox. */
function podOf(container: Container, event: SyscallEvent): Container | null {
  if (container.cniJson !== "") return container;
  return event.state.containers.get(container.sandboxId.slice(0, SHORT_ID_BYTES));
}
