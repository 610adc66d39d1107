// SPDX-License-Identifier: Apache-2.0
export { type Alert, type AlertJsonOptions, alertToJson, alertToText } from "./alert.ts";
export {
  createEngine,
  type Engine,
  type EngineCounters,
  type EngineOptions,
  type RuleMatching,
} from "./engine.ts";
export { type Event, type EventSource, type FieldBinder, SourceError } from "./event.ts";
export type { BufferFormat } from "./output/buffer-text.ts";
export type { OutputFields, OutputFieldValue } from "./output/output-field.ts";
export {
  bindTemplate,
  type Rendered,
  type TemplateOptions,
  type TemplateRenderer,
} from "./output/template.ts";
export { writeFields } from "./output/write-json.ts";
export { judgeScenario } from "./scenario/judge-scenario.ts";
export { looksLikeScenarios, readScenarios } from "./scenario/read-scenarios.ts";
export type { Scenario, ScenarioProblem } from "./scenario/scenario.ts";
export { ScenarioSource } from "./scenario/scenario-source.ts";
