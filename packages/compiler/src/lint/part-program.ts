// SPDX-License-Identifier: Apache-2.0
import { eventCodesOfName, KERNEL_SOURCE, PLUGIN_EVENT_CODE } from "../catalog/index.ts";
import { emitProgram } from "../emit/emit-program.ts";
import type { Expr } from "../ir/expr.ts";
import { FieldTable } from "../ir/field-table.ts";
import { EVENT_TYPES } from "../link-program.ts";
import { PROGRAM_VERSION, type Program, type ProgramRule } from "../program/index.ts";

/**
 * A program of conditions alone, so that they can be run like rules; each is named by its index. It is for events of
 * one type; null is for all.
 */
export function partProgram(
  conditions: readonly Expr[],
  source: string,
  eventType: string | null,
  engineVersion: string,
): Program {
  const events = source === KERNEL_SOURCE ? eventCodes(eventType) : [PLUGIN_EVENT_CODE];
  const rules = conditions.map((_, index): ProgramRule => ({ ...PART, name: String(index), source, events }));
  const emitted = emitProgram(
    conditions.map((condition) => ({ source, condition, events })),
    { fields: new FieldTable(), eventTypes: EVENT_TYPES },
  );
  return { version: PROGRAM_VERSION, engineVersion, ...emitted, rules };
}

function eventCodes(eventType: string | null): ProgramRule["events"] {
  const codes = eventType === null ? [] : eventCodesOfName(eventType);
  return codes.length === 0 ? "all" : codes;
}

const PART: Omit<ProgramRule, "name" | "source" | "events"> = {
  description: "",
  priority: "Debug",
  tags: [],
  enabled: true,
  output: { kind: "template", tolerant: true, parts: [] },
  extraFields: [],
  syscalls: "all",
  capture: false,
  captureDurationMs: 0,
  path: "",
  line: 1,
};
