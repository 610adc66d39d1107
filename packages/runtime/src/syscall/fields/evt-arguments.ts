// SPDX-License-Identifier: Apache-2.0
import type { ByteString, FieldUse } from "@falcoc/compiler/program";
import { parameterMeaning, parametersText, parameterText } from "../parameter-text.ts";
import { parameterValue, sliceOf } from "../parameter-value.ts";
import type { SyscallEvent } from "../syscall-event.ts";
import { type Fields, plain, type Read } from "./factory.ts";

const RESULT = 0;

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

function argument({ argument }: FieldUse): Read {
  const at = place(argument);
  return (event) => {
    const index = at(event);
    return index < 0 || index >= event.count ? null : shownParameter(event, index);
  };
}

function rawArgument({ argument }: FieldUse): Read {
  const at = place(argument);
  return (event) => {
    const index = at(event);
    return index < 0 ? null : parameterValue(event, index);
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

/** Finds a parameter by number or name; the place of a name is looked up once for each kind of event. */
function place(argument: string | null): (event: SyscallEvent) => number {
  if (argument === null) return () => -1;
  if (/^[+-]?[0-9]+$/.test(argument)) {
    const index = Number(argument);
    return () => index;
  }
  const places = new Map<number, number>();
  return (event) => {
    let index = places.get(event.code);
    if (index === undefined) {
      index = event.definition.parameters.findIndex(({ name }) => name === argument);
      places.set(event.code, index);
    }
    return index < event.count ? index : -1;
  };
}

function resultText(event: SyscallEvent): ByteString | null {
  const { result } = event;
  if (result === null) return null;
  return result >= 0 ? "SUCCESS" : shownParameter(event, RESULT);
}
