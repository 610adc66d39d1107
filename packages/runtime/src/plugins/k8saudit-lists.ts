// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/compiler/program";
import { at, itemsAt, type JsonNode, textAt } from "../json/json-node.ts";
import type { PluginField } from "./define.ts";
import { asText } from "./record-values.ts";

/** Field that lists the items of the array at a path; missing when something else is there. */
export function listAt(...path: readonly ByteString[]): PluginField {
  return (record) => itemsAt(record, ...path)?.map(asText) ?? null;
}

/** Field that lists what is found at the end of a path through arrays; the index picks from the first array met. */
export function valuesAt(...path: readonly ByteString[]): PluginField {
  return (record, { index }) => {
    const found = through(record, index, path);
    return found === null ? null : present(found).map(asText);
  };
}

/** Field that lists the items of an array inside each rule of a requested role. */
export function ruleItems(key: ByteString): PluginField {
  return (record, { index }) => {
    const found = through(record, index, ["requestObject", "rules", key]);
    if (found === null) return null;
    return present(found).flatMap((node) => (node.kind === "array" ? node.items.map(asText) : []));
  };
}

/** A subject of a role binding. */
export interface Subject {
  readonly name: ByteString;
  readonly namespace: ByteString;
}

/** Field that lists the subjects of one kind in a requested role binding. */
export function binding(kind: ByteString, show: (subject: Subject) => ByteString): PluginField {
  return (record) =>
    itemsAt(record, "requestObject", "subjects")
      ?.filter((subject) => textAt(subject, "kind") === kind)
      .map((subject) =>
        show({ name: textAt(subject, "name") ?? "", namespace: textAt(subject, "namespace") ?? "" }),
      ) ?? null;
}

export interface ContainerFields {
  readonly args: PluginField;
  readonly command: PluginField;
  readonly name: PluginField;
  readonly image: PluginField;
  readonly repository: PluginField;
  readonly hostPort: PluginField;
  readonly privileged: PluginField;
  readonly allowPrivilegeEscalation: PluginField;
  readonly readOnlyFs: PluginField;
  readonly runAsUser: PluginField;
  readonly effectiveUser: PluginField;
  readonly runAsGroup: PluginField;
  readonly effectiveGroup: PluginField;
  readonly procMount: PluginField;
  readonly addCapabilities: PluginField;
  anyPrivileged(record: JsonNode): ByteString | null;
}

/**
 * Fields of one of the lists of containers in a requested pod. What is an array in each container, such as a command
 * or its capabilities, is one element in JSON, as in the plugin.
 */
export function containerFields(list: ByteString): ContainerFields {
  const path = ["requestObject", "spec", list];
  const each = (...keys: readonly ByteString[]) => valuesAt(...path, ...keys);
  const images: PluginField = (record, { index }) => every(through(record, index, [...path, "image"]));
  return {
    args: each("args"),
    command: each("command"),
    name: each("name"),
    image: images,
    repository: (...args) => (images(...args) as readonly ByteString[] | null)?.map(repositoryOf) ?? null,
    hostPort: (record, { index }) => hostPorts(through(record, index, [...path, "ports"])),
    privileged: each("securityContext", "privileged"),
    allowPrivilegeEscalation: each("securityContext", "allowPrivilegeEscalation"),
    readOnlyFs: each("securityContext", "readOnlyRootFilesystem"),
    runAsUser: each("securityContext", "runAsUser"),
    effectiveUser: effective(path, "runAsUser"),
    runAsGroup: each("securityContext", "runAsGroup"),
    effectiveGroup: effective(path, "runAsGroup"),
    procMount: each("securityContext", "procMount"),
    addCapabilities: each("securityContext", "capabilities", "add"),
    anyPrivileged: (record) => {
      const found = through(record, null, [...path, "securityContext", "privileged"]);
      if (found === null) return null;
      return found.some((node) => node?.kind === "boolean" && node.value) ? "true" : "false";
    },
  };
}

/** Whether a volume of the requested pod mounts a path of the host: that one, or with `*` at the end any below it. */
export function hasHostPath(record: JsonNode, wanted: ByteString): ByteString | null {
  const found = through(record, null, ["requestObject", "spec", "volumes", "hostPath", "path"]);
  if (found === null) return null;
  const prefix = wanted.endsWith("*") ? wanted.slice(0, -1) : null;
  const paths = present(found).map(asText);
  return paths.some((path) => path === wanted || (prefix !== null && path.startsWith(prefix)))
    ? "true"
    : "false";
}

/** Keys of the volumes of the requested pod but for their names: what kind of volume each is. */
export function volumeKinds(record: JsonNode, index: number | null): readonly ByteString[] | null {
  const volumes = itemsAt(record, "requestObject", "spec", "volumes");
  if (volumes === null) return null;
  const chosen = index === null ? volumes : volumes.slice(index, index + 1);
  return chosen.flatMap((volume) =>
    volume.kind === "object" ? volume.entries.map(({ key }) => key).filter((key) => key !== "name") : [],
  );
}

/**
 * What is found by following keys, into every element of an array or into the one that the index picks. Elements in
 * which the keys end early count as null; null instead of a list: nothing was found, or no such element.
 */
function through(
  node: JsonNode | null,
  index: number | null,
  path: readonly ByteString[],
): readonly (JsonNode | null)[] | null {
  let current = node;
  for (const [i, key] of path.entries()) {
    if (current?.kind === "array") {
      if (index === null)
        return current.items.flatMap((item) => through(item, null, path.slice(i)) ?? [null]);
      current = current.items[index] ?? null;
    }
    current = at(current, key);
    if (current === null) return null;
  }
  return [current];
}

function present(nodes: readonly (JsonNode | null)[]): readonly JsonNode[] {
  return nodes.filter((node) => node !== null);
}

/** The texts of all nodes; null as soon as one is missing. */
function every(nodes: readonly (JsonNode | null)[] | null): readonly ByteString[] | null {
  return nodes?.every((node) => node !== null) ? present(nodes).map(asText) : null;
}

/** An image without tag and digest. A registry's port counts as a tag, as in the plugin. */
function repositoryOf(image: ByteString): ByteString {
  return image.replace(/[:@].*$/s, "");
}

/** Host ports of all containers; a port that names none counts with the container's, which a host network exposes. */
function hostPorts(nodes: readonly (JsonNode | null)[] | null): readonly ByteString[] | null {
  if (nodes === null) return null;
  const lists = present(nodes);
  if (lists.some((list) => list.kind !== "array")) return null;
  return lists
    .flatMap((list) => (list.kind === "array" ? list.items : []))
    .flatMap((port) => at(port, "hostPort") ?? at(port, "containerPort") ?? [])
    .map(asText);
}

/**
 * The id that each container runs with. As in the plugin it is looked for beside the security contexts, not in them,
 * so that it is 0 for every pod that Kubernetes accepts.
 */
function effective(path: readonly ByteString[], key: ByteString): PluginField {
  return (record, { index }) => {
    const ofPod = at(record, "requestObject", "spec", key);
    const found = through(record, index, [...path, key]);
    const otherwise = ofPod === null ? "0" : asText(ofPod);
    return found?.map((node) => (node === null ? otherwise : asText(node))) ?? null;
  };
}
