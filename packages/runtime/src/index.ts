// SPDX-License-Identifier: Apache-2.0
export { type Alert, type AlertJsonOptions, alertToJson, alertToText } from "./alert.ts";
export { CaptureReader } from "./capture/capture-reader.ts";
export { CaptureWriter } from "./capture/capture-writer.ts";
export {
  type CaptureSink,
  type EventRecord,
  FD_TYPE,
  type FdBody,
  type FdEntry,
  type GroupEntry,
  IDLE_SINK,
  type InterfaceEntry,
  type MachineInfo,
  type ProcessEntry,
  UNKNOWN_PROCESS,
  type UserEntry,
} from "./capture/records.ts";
export { parseAccounts } from "./containers/account-files.ts";
export type { ContainerEngine } from "./containers/container-engine.ts";
export type { ContainerCounters } from "./containers/container-lookup.ts";
export {
  containerEngine,
  ENGINE_KINDS,
  type EngineKind,
  findContainerEngines,
} from "./containers/find-engines.ts";
export { type ContainerFeed, withContainers } from "./containers/with-containers.ts";
export {
  createEngine,
  type Engine,
  type EngineCounters,
  type EngineOptions,
  type RuleMatching,
} from "./engine.ts";
export { type Event, type EventSource, type FieldBinder, SourceError } from "./event.ts";
export type { EventInput, EventProblem } from "./events/event-input.ts";
export { EVENT_SOURCES } from "./events/event-maker.ts";
export {
  type PlacedObject,
  type ReadEventsOptions,
  readEventObjects,
  readEvents,
} from "./events/read-events.ts";
export type { Derivation } from "./flat/derivation.ts";
export { DERIVATIONS } from "./flat/derivations.ts";
export { type FlatEvent, type FlatEventOptions, type FlatEventResult, flatEvent } from "./flat/flat-event.ts";
export type { JsonValue } from "./json/json-node.ts";
export {
  Agent,
  type AgentCounters,
  type AgentEnd,
  type AgentOptions,
  DROPPED_FIELD,
  type LiveProbe,
  type ProbeCounts,
} from "./live/agent.ts";
export { DROP_ACTIONS, type DropAction, type DropPolicy } from "./live/drop-monitor.ts";
export { Recorder, type RecorderCounters, type RecorderOptions } from "./live/recorder.ts";
export { KERNEL_SOURCE, wantedEvents } from "./live/wanted-events.ts";
export { loadProgram } from "./load-program.ts";
export { metricRuleName, parseInterval } from "./metric-names.ts";
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
export {
  type CaptureCounters,
  type CaptureOptions,
  type CaptureSource,
  openCapture,
} from "./syscall/capture-source.ts";
export { type LiveFeed, liveSource } from "./syscall/live-source.ts";
export { type CaseResult, createCaseChecker, type RuleMatch } from "./testing/create-case-checker.ts";
export type { Expectation, TestCase } from "./testing/test-case.ts";
