// SPDX-License-Identifier: Apache-2.0
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../failure.ts";
import { DIRECTORY_ENTRIES_MAX } from "./limits.ts";
import { reason } from "./read-bytes.ts";

/** What a directory holds, by name, symbolic links followed; other kinds of files and dangling links left out. */
export interface DirectoryListing {
  /** Paths of regular files, sorted by name. */
  readonly files: readonly string[];
  /** Paths of directories, sorted by name. */
  readonly directories: readonly string[];
}

/** Throws a Failure when the directory cannot be read. */
export async function listDirectory(path: string): Promise<DirectoryListing> {
  const names = await readNames(path);
  if (names.length > DIRECTORY_ENTRIES_MAX) {
    throw new Failure([`${path}: more than ${DIRECTORY_ENTRIES_MAX} entries`]);
  }
  const files: string[] = [];
  const directories: string[] = [];
  for (const name of names.sort()) {
    const entry = join(path, name);
    const kind = await kindOf(entry);
    if (kind === "file") files.push(entry);
    else if (kind === "directory") directories.push(entry);
  }
  return { files, directories };
}

/** What a path leads to. `stream`: a pipe or a device, which can be read once. */
export async function kindOf(path: string): Promise<"file" | "directory" | "stream" | "missing"> {
  try {
    const stats = await stat(path);
    if (stats.isDirectory()) return "directory";
    return stats.isFile() ? "file" : "stream";
  } catch {
    // Why it is missing is told by whoever tries to read it.
    return "missing";
  }
}

async function readNames(path: string): Promise<string[]> {
  try {
    return await readdir(path);
  } catch (error) {
    throw new Failure([`${path}: ${reason(error)}`]);
  }
}
