// SPDX-License-Identifier: Apache-2.0
import { DEPRECATED, fieldsOf, required, SUGGESTED } from "../fields/define.ts";
import type { FieldDefinition } from "../types.ts";
import type { PluginDefinition } from "./define.ts";

const field = fieldsOf("plugin", "container", ["syscall"]);

/** Container and pod of a process. But for container.id and times, all are missing until the runtime was asked. */
// biome-ignore format: a table
export const CONTAINER: PluginDefinition = {
  name: "container",
  source: null,
  asyncEvents: ["container", "container_removed"],
  fields: [
    field("container.id", "CHARBUF", "First 12 characters of the container's id; host outside of containers.", SUGGESTED),
    field("container.full_id", "CHARBUF", "Whole id of the container."),
    field("container.name", "CHARBUF", "Name of the container; host outside of containers.", SUGGESTED),
    field("container.image", "CHARBUF", "Image as the container was started with it, such as falco:latest."),
    field("container.image.id", "CHARBUF", "Id of the image."),
    field("container.type", "CHARBUF", "Runtime: docker, cri-o, containerd, podman, …; host outside of containers."),
    field("container.privileged", "BOOL", "True when the container runs privileged."),
    field("container.mounts", "CHARBUF", "All mounts as source:destination:mode:writable:propagation, separated by commas."),
    field("container.mount", "CHARBUF", "One mount, by position or by a pattern of its source; missing when there is none.", required("index-or-key")),
    field("container.mount.source", "CHARBUF", "Source of one mount, by position or by a pattern of its destination.", required("index-or-key")),
    field("container.mount.dest", "CHARBUF", "Destination of one mount, by position or by a pattern of its source.", required("index-or-key")),
    field("container.mount.mode", "CHARBUF", "Mode of one mount, by position or by a pattern of its source.", required("index-or-key")),
    field("container.mount.rdwr", "CHARBUF", "true or false: whether one mount is writable, by position or by a pattern of its source.", required("index-or-key")),
    field("container.mount.propagation", "CHARBUF", "Propagation of one mount, by position or by a pattern of its source.", required("index-or-key")),
    field("container.image.repository", "CHARBUF", "Image without tag and digest.", SUGGESTED),
    field("container.image.tag", "CHARBUF", "Tag of the image.", SUGGESTED),
    field("container.image.digest", "CHARBUF", "Digest of the image in its registry."),
    field("container.healthcheck", "CHARBUF", "Always missing.", DEPRECATED),
    field("container.liveness_probe", "CHARBUF", "Always missing.", DEPRECATED),
    field("container.readiness_probe", "CHARBUF", "Always missing.", DEPRECATED),
    field("container.start_ts", "ABSTIME", "Time at which the container's process namespace began, in ns since 1970."),
    field("container.duration", "RELTIME", "Time since container.start_ts, in ns."),
    field("container.ip", "CHARBUF", "First IPv4 address of the container."),
    field("container.cni.json", "CHARBUF", "What the network plugin reported, as JSON."),
    field("container.host_pid", "BOOL", "True when the container shares the host's process namespace."),
    field("container.host_network", "BOOL", "True when the container shares the host's network namespace."),
    field("container.host_ipc", "BOOL", "True when the container shares the host's IPC namespace."),
    field("container.label", "CHARBUF", "Value of one label; missing when there is none.", required("key")),
    field("container.labels", "CHARBUF", "All labels as name:value, separated by commas."),
    field("proc.is_container_healthcheck", "BOOL", "Always missing.", DEPRECATED),
    field("proc.is_container_liveness_probe", "BOOL", "Always missing.", DEPRECATED),
    field("proc.is_container_readiness_probe", "BOOL", "Always missing.", DEPRECATED),
    field("k8s.pod.name", "CHARBUF", "Name of the pod.", SUGGESTED),
    field("k8s.ns.name", "CHARBUF", "Namespace of the pod.", SUGGESTED),
    field("k8s.pod.id", "CHARBUF", "The same as k8s.pod.uid."),
    field("k8s.pod.uid", "CHARBUF", "Unique id of the pod."),
    field("k8s.pod.sandbox_id", "CHARBUF", "First 12 characters of the id of the pod's sandbox."),
    field("k8s.pod.full_sandbox_id", "CHARBUF", "Whole id of the pod's sandbox."),
    field("k8s.pod.label", "CHARBUF", "Value of one label of the pod; missing when there is none.", required("key")),
    field("k8s.pod.labels", "CHARBUF", "All labels of the pod as name:value, separated by commas."),
    field("k8s.pod.ip", "CHARBUF", "First IPv4 address of the pod."),
    field("k8s.pod.cni.json", "CHARBUF", "What the network plugin reported for the pod, as JSON."),
    ...retired("k8s.rc", ["name", "id", "label", "labels"]),
    ...retired("k8s.svc", ["name", "id", "label", "labels"]),
    ...retired("k8s.ns", ["id", "label", "labels"]),
    ...retired("k8s.rs", ["name", "id", "label", "labels"]),
    ...retired("k8s.deployment", ["name", "id", "label", "labels"]),
  ],
};

function retired(prefix: string, names: readonly string[]): FieldDefinition[] {
  return names.map((name) =>
    name === "label"
      ? field(`${prefix}.${name}`, "CHARBUF", "Always missing.", DEPRECATED, required("key"))
      : field(`${prefix}.${name}`, "CHARBUF", "Always missing.", DEPRECATED),
  );
}
