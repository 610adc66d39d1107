// SPDX-License-Identifier: Apache-2.0
import {
  type ConversionRule,
  conversionRule,
  EVENTS,
  type EventDefinition,
  type ParameterOrigin,
  type ValueType,
} from "@falcoc/compiler/catalog";
import { DamagedEvent } from "../capture/damaged-event.ts";
import { copyRecord, lengthAt, startOf } from "../capture/event-record.ts";
import { readI64Number } from "../capture/integers.ts";
import type { EventRecord } from "../capture/records.ts";
import { PARAMETER_BYTES } from "./parameter-size.ts";
import { RecordBuilder } from "./record-builder.ts";

/** Longest chain of one-step conversions. */
const STEPS_MAX = 50;
/** No recorder ever wrote more parameters. */
const PARAMETERS_MAX = 63;
/** The number of parameters with which events of a code are as they should be; -1: always to be looked at. */
const COMPLETE_COUNTS = Int16Array.from(EVENTS, (definition) => {
  const count = definition.parameters.length;
  return fateOf(definition, count) === "deliver" ? count : -1;
});
/** Most threads whose call may be under way at the same time. */
const PENDING_MAX = 65_536;

/**
 * Makes events of older recorders what a current one would have written: mostly by moving the arguments of the event
 * that began a call to the end of the one that ended it.
 */
export class EventConverter {
  /** Events that began calls, by thread. */
  readonly #pending = new Map<number, EventRecord>();
  readonly #builders: readonly [RecordBuilder, RecordBuilder] = [new RecordBuilder(), new RecordBuilder()];
  /** Beginnings of calls that found no room. */
  dropped = 0;

  /** The event to go on with, which may be the given one; null: it tells nothing more by itself. */
  convert(record: EventRecord): EventRecord | null {
    if (record.count === COMPLETE_COUNTS[record.code]) return record;
    let current = record;
    for (let step = 0; step < STEPS_MAX; step++) {
      const definition = EVENTS[current.code] as EventDefinition;
      const fate = fateOf(definition, current.count);
      if (fate === "deliver") return current;
      if (fate === "drop") return null;
      const rule = conversionRule(current.code, current.count);
      if (rule === null) throw unconvertible(definition, current.count);
      if (rule.action === "pass") return current;
      if (rule.action === "store") {
        this.#store(current);
        return rule.andPass ? current : null;
      }
      current = this.#build(current, rule, this.#builders[(step & 1) as 0 | 1]);
    }
    throw new DamagedEvent(`an event of the code ${record.code} converts without end`);
  }

  #store(record: EventRecord): void {
    const tid = tidOf(record);
    if (this.#pending.size >= PENDING_MAX && !this.#pending.has(tid)) this.dropped++;
    else this.#pending.set(tid, copyRecord(record));
  }

  #build(
    record: EventRecord,
    rule: Extract<ConversionRule, { action: "append" | "retype" }>,
    builder: RecordBuilder,
  ): EventRecord {
    const code = rule.action === "retype" ? rule.code : record.code;
    const kept = rule.action === "append" ? record.count : 0;
    const { parameters } = EVENTS[code] as EventDefinition;
    const enter = rule.parameters.some(({ kind }) => kind === "enter") ? this.#takeEnter(record) : null;
    builder.begin(record, code, kept + rule.parameters.length);
    for (let i = 0; i < kept; i++) builder.addFrom(record, i, Number.POSITIVE_INFINITY);
    for (const [i, origin] of rule.parameters.entries()) {
      addParameter(builder, origin, parameters[kept + i]?.type ?? "BYTEBUF", record, enter);
    }
    builder.finish();
    return builder;
  }

  /** The event that began the call. It counts once; one of another call means that events were lost. */
  #takeEnter(record: EventRecord): EventRecord | null {
    const tid = tidOf(record);
    const enter = this.#pending.get(tid) ?? null;
    if (enter === null) return null;
    this.#pending.delete(tid);
    return enter.code === record.code - 1 ? enter : null;
  }
}

function fateOf(definition: EventDefinition, count: number): "deliver" | "drop" | "look up" {
  if (definition.unused) return "drop";
  const isEnter = definition.direction === "enter";
  if (!definition.flags.includes("converter_managed")) return definition.old && isEnter ? "drop" : "deliver";
  const declared = definition.parameters.length;
  if (count > PARAMETERS_MAX) throw unconvertible(definition, count);
  if (isEnter || definition.old || count < declared) return "look up";
  if (count > declared) throw unconvertible(definition, count);
  return "deliver";
}

function addParameter(
  builder: RecordBuilder,
  origin: ParameterOrigin,
  type: ValueType,
  record: EventRecord,
  enter: EventRecord | null,
): void {
  const bytesMax = PARAMETER_BYTES[type] ?? Number.POSITIVE_INFINITY;
  switch (origin.kind) {
    case "old":
      builder.addFrom(record, origin.index, bytesMax);
      return;
    case "enter":
      if (enter !== null) builder.addFrom(enter, origin.index, bytesMax);
      else if (origin.ifMissing === "default") addDefault(builder, type);
      else builder.addFilled(0, 0);
      return;
    case "default":
      addDefault(builder, type);
      return;
    case "empty":
      builder.addFilled(0, 0);
      return;
    case "container-json":
      builder.addBytes(containerJson(record));
      return;
    default:
      origin satisfies never;
  }
}

/** Zeroes, but for ids of users and groups, for which all ones say that they are not known. */
function addDefault(builder: RecordBuilder, type: ValueType): void {
  builder.addFilled(PARAMETER_BYTES[type] ?? 0, type === "UID" || type === "GID" ? 0xff : 0);
}

/** A container as old recorders told of it (id, type, name, image), as the JSON text that replaced it. */
function containerJson(record: EventRecord): Uint8Array {
  const bytes = (index: number): Buffer => {
    const start = index < record.count ? startOf(record, index) : 0;
    return record.bytes.subarray(start, index < record.count ? start + lengthAt(record, index) : 0);
  };
  const text = (index: number) => bytes(index).toString("utf8").replace(/\0.*$/s, "");
  const type = bytes(1);
  const container = {
    id: text(0),
    type: type.length === 4 ? type.readUInt32LE() : 0,
    name: text(2),
    image: text(3),
  };
  return Buffer.from(`${JSON.stringify(container)}\0`);
}

function tidOf(record: EventRecord): number {
  return readI64Number(record.view, record.at + 8);
}

function unconvertible({ id }: EventDefinition, count: number): DamagedEvent {
  return new DamagedEvent(`${id} with ${count} parameters is of no known recorder`);
}
