// SPDX-License-Identifier: Apache-2.0
import type { FieldBinder } from "../../event.ts";

export const SYSCALL_BINDER: FieldBinder = { bind: () => () => null };
