// SPDX-License-Identifier: Apache-2.0
export { type Event, type EventSource, type FieldBinder, SourceError } from "./event.ts";
