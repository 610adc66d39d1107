// SPDX-License-Identifier: Apache-2.0
import type { Priority } from "@falcoc/compiler/program";
import type { OutputFields } from "./output/output-field.ts";
import { utcDateTime } from "./output/time-text.ts";
import { escapeJson, writeJson } from "./output/write-json.ts";

/** A rule matched an event. Plain data that holds nothing of the event, so it may be kept. */
export interface Alert {
  readonly rule: string;
  readonly priority: Priority;
  /** Event source of the rule and the event. */
  readonly source: string;
  /** Sorted. */
  readonly tags: readonly string[];
  /** Time of the event, in nanoseconds since 1970. */
  readonly timestampNs: bigint;
  /** `evt.num` of the event. */
  readonly eventNumber: number;
  /** The rule's output, rendered. */
  readonly message: string;
  /** Time, priority and message. */
  readonly output: string;
  /** Values of the fields in the output, of the time in front of it, and of extra fields. */
  readonly outputFields: OutputFields;
  /** Host that the engine runs on; empty when it was not told. */
  readonly hostname: string;
}

/** The engine's one-line text of an alert: the output, escaped like a JSON string without its quotes. */
export function alertToText(alert: Alert): string {
  return escapeJson(alert.output);
}

/** Which optional properties the JSON form has. The names in configuration files are in brackets. */
export interface AlertJsonOptions {
  /** `output` (json_include_output_property). Default: true. */
  readonly output?: boolean;
  /** `message` (json_include_message_property). Default: false. */
  readonly message?: boolean;
  /** `tags` (json_include_tags_property). Default: true. */
  readonly tags?: boolean;
  /** `output_fields` (json_include_output_fields_property). Default: true. */
  readonly outputFields?: boolean;
}

/** The engine's one-line JSON of an alert. Integers beyond 2^53 keep all digits. */
export function alertToJson(alert: Alert, options: AlertJsonOptions = {}): string {
  return writeJson({
    hostname: alert.hostname,
    message: options.message === true ? alert.message : undefined,
    output: options.output === false ? undefined : alert.output,
    output_fields: options.outputFields === false ? undefined : alert.outputFields,
    priority: alert.priority,
    rule: alert.rule,
    source: alert.source,
    tags: options.tags === false ? undefined : alert.tags,
    time: `${utcDateTime(alert.timestampNs)}Z`,
  });
}
