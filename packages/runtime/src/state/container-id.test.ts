// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { containerIdOf } from "./container-id.ts";

const ID = "0123456789abcdef".repeat(4);
const SHORT = ID.slice(0, 12);

it.each([
  ["the host", "/", ""],
  ["a login session", "/user.slice/user-1000.slice/session-2.scope", ""],
  ["a service", "/system.slice/cron.service", ""],
  ["docker", `/docker/${ID}`, SHORT],
  ["docker under systemd", `/system.slice/docker-${ID}.scope`, SHORT],
  ["too few digits for docker", `/system.slice/docker-${ID.slice(1)}.scope`, ""],
  ["podman", `/machine.slice/libpod-${ID}.scope`, SHORT],
  ["podman with a cgroup of its own", `/machine.slice/libpod-${ID}.scope/container`, SHORT],
  ["podman's payload", `/user.slice/libpod-payload-${ID}`, SHORT],
  ["a pod", `/kubepods/besteffort/pod0a1b/${ID}`, SHORT],
  ["a pod of containerd", `/kubepods.slice/kubepods-pod0a1b.slice/cri-containerd-${ID}.scope`, SHORT],
  ["a pod of CRI-O", `/kubepods.slice/crio-${ID}.scope`, SHORT],
  ["a pod of CRI-O without systemd", `/kubepods/crio-${ID}`, SHORT],
  ["a pod of kind", `/kubelet/kubepods.slice:cri-containerd:${ID}`, SHORT],
  ["nerdctl", `/system.slice/nerdctl-${ID}.scope`, SHORT],
  ["containerd", "/default/my-redis", "my-redis"],
  ["a long name in containerd", "/default/a-very-long-name-indeed", "a-very-long-"],
  ["below a service", "/system.slice/x.service/y", "x.service/y"],
  ["lxc, as if it were containerd", "/lxc/web1/init", "web1/init"],
  ["lxc of version 4", "/lxc.payload.web1", "web1"],
  ["lxc below a service", "/lxc/web1/system.slice/cron.service", "web1"],
  ["libvirt", "/web1.libvirt-lxc", "web1"],
  ["libvirt under systemd", "/machine.slice/machine-lxc\\x2d12-web1.scope", "12-web1"],
  ["libvirt of old", `/libvirt/lxc/${"w".repeat(64)}`, "w".repeat(64)],
  ["bosh", "/bpm-router.1.scope", "router.1"],
])("%s: %s", (_, path, expected) => {
  expect(containerIdOf(["cpu=/", `memory=${path}`])).toBe(expected);
});

it("takes the first cgroup that names a container", () => {
  const other = "f".repeat(64);
  expect(containerIdOf([`cpu=/docker/${ID}`, `memory=/docker/${other}`])).toBe(SHORT);
});
