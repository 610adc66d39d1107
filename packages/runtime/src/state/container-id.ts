// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/compiler/program";

const FULL_ID_BYTES = 64;
/** What is shown of an id. */
export const SHORT_ID_BYTES = 12;

/** What stands before and after the id of a container in a cgroup path. */
type Layout = readonly [prefix: string, suffix: string];

const PODMAN: readonly Layout[] = [
  ["/libpod-", ".scope"],
  ["/libpod-", ".scope/container"],
  ["/libpod-", ""],
  ["/libpod-payload-", ".scope"],
  ["/libpod-payload-", ".scope/container"],
  ["/libpod-payload-", ""],
];
const DOCKER: readonly Layout[] = [
  ["/", ""],
  ["/docker-", ".scope"],
];
const CRI: readonly Layout[] = [
  ["/", ""],
  ["/crio-", ""],
  ["/cri-containerd-", ".scope"],
  ["/crio-", ".scope"],
  [":cri-containerd:", ""],
  ["/docker-", ".scope"],
  ["/nerdctl-", ".scope"],
];

type Matcher = (path: ByteString) => ByteString | null;

/** In the order in which they are tried. */
const MATCHERS: readonly Matcher[] = [
  (path) => byLayouts(path, PODMAN),
  (path) => byLayouts(path, DOCKER),
  (path) => byLayouts(path, CRI),
  containerd,
  lxc,
  libvirt,
  bpm,
];

/** Id of the container whose processes have these cgroups (`name=path`); empty: the host. */
export function containerIdOf(cgroups: readonly ByteString[]): ByteString {
  for (const cgroup of cgroups) {
    const path = cgroup.slice(cgroup.indexOf("=") + 1);
    for (const matcher of MATCHERS) {
      const id = matcher(path);
      if (id !== null) return id;
    }
  }
  return "";
}

function byLayouts(path: ByteString, layouts: readonly Layout[]): ByteString | null {
  for (const [prefix, suffix] of layouts) {
    const id = between(path, prefix, suffix);
    if (id !== null && isFullId(id)) return id.slice(0, SHORT_ID_BYTES);
  }
  return null;
}

/** Text between the last occurrences of a prefix and a suffix; null: not there. */
function between(path: ByteString, prefix: string, suffix: string): ByteString | null {
  const at = path.lastIndexOf(prefix);
  if (at < 0) return null;
  const start = at + prefix.length;
  if (suffix === "") return path.slice(start);
  const end = path.lastIndexOf(suffix);
  return end < start ? null : path.slice(start, end);
}

function isFullId(text: ByteString): boolean {
  return text.length === FULL_ID_BYTES && /^[0-9a-fA-F]*$/.test(text);
}

/** Paths of containerd begin with its namespace; an id is anything there, unless systemd made the path. */
function containerd(path: ByteString): ByteString | null {
  const namespace = /^\/[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*\//.exec(path);
  if (namespace === null) return null;
  const id = between(path, namespace[0], "");
  if (id === null) return null;
  if (isFullId(id)) return id.slice(0, SHORT_ID_BYTES);
  if (id === "" || id.length > FULL_ID_BYTES || /\.(?:service|slice|scope)$/.test(path)) return null;
  return id.slice(0, SHORT_ID_BYTES);
}

function lxc(path: ByteString): ByteString | null {
  for (const prefix of ["/lxc/", "/lxc.payload/", "/lxc.payload."]) {
    const at = path.indexOf(prefix);
    if (at < 0) continue;
    const id = path.slice(at + prefix.length).split("/", 1)[0] as string;
    if (id !== "") return id;
  }
  return null;
}

function libvirt(path: ByteString): ByteString | null {
  const ending = /(?:^|\/)([^/]*)\.libvirt-lxc$/.exec(path);
  if (ending !== null) return ending[1] as string;
  const scope = /-lxc\\x2.(.*)\.scope(?:\/libvirt)?$/s.exec(path);
  if (scope !== null) return scope[1] as string;
  const prefix = "/libvirt/lxc/";
  const at = path.indexOf(prefix);
  return at < 0 ? null : path.slice(at + prefix.length);
}

function bpm(path: ByteString): ByteString | null {
  const id = /bpm-([A-Za-z0-9._-]*)\.scope/.exec(path);
  return id === null ? null : (id[1] as string);
}
