// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/compiler/program";
import { at, itemsAt, type JsonNode, textAt } from "../json/json-node.ts";
import { type PluginField, type PluginRecords, type PluginSource, timedBy } from "./define.ts";
import {
  binding,
  containerFields,
  hasHostPath,
  listAt,
  ruleItems,
  valuesAt,
  volumeKinds,
} from "./k8saudit-lists.ts";
import { textOrJson } from "./record-values.ts";

const annotation = (name: ByteString) => textOrJson("annotations", name);
const request = (...path: readonly ByteString[]) => textOrJson("requestObject", ...path);
const podSpec = (...path: readonly ByteString[]) => request("spec", ...path);
const target = (key: ByteString) => textOrJson("objectRef", key);

const containers = containerFields("containers");
const init = containerFields("initContainers");
const ephemeral = containerFields("ephemeralContainers");

const FIELDS: Readonly<Record<string, PluginField>> = {
  "ka.auditid": textOrJson("auditID"),
  "ka.stage": textOrJson("stage"),
  "ka.auth.decision": annotation("authorization.k8s.io/decision"),
  "ka.auth.reason": annotation("authorization.k8s.io/reason"),
  "ka.auth.openshift.decision": annotation("authentication.openshift.io/decision"),
  "ka.auth.openshift.username": annotation("authentication.openshift.io/username"),
  "ka.validations.admission.policy.failure": annotation(
    "validation.policy.admission.k8s.io/validation_failure",
  ),
  "ka.security.pod.violations": annotation("pod-security.kubernetes.io/audit-violations"),
  "ka.cluster.name": annotation("cluster_name"),
  "ka.user.name": textOrJson("user", "username"),
  "ka.user.groups": listAt("user", "groups"),
  "ka.impuser.name": textOrJson("impersonatedUser", "username"),
  "ka.verb": textOrJson("verb"),
  "ka.uri": textOrJson("requestURI"),
  "ka.uri.param": (record, { text }) => (text === null ? null : uriParameter(record, text)),
  "ka.target.name": target("name"),
  "ka.target.namespace": target("namespace"),
  "ka.target.resource": target("resource"),
  "ka.target.subresource": target("subresource"),
  "ka.target.pod.name": (record) => podName(record),
  "ka.req.binding.subjects": listAt("requestObject", "subjects"),
  "ka.req.binding.subjects.user_names": binding("User", ({ name }) => name),
  "ka.req.binding.subjects.serviceaccount_names": binding("ServiceAccount", ({ name }) => name),
  "ka.req.binding.subjects.serviceaccount_ns_names": binding(
    "ServiceAccount",
    ({ name, namespace }) => `${namespace}:${name}`,
  ),
  "ka.req.binding.subjects.group_names": binding("Group", ({ name }) => name),
  "ka.req.binding.role": request("roleRef", "name"),
  // Retired: the plugin no longer looks at the subjects.
  "ka.req.binding.subject.has_name": () => "true",
  "ka.req.configmap.name": target("name"),
  "ka.req.configmap.obj": request("data"),
  "ka.req.pod.containers.args": containers.args,
  "ka.req.pod.containers.command": containers.command,
  "ka.req.pod.containers.name": containers.name,
  "ka.req.pod.containers.image": containers.image,
  "ka.req.pod.containers.image.repository": containers.repository,
  "ka.req.pod.containers.host_port": containers.hostPort,
  "ka.req.pod.containers.privileged": containers.privileged,
  "ka.req.pod.containers.allow_privilege_escalation": containers.allowPrivilegeEscalation,
  "ka.req.pod.containers.read_only_fs": containers.readOnlyFs,
  "ka.req.pod.containers.run_as_user": containers.runAsUser,
  "ka.req.pod.containers.eff_run_as_user": containers.effectiveUser,
  "ka.req.pod.containers.run_as_group": containers.runAsGroup,
  "ka.req.pod.containers.eff_run_as_group": containers.effectiveGroup,
  "ka.req.pod.containers.proc_mount": containers.procMount,
  "ka.req.pod.containers.add_capabilities": containers.addCapabilities,
  "ka.req.container.image": first(containers.image),
  "ka.req.container.image.repository": first(containers.repository),
  "ka.req.container.host_network": podSpec("hostNetwork"),
  "ka.req.container.privileged": (record) => containers.anyPrivileged(record),
  "ka.req.pod.host_ipc": podSpec("hostIPC"),
  "ka.req.pod.host_network": podSpec("hostNetwork"),
  "ka.req.pod.host_pid": podSpec("hostPID"),
  "ka.req.pod.run_as_user": podSpec("securityContext", "runAsUser"),
  "ka.req.pod.run_as_group": podSpec("securityContext", "runAsGroup"),
  "ka.req.pod.fs_group": podSpec("securityContext", "fsGroup"),
  "ka.req.pod.supplemental_groups": listAt("requestObject", "spec", "securityContext", "supplementalGroups"),
  "ka.req.role.rules": listAt("requestObject", "rules"),
  "ka.req.role.rules.apiGroups": ruleItems("apiGroups"),
  "ka.req.role.rules.nonResourceURLs": ruleItems("nonResourceURLs"),
  "ka.req.role.rules.verbs": ruleItems("verbs"),
  "ka.req.role.rules.resources": ruleItems("resources"),
  "ka.req.service.type": podSpec("type"),
  "ka.req.service.ports": valuesAt("requestObject", "spec", "ports"),
  "ka.req.pod.volumes.hostpath": valuesAt("requestObject", "spec", "volumes", "hostPath", "path"),
  "ka.req.volume.hostpath": (record, { text }) => (text === null ? null : hasHostPath(record, text)),
  "ka.req.pod.volumes.flexvolume_driver": valuesAt(
    "requestObject",
    "spec",
    "volumes",
    "flexVolume",
    "driver",
  ),
  "ka.req.pod.volumes.volume_type": (record, { index }) => volumeKinds(record, index),
  "ka.resp.name": textOrJson("responseObject", "metadata", "name"),
  "ka.response.code": textOrJson("responseStatus", "code"),
  "ka.response.reason": textOrJson("responseStatus", "reason"),
  "ka.useragent": textOrJson("userAgent"),
  // The plugin looks for the addresses among the rules of a requested role, where they never are.
  "ka.sourceips": ruleItems("sourceIPs"),
  "ka.req.pod.initContainers.name": init.name,
  "ka.req.pod.initContainers.image": init.image,
  "ka.req.pod.initContainers.image.repository": init.repository,
  "ka.req.pod.initContainers.command": init.command,
  "ka.req.pod.initContainers.args": init.args,
  "ka.req.pod.initContainers.privileged": init.privileged,
  "ka.req.pod.initContainers.allow_privilege_escalation": init.allowPrivilegeEscalation,
  "ka.req.pod.initContainers.read_only_fs": init.readOnlyFs,
  "ka.req.pod.initContainers.run_as_user": init.runAsUser,
  "ka.req.pod.initContainers.eff_run_as_user": init.effectiveUser,
  "ka.req.pod.initContainers.run_as_group": init.runAsGroup,
  "ka.req.pod.initContainers.eff_run_as_group": init.effectiveGroup,
  "ka.req.pod.initContainers.proc_mount": init.procMount,
  "ka.req.pod.initContainers.add_capabilities": init.addCapabilities,
  "ka.req.pod.initContainers.host_port": init.hostPort,
  "ka.req.pod.ephemeralContainers.name": ephemeral.name,
  "ka.req.pod.ephemeralContainers.image": ephemeral.image,
  "ka.req.pod.ephemeralContainers.image.repository": ephemeral.repository,
  "ka.req.pod.ephemeralContainers.command": ephemeral.command,
  "ka.req.pod.ephemeralContainers.args": ephemeral.args,
  "ka.req.pod.ephemeralContainers.privileged": ephemeral.privileged,
  "ka.req.pod.ephemeralContainers.allow_privilege_escalation": ephemeral.allowPrivilegeEscalation,
  "ka.req.pod.ephemeralContainers.read_only_fs": ephemeral.readOnlyFs,
  "ka.req.pod.ephemeralContainers.run_as_user": ephemeral.runAsUser,
  "ka.req.pod.ephemeralContainers.eff_run_as_user": ephemeral.effectiveUser,
  "ka.req.pod.ephemeralContainers.run_as_group": ephemeral.runAsGroup,
  "ka.req.pod.ephemeralContainers.eff_run_as_group": ephemeral.effectiveGroup,
  "ka.req.pod.ephemeralContainers.proc_mount": ephemeral.procMount,
  "ka.req.pod.ephemeralContainers.add_capabilities": ephemeral.addCapabilities,
};

