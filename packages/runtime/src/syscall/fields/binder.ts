// SPDX-License-Identifier: Apache-2.0
import type { Extractor } from "@falcoc/compiler/program";
import type { Event, FieldBinder } from "../../event.ts";
import { rememberProcess } from "../process-memory.ts";
import type { SyscallEvent } from "../syscall-event.ts";
import { CONTAINER_FIELDS } from "./container.ts";
import { EVT_ABSPATH_FIELDS } from "./evt-abspath.ts";
import { EVT_ARGUMENT_FIELDS, rawArgumentForm } from "./evt-arguments.ts";
import { EVT_IO_FIELDS } from "./evt-io.ts";
import { EVT_TIME_FIELDS } from "./evt-time.ts";
import { EVT_TYPE_FIELDS } from "./evt-type.ts";
import type { Fields } from "./factory.ts";
import { never } from "./factory.ts";
import { FD_FIELDS } from "./fd.ts";
import { FD_ADDRESS_FIELDS } from "./fd-address.ts";
import { FD_LIST_FIELDS } from "./fd-list.ts";
import { FS_PATH_FIELDS } from "./fs-path.ts";
import { K8S_FIELDS } from "./k8s.ts";
import { PROCESS_FIELDS } from "./process.ts";
import { PROCESS_ANCESTOR_FIELDS } from "./process-ancestors.ts";
import { PROCESS_SESSION_FIELDS } from "./process-session.ts";
import { THREAD_FIELDS } from "./thread.ts";
import { USER_FIELDS } from "./user.ts";

/** Every field that system call events can have, by name. */
export const SYSCALL_FIELDS: Fields = {
  ...EVT_TIME_FIELDS,
  ...EVT_TYPE_FIELDS,
  ...EVT_ARGUMENT_FIELDS,
  ...EVT_ABSPATH_FIELDS,
  ...EVT_IO_FIELDS,
  ...PROCESS_FIELDS,
  ...PROCESS_ANCESTOR_FIELDS,
  ...PROCESS_SESSION_FIELDS,
  ...THREAD_FIELDS,
  ...USER_FIELDS,
  ...FD_FIELDS,
  ...FD_ADDRESS_FIELDS,
  ...FD_LIST_FIELDS,
  ...FS_PATH_FIELDS,
  ...CONTAINER_FIELDS,
  ...K8S_FIELDS,
};

/** Reads fields of system call events: one binder for all of them, whatever machine they come from. */
export const SYSCALL_BINDER: FieldBinder = {
  bind(field) {
    const factory = Object.hasOwn(SYSCALL_FIELDS, field.name) ? SYSCALL_FIELDS[field.name] : undefined;
    // Only events that have this binder are given to the reader, and they all are of this kind.
    return (factory ?? never)(field) as Extractor<never> as Extractor<Event>;
  },
  remember: rememberProcess,
  formOf: (field, event) =>
    field.name === "evt.rawarg" ? rawArgumentForm(field, event as SyscallEvent) : null,
};
