// SPDX-License-Identifier: Apache-2.0
import { chmod, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { Failure } from "./failure.ts";
import { reason } from "./input/read-bytes.ts";

/**
 * Writes a file in one step: whoever reads it meanwhile sees the old text or the new one. Links are followed, and the
 * mode of a file that was there is kept. Throws a Failure when that is not possible.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  try {
    const { target, mode } = await targetOf(path);
    const temporary = `${target}.${process.pid}.tmp`;
    try {
      await writeFile(temporary, text, { flag: "wx" });
      if (mode !== null) await chmod(temporary, mode);
      await rename(temporary, target);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  } catch (error) {
    throw new Failure([`${path}: ${reason(error)}`]);
  }
}

/** Where a path leads; its mode is null when nothing is there yet. */
async function targetOf(path: string): Promise<{ target: string; mode: number | null }> {
  try {
    const target = await realpath(path);
    return { target, mode: (await stat(target)).mode };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT")
      return { target: path, mode: null };
    throw error;
  }
}