/** Audit events of the Kubernetes API, alone, as an EventList, or in arrays. Without an audit id every field is missing. */
export const K8SAUDIT: PluginSource = {
  name: "k8saudit",
  source: "k8s_audit",
  recognise: (json) =>
    ["Event", "EventList"].includes(textAt(json, "kind") ?? "") &&
    ((textAt(json, "apiVersion") ?? "").startsWith("audit.k8s.io") || at(json, "auditID") !== null),
  split,
  accept: timedBy("stageTimestamp"),
  fields: Object.fromEntries(
    Object.entries(FIELDS).map(([name, read]): [string, PluginField] => [
      name,
      (record, argument, event) => (at(record, "auditID") === null ? null : read(record, argument, event)),
    ]),
  ),
};

function split(json: JsonNode): PluginRecords {
  const kind = textAt(json, "kind");
  const items = itemsAt(json, "items");
  if (kind === "Event") return { ok: true, records: [json] };
  if (kind === "EventList" && items !== null) return { ok: true, records: items };
  return { ok: false, message: '"kind" is neither Event nor EventList' };
}

/** The one element of a list field that an index selects. */
function first(list: PluginField): PluginField {
  return (record, _argument, event) => {
    const value = list(record, { text: "0", index: 0 }, event);
    return Array.isArray(value) ? (value[0] ?? null) : value;
  };
}

/** First value of a parameter in the query of the request, with its percent signs resolved. */
function uriParameter(record: JsonNode, name: ByteString): ByteString | null {
  const uri = textAt(record, "requestURI");
  const query = uri?.split("#")[0]?.split("?").slice(1).join("?") ?? "";
  for (const pair of query.split("&")) {
    const [key = "", ...value] = pair.split("=");
    if (pair !== "" && decodeQuery(key) === name) return decodeQuery(value.join("="));
  }
  return null;
}

function decodeQuery(text: ByteString): ByteString {
  return text
    .replaceAll("+", " ")
    .replace(/%([0-9a-fA-F]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

/** Name of the pod that a request is about, also of one that is only named by the response. */
function podName(record: JsonNode): ByteString | null {
  if (textAt(record, "objectRef", "resource") !== "pods") return null;
  return textAt(record, "objectRef", "name") ?? textAt(record, "responseObject", "metadata", "name");
}
