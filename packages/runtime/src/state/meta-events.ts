// SPDX-License-Identifier: Apache-2.0
import { decodeText } from "@falcoc/compiler/program";
import type { GroupEntry, UserEntry } from "../capture/records.ts";
import type { SyscallEvent } from "../syscall/syscall-event.ts";
import { type Container, readContainer } from "./container-table.ts";
import type { Handlers } from "./handler.ts";
import type { StateEngine } from "./state-engine.ts";

/** Names of the async events of the container plugin. */
export const CONTAINER_ADDED = "container";
export const CONTAINER_REMOVED = "container_removed";

const PLUGIN_ID_PARAMETER = 0;
/** Source of events of plugins: a capture gives them numbers, not names. */
const PLUGIN_SOURCE = "plugin";

/** Events that tell of users and containers, not of what a thread does. */
export const META_HANDLERS: Handlers = {
  USER_ADDED_E: (state, event) => state.users.add(event.text(5) ?? "", userOf(event)),
  USER_DELETED_E: (state, event) => state.users.removeUser(event.text(5) ?? "", event.u32(0, 0)),
  GROUP_ADDED_E: (state, event) => state.users.add(event.text(2) ?? "", groupOf(event)),
  GROUP_DELETED_E: (state, event) => state.users.removeGroup(event.text(2) ?? "", event.u32(0, 0)),
  PLUGINEVENT_E: (_state, event) => setSource(event),
  ASYNCEVENT_E: (state, event) => {
    setSource(event);
    const name = event.text(1);
    if (name === CONTAINER_ADDED) announceContainer(state, event, 2);
    if (name === CONTAINER_REMOVED) {
      const container = containerOf(event, 2);
      if (container !== null) state.containers.remove(container.id);
    }
  },
  CONTAINER_JSON_2_E: (state, event) => announceContainer(state, event, 0),
};

/** What plugins with a source of their own recorded is no event of the kernel. */
function setSource(event: SyscallEvent): void {
  if (event.u32(PLUGIN_ID_PARAMETER, 0) !== 0) event.setSource(PLUGIN_SOURCE);
}

function announceContainer(state: StateEngine, event: SyscallEvent, parameter: number): void {
  const container = containerOf(event, parameter);
  if (container !== null) state.containers.add(container);
}

/** The container in a parameter, which becomes the one that the event is about; null: it tells of none. */
function containerOf(event: SyscallEvent, parameter: number): Container | null {
  event.container = readContainer(decodeText(event.text(parameter) ?? ""));
  return event.container;
}

function userOf(event: SyscallEvent): UserEntry {
  return {
    kind: "user",
    uid: event.u32(0, 0),
    gid: event.u32(1, 0),
    name: event.text(2) ?? "",
    home: event.text(3) ?? "",
    shell: event.text(4) ?? "",
  };
}

function groupOf(event: SyscallEvent): GroupEntry {
  return { kind: "group", gid: event.u32(0, 0), name: event.text(1) ?? "" };
}
