// SPDX-License-Identifier: Apache-2.0
import type { EventDefinition, ValueType } from "@falcoc/compiler/catalog";
import type { ByteString, FieldUse } from "@falcoc/compiler/program";
import { PARAMETER_BYTES } from "../parameter-size.ts";
import { parameterMeaning, parametersText, parameterText } from "../parameter-text.ts";
import { parameterValue, sliceOf } from "../parameter-value.ts";
import type { SyscallEvent } from "../syscall-event.ts";
import { type Fields, plain, type Read } from "./factory.ts";

const RESULT = 0;

const NUMBER = /^[+-]?[0-9]+$/;

const FLAG_TYPES: ReadonlySet<ValueType> = new Set([
  "FLAGS8",
  "FLAGS16",
  "FLAGS32",
  "ENUMFLAGS8",
  "ENUMFLAGS16",
  "ENUMFLAGS32",
]);
/** Most values of one parameter whose texts are remembered. */
const SHOWN_FLAGS_MAX = 1024;

/** Arguments and results of an event. */
export const EVT_ARGUMENT_FIELDS: Fields = {
  "evt.args": plain(argumentsText),
  "evt.info": plain(argumentsText),
  "evt.arg": argument,
  "evt.rawarg": rawArgument,
  "evt.buffer": plain((event) => {
    const index = event.parameter("data");
    if (index < 0) return null;
    const isBytes = event.definition.parameters[index]?.type === "BYTEBUF";
    return isBytes ? event.blob(index) : parameterText(event, index);
  }),
  "evt.res": plain(resultText),
  "evt.rawres": plain((event) => event.result),
  "evt.failed": plain((event) => {
    const { result } = event;
    return result === null ? null : result < 0;
  }),
};

/** A parameter as texts show it: what it stands for where that is known, else as it is. */
function shownParameter(event: SyscallEvent, index: number): ByteString {
  return parameterMeaning(event, index) || parameterText(event, index);
}

function argumentsText(event: SyscallEvent): ByteString {
  return event.definition.id === "GENERIC_X" ? "" : parametersText(event);
}

/** One reader for each kind of event, made when the first of its kind comes. */
function argument({ argument }: FieldUse): Read {
  const readers: Read[] = [];
  return (event) => {
    let read = readers[event.code];
    if (read === undefined) {
      read = shownArgument(event.definition, placeIn(event.definition, argument));
      readers[event.code] = read;
    }
    return read(event);
  };
}

function shownArgument({ parameters }: EventDefinition, index: number): Read {
  const parameter = parameters[index];
  if (parameter === undefined) return () => null;
  const bytes = FLAG_TYPES.has(parameter.type) ? PARAMETER_BYTES[parameter.type] : undefined;
  if (bytes !== undefined) return shownFlags(index, bytes);
  return (event) => (index < event.count ? shownParameter(event, index) : null);
}

/** What flags show as depends on nothing but their value, and programs use few values. */
function shownFlags(index: number, bytes: number): Read {
  const shown = new Map<number, ByteString>();
  return (event) => {
    if (index >= event.count) return null;
    if (event.length(index) !== bytes) return shownParameter(event, index);
    const value = bytes === 4 ? event.u32(index, 0) : bytes === 2 ? event.u16(index, 0) : event.u8(index, 0);
    const known = shown.get(value);
    if (known !== undefined) return known;
    if (shown.size >= SHOWN_FLAGS_MAX) shown.clear();
    const text = shownParameter(event, index);
    shown.set(value, text);
    return text;
  };
}

function rawArgument({ argument }: FieldUse): Read {
  const places: number[] = [];
  const isNumber = NUMBER.test(argument ?? "");
  return (event) => {
    let index = places[event.code];
    if (index === undefined) {
      index = placeIn(event.definition, argument);
      places[event.code] = index;
    }
    return index < 0 || (!isNumber && index >= event.count) ? null : parameterValue(event, index);
  };
}

/** Type and format that the event declares for a raw argument; null: it has no such argument. */
export function rawArgumentForm(
  { argument }: FieldUse,
  event: SyscallEvent,
): Pick<FieldUse, "type" | "print"> | null {
  const index = event.parameter(argument ?? "");
  const parameter = event.definition.parameters[index];
  if (parameter === undefined) return null;
  const type = sliceOf(event, index)?.type ?? parameter.type;
  return { type, print: parameter.print };
}

/** Place of the parameter with a number or a name; -1: there is none of that name. */
function placeIn({ parameters }: EventDefinition, argument: string | null): number {
  if (argument === null) return -1;
  return NUMBER.test(argument) ? Number(argument) : parameters.findIndex(({ name }) => name === argument);
}

function resultText(event: SyscallEvent): ByteString | null {
  const { result } = event;
  if (result === null) return null;
  return result >= 0 ? "SUCCESS" : shownParameter(event, RESULT);
}
