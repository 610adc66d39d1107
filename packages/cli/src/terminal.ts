// SPDX-License-Identifier: Apache-2.0
import type { Readable } from "node:stream";
import { styleText } from "node:util";

/** Colours and weights that renderers ask for. */
export type Format = Parameters<typeof styleText>[0];

/** Marks up a text for a stream; gives it back unchanged where colour is not wanted. */
export type Style = (format: Format, text: string) => string;

/** Where a command writes. */
export interface Output {
  write(text: string): void;
  readonly style: Style;
  /** Columns that a line may take; a default where the stream is no terminal. */
  readonly width: number;
  /** False when the text goes to a file or another program. */
  readonly isTerminal: boolean;
}

/** Everything a command knows of the world around the process. */
export interface Terminal {
  /** The report that was asked for. */
  readonly out: Output;
  /** Messages for people about the work itself. */
  readonly err: Output;
  readonly stdin: Readable;
}

/** The part of a stream that is used here; Node's standard streams have it. */
interface Stream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Width of lines where the stream is no terminal. */
const WIDTH_DEFAULT = 120;
const WIDTH_MIN = 60;

export const plain: Style = (_format, text) => text;

const coloured: Style = (format, text) => styleText(format, text, { validateStream: false });

export function createTerminal(
  streams: { stdout: Stream; stderr: Stream; stdin: Readable },
  env: Readonly<Record<string, string | undefined>>,
): Terminal {
  return {
    out: createOutput(streams.stdout, env),
    err: createOutput(streams.stderr, env),
    stdin: streams.stdin,
  };
}

function createOutput(stream: Stream, env: Readonly<Record<string, string | undefined>>): Output {
  return {
    write: (text) => {
      stream.write(text);
    },
    style: wantsColour(stream, env) ? coloured : plain,
    isTerminal: stream.isTTY === true,
    width: Math.max(stream.columns ?? WIDTH_DEFAULT, WIDTH_MIN),
  };
}

/** FORCE_COLOR decides where it is set, as it does in Node itself; then NO_COLOR; else whether it is a terminal. */
function wantsColour(stream: Stream, env: Readonly<Record<string, string | undefined>>): boolean {
  const force = env.FORCE_COLOR;
  if (force !== undefined) return force !== "0" && force !== "false";
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== "") return false;
  return stream.isTTY === true && env.TERM !== "dumb";
}
