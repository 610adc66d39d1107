// SPDX-License-Identifier: Apache-2.0
import { createCatalog, EVENTS } from "@falcoc/compiler/catalog";
import type { FieldUse, FieldValue } from "@falcoc/compiler/program";
import { expect, it } from "vitest";
import { UNKNOWN_PROCESS } from "../../capture/records.ts";
import { encodeEvent } from "../../scenario/encode-event.ts";
import { StateEngine } from "../../state/state-engine.ts";
import { SyscallEvent } from "../syscall-event.ts";
import { SYSCALL_BINDER } from "./binder.ts";

const ID = "0123456789ab";
const METADATA = {
  id: ID,
  full_id: ID.padEnd(64, "c"),
  name: "web",
  image: "shop/web:1",
  imagerepo: "shop/web",
  type: 0,
  privileged: false,
  ip: "172.17.0.5",
  cni_json: "",
  labels: { tier: "front", empty: "", "io.kubernetes.pod.name": "web-0" },
  Mounts: [
    { Source: "/var/etc", Destination: "/data", Mode: "z", RW: true, Propagation: "rprivate" },
    { Source: "/proc", Destination: "/host/proc", Mode: "", RW: false, Propagation: "" },
  ],
  pod_sandbox_id: "",
};

it.each<readonly [string, FieldValue | null]>([
  ["container.id", ID],
  ["container.full_id", METADATA.full_id],
  ["container.name", "web"],
  ["container.type", "docker"],
  ["container.image.repository", "shop/web"],
  ["container.image.tag", ""],
  ["container.privileged", false],
  ["container.label[tier]", "front"],
  ["container.label[none]", null],
  ["container.labels", "empty, tier:front"],
  ["container.mounts", "/var/etc:/data:z:true:rprivate,/proc:/host/proc::false:"],
  ["container.mount[1]", "/proc:/host/proc::false:"],
  ["container.mount[2]", null],
  ["container.mount[/etc]", "/var/etc:/data:z:true:rprivate"],
  ["container.mount.dest[/proc*]", "/host/proc"],
  ["container.mount.dest[^/proc$]", "/host/proc"],
  ["container.mount.dest[/home]", null],
  ["container.mount.dest[(]", null],
  ["container.mount.source[/data]", "/var/etc"],
  ["container.mount.source[/var]", null],
  ["container.mount.rdwr[/proc]", "false"],
  ["container.mount.mode[0]", "z"],
  ["container.healthcheck", null],
  ["k8s.pod.name", "web-0"],
  ["k8s.ns.name", null],
  ["k8s.pod.ip", ""],
])("%s is %j in a container", (text, expected) => {
  expect(read(text, `/docker/${METADATA.full_id}`, true)).toEqual(expected);
});

it.each<readonly [string, FieldValue | null]>([
  ["container.id", ID],
  ["container.name", null],
  ["container.privileged", null],
  ["k8s.pod.labels", null],
])("%s is %j before the runtime told of the container", (text, expected) => {
  expect(read(text, `/docker/${METADATA.full_id}`, false)).toEqual(expected);
});

it.each<readonly [string, FieldValue | null]>([
  ["container.id", "host"],
  ["container.name", "host"],
  ["container.type", "host"],
  ["container.image", ""],
  ["container.privileged", false],
  ["container.mount[0]", null],
  ["k8s.pod.ip", ""],
  ["k8s.pod.name", null],
])("%s is %j on the host", (text, expected) => {
  expect(read(text, "/user.slice/session.scope", true)).toEqual(expected);
});

function read(text: string, cgroup: string, isAnnounced: boolean): FieldValue | null {
  const state = new StateEngine();
  state.addProcess({ ...UNKNOWN_PROCESS, tid: 9, pid: 9, vtid: 9, vpid: 9, cgroups: `cpu=${cgroup}\0` });
  state.linkThreads();
  state.finishMetadata([]);
  const event = new SyscallEvent(state, SYSCALL_BINDER);
  const json = JSON.stringify({ container: METADATA });
  const happen = (id: string, values: Parameters<typeof encodeEvent>[3]) => {
    event.attach(
      encodeEvent(
        EVENTS.findIndex((one) => one.id === id),
        9,
        0n,
        values,
      ),
    );
    state.process(event);
  };
  if (isAnnounced) happen("ASYNCEVENT_E", { plugin_id: 0, name: "container", data: `${json}\0` });
  happen("SYSCALL_CLOSE_X", { res: 0, fd: 3 });
  return SYSCALL_BINDER.bind(use(text))(event);
}

function use(text: string): FieldUse {
  const lookup = createCatalog().resolve(text, "syscall");
  if (!lookup.ok) throw new Error(lookup.message);
  return { ...lookup.field.definition, ...lookup.field };
}
