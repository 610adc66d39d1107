// SPDX-License-Identifier: Apache-2.0
import { createReadStream } from "node:fs";

/** Content of a file, or why there is none, in a sentence that names the file. */
export type Read<T> =
  | { readonly ok: true; readonly content: T }
  | { readonly ok: false; readonly problem: string };

/** How standard input is called in diagnostics. */
export const STDIN_NAME = "<stdin>";

/** Reads a file, a pipe or a device, but never more than `bytesMax` bytes of it. */
export async function readBytes(path: string, bytesMax: number): Promise<Read<Buffer>> {
  try {
    return await collect(createReadStream(path), path, bytesMax);
  } catch (error) {
    return { ok: false, problem: `${path}: ${reason(error)}` };
  }
}

/** Reads a stream to its end, within the same bounds. */
export async function collect(
  stream: AsyncIterable<Uint8Array>,
  name: string,
  bytesMax: number,
): Promise<Read<Buffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > bytesMax) return { ok: false, problem: `${name}: larger than ${mebibytes(bytesMax)}` };
    chunks.push(chunk);
  }
  return { ok: true, content: Buffer.concat(chunks, size) };
}

/** The text that bytes spell. A byte order mark stays in it, so that offsets are those of the file. */
export function decode(read: Read<Uint8Array>, name: string): Read<string> {
  if (!read.ok) return read;
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(read.content);
    return { ok: true, content: text };
  } catch {
    return { ok: false, problem: `${name}: not UTF-8 text` };
  }
}

function mebibytes(bytes: number): string {
  return `${bytes / (1024 * 1024)} MiB`;
}

/** What the system says about a file, in words. */
export function reason(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return REASONS[code] ?? (error instanceof Error ? error.message : String(error));
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "no such file or directory",
  EACCES: "permission denied",
  EPERM: "operation not permitted",
  EISDIR: "is a directory",
  ENOTDIR: "a part of the path is not a directory",
  ELOOP: "too many symbolic links",
  ENAMETOOLONG: "file name too long",
  ENOSPC: "no space left on device",
  EROFS: "read-only file system",
};
