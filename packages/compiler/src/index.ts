// SPDX-License-Identifier: Apache-2.0
export {
  ALL_EVENT_TYPES,
  type EventTypeInference,
  type EventTypes,
  eventTypeNames,
  inferEventTypes,
  isEveryEvent,
} from "./analyse/event-types.ts";
export {
  type CheckError,
  type CheckedCondition,
  checkCondition,
  type PlacedWarning,
} from "./check/check-condition.ts";
export { type CheckedTemplate, checkTemplate, resolvesInOutput } from "./check/check-template.ts";
export type { CheckContext } from "./check/checked-operand.ts";
export type { EmitRule, EventTypes as EventTypeByCode } from "./emit/dispatch.ts";
export { type EmitOptions, type EmittedProgram, emitProgram } from "./emit/emit-program.ts";
export { interpret, type Observation, observe, type ReadField } from "./interpret/interpret.ts";
export type * from "./ir/expr.ts";
export { FieldTable } from "./ir/field-table.ts";
