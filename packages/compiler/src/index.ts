// SPDX-License-Identifier: Apache-2.0
export {
  ALL_EVENT_TYPES,
  type EventTypeInference,
  type EventTypes,
  eventTypeNames,
  inferEventTypes,
  isEveryEvent,
} from "./analyse/event-types.ts";
