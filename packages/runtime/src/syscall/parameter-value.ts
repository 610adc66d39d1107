// SPDX-License-Identifier: Apache-2.0
import { dynamicTable, type EventParameter, type ValueType } from "@falcoc/compiler/catalog";
import type { FieldValue } from "@falcoc/compiler/program";
import { DamagedEvent } from "../capture/damaged-event.ts";
import { type Integer, readI64, readU64 } from "../capture/integers.ts";
import { PARAMETER_BYTES } from "./parameter-size.ts";
import type { SyscallEvent } from "./syscall-event.ts";

/** A parameter, or what is inside of one that chooses its type itself. */
export interface ParameterSlice {
  readonly parameter: EventParameter;
  readonly type: ValueType;
  readonly start: number;
  readonly size: number;
}

/** A parameter with its true type; null: absent. */
export function sliceOf(event: SyscallEvent, index: number): ParameterSlice | null {
  const size = event.length(index);
  const parameter = event.definition.parameters[index];
  if (size === 0 || parameter === undefined) return null;
  const start = event.start(index);
  if (parameter.type !== "DYN") return { parameter, type: parameter.type, start, size };
  const alternatives = dynamicTable(parameter.table ?? "") ?? [];
  const alternative = alternatives[event.bytes[start] as number];
  if (alternative === undefined || size === 1) return null;
  return { parameter, type: alternative.type, start: start + 1, size: size - 1 };
}

/** The number in a parameter of a fixed size; null when its type has none. */
export function integerOf(
  event: SyscallEvent,
  { type, start, size, parameter }: ParameterSlice,
): Integer | null {
  const bytes = PARAMETER_BYTES[type];
  if (bytes === undefined) return null;
  if (bytes !== size) {
    throw new DamagedEvent(
      `parameter "${parameter.name}" of ${event.definition.id} has ${size} bytes where ${bytes} are due`,
    );
  }
  const { view } = event;
  switch (type) {
    case "INT8":
      return view.getInt8(start);
    case "INT16":
      return view.getInt16(start, true);
    case "INT32":
    case "FD32":
    case "PID32":
      return view.getInt32(start, true);
    case "INT64":
    case "ERRNO":
    case "FD":
    case "PID":
      return readI64(view, start);
    default:
      return unsigned(view, start, bytes);
  }
}

/** Values of absent parameters of types that always have one. */
const ABSENT: Readonly<Partial<Record<ValueType, FieldValue>>> = { CHARBUF: "<NA>", BYTEBUF: "" };

/** Value of a parameter as fields have it; null: absent, or of a type that has no value. */
export function parameterValue(event: SyscallEvent, index: number): FieldValue | null {
  const slice = sliceOf(event, index);
  if (slice === null) return ABSENT[event.definition.parameters[index]?.type ?? "DYN"] ?? null;
  switch (slice.type) {
    case "CHARBUF":
    case "FSPATH":
    case "FSRELPATH":
      return event.text(index);
    case "BOOL":
      return integerOf(event, slice) !== 0;
    case "BYTEBUF":
    case "IPV4ADDR":
    case "IPV6ADDR":
    case "IPADDR":
      return event.bytes.toString("latin1", slice.start, slice.start + slice.size);
    default:
      return integerOf(event, slice);
  }
}

function unsigned(view: DataView, start: number, bytes: 1 | 2 | 4 | 8): Integer {
  switch (bytes) {
    case 1:
      return view.getUint8(start);
    case 2:
      return view.getUint16(start, true);
    case 4:
      return view.getUint32(start, true);
    case 8:
      return readU64(view, start);
    default:
      return bytes satisfies never;
  }
}
