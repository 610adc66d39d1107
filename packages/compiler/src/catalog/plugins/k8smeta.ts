// SPDX-License-Identifier: Apache-2.0
import { fieldsOf, LIST, required, SUGGESTED } from "../fields/define.ts";
import type { FieldDefinition } from "../types.ts";
import type { PluginDefinition } from "./define.ts";

const field = fieldsOf("plugin", "k8smeta", ["syscall"]);

/** Kubernetes objects around the pod of a process. All are missing outside of pods and until they are known. */
// biome-ignore format: a table
export const K8SMETA: PluginDefinition = {
  name: "k8smeta",
  source: null,
  asyncEvents: ["k8s"],
  fields: [
    field("k8smeta.pod.name", "CHARBUF", "Name of the pod.", SUGGESTED),
    field("k8smeta.pod.uid", "CHARBUF", "Unique id of the pod."),
    field("k8smeta.pod.label", "CHARBUF", "Value of one label of the pod.", required("key")),
    field("k8smeta.pod.labels", "CHARBUF", "Labels of the pod.", LIST),
    field("k8smeta.pod.ip", "CHARBUF", "Address of the pod."),
    field("k8smeta.ns.name", "CHARBUF", "Name of the pod's namespace.", SUGGESTED),
    field("k8smeta.ns.uid", "CHARBUF", "Unique id of the pod's namespace."),
    field("k8smeta.ns.label", "CHARBUF", "Value of one label of the pod's namespace.", required("key")),
    field("k8smeta.ns.labels", "CHARBUF", "Labels of the pod's namespace.", LIST),
    ...owner("k8smeta.deployment", "deployment"),
    field("k8smeta.svc.name", "CHARBUF", "Names of the services that lead to the pod.", LIST),
    field("k8smeta.svc.uid", "CHARBUF", "Unique ids of the services that lead to the pod.", LIST),
    field("k8smeta.svc.label", "CHARBUF", "Values of one label of the services that lead to the pod.", LIST, required("key")),
    field("k8smeta.svc.labels", "CHARBUF", "Labels of the services that lead to the pod.", LIST),
    ...owner("k8smeta.rs", "replica set"),
    ...owner("k8smeta.rc", "replication controller"),
  ],
};

function owner(prefix: string, kind: string): FieldDefinition[] {
  return [
    field(`${prefix}.name`, "CHARBUF", `Name of the pod's ${kind}.`),
    field(`${prefix}.uid`, "CHARBUF", `Unique id of the pod's ${kind}.`),
    field(`${prefix}.label`, "CHARBUF", `Value of one label of the pod's ${kind}.`, required("key")),
    field(`${prefix}.labels`, "CHARBUF", `Labels of the pod's ${kind}.`, LIST),
  ];
}
