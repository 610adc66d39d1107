// SPDX-License-Identifier: Apache-2.0
import { chmod, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { Failure } from "../failure.ts";
import { reason } from "../input/read-text.ts";

/**
 * Replaces the content of an existing file in one step, its mode kept: whoever reads it meanwhile sees the old text or
 * the new one. Throws a Failure when that is not possible.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  try {
    const target = await realpath(path);
    const { mode } = await stat(target);
    const temporary = `${target}.${process.pid}.tmp`;
    try {
      await writeFile(temporary, text, { flag: "wx" });
      await chmod(temporary, mode);
      await rename(temporary, target);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  } catch (error) {
    throw new Failure([`${path}: ${reason(error)}`]);
  }
}
