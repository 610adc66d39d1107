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
export { type CompileOptions, type CompileResult, compile } from "./compile.ts";
export type * from "./describe/description.ts";
export type { EmitRule, EventTypes as EventTypeByCode } from "./emit/dispatch.ts";
export { type EmitOptions, type EmittedProgram, emitProgram } from "./emit/emit-program.ts";
export type { PlanGroup, PlanStep, PlanTest } from "./emit/explain-plan.ts";
export { interpret, type Observation, observe, type ReadField } from "./interpret/interpret.ts";
export type * from "./ir/expr.ts";
export { FieldTable } from "./ir/field-table.ts";
export { explainProgram } from "./link-program.ts";
export { LINT_RULES } from "./lint/index.ts";
export { lint } from "./lint/lint.ts";
export type { LintOptions } from "./lint/options.ts";
export { type LintConfig, readLintConfig } from "./lint/read-lint-config.ts";
export type { FlatRecord, RunEvent } from "./lint/witness.ts";
export type { AppendOutput } from "./load/append-output.ts";
export { engineResults, loadSummary } from "./load/engine-results.ts";
export { LOAD_CODES } from "./load/load-codes.ts";
export type { EngineItem, LoadResult, SchemaResult } from "./load/load-result.ts";
export { OWN_CODES, type OwnCode } from "./load/own-codes.ts";
export { type PluginVersion, parseVersion, unmetRequirement } from "./load/plugin-requirements.ts";
export { parsePriority } from "./program/priority.ts";
export { didYouMean, suggest } from "./suggest.ts";
