// SPDX-License-Identifier: Apache-2.0
import { closeSync, openSync, readdirSync, readFileSync, readlinkSync, readSync, statSync } from "node:fs";

/*
 * Everything under /proc may be gone between one look and the next, and much of it may not be ours to see. So each
 * of these gives null or nothing where it cannot read. Texts are byte strings: one unit a byte.
 */

/** A whole small file. */
export function readText(path: string): string | null {
  return attempt(() => readFileSync(path, "latin1"));
}

/** The first bytes of a file of any size. */
export function readStart(path: string, bytesMax: number): string | null {
  return attempt(() => {
    const file = openSync(path, "r");
    try {
      const buffer = Buffer.allocUnsafe(bytesMax);
      return buffer.toString("latin1", 0, readSync(file, buffer, 0, bytesMax, 0));
    } finally {
      closeSync(file);
    }
  });
}

export function readLink(path: string): string | null {
  return attempt(() => readlinkSync(path, "latin1"));
}

/** Names in a folder that are numbers, in their order there. */
export function readNumbers(path: string): number[] {
  const names = attempt(() => readdirSync(path)) ?? [];
  return names.filter((name) => /^\d+$/.test(name)).map(Number);
}

export interface FileStatus {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly device: number;
  readonly inode: bigint;
  readonly changedNs: bigint;
  readonly modifiedNs: bigint;
}

/** Status of the file that a path, links followed, leads to. */
export function readStatus(path: string): FileStatus | null {
  return attempt(() => {
    const status = statSync(path, { bigint: true });
    return {
      mode: Number(status.mode),
      uid: Number(status.uid),
      gid: Number(status.gid),
      device: Number(status.dev),
      inode: status.ino,
      changedNs: status.ctimeNs,
      modifiedNs: status.mtimeNs,
    };
  });
}

function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && "code" in error) return null;
    throw error;
  }
}
