// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/compiler/program";
import { normalisePath, PATH_BYTES_MAX } from "./path.ts";

/** Most paths that are remembered; all are forgotten then, and found out again as they come. */
const PATHS_MAX = 4096;

const SLASH = 0x2f;
const ROOT = "/";

interface Resolved {
  readonly base: ByteString;
  readonly whole: ByteString;
}

/** Which paths came of which, and where they lie: programs open the same files again and again, mostly from the same directory. */
export class PathTable {
  readonly #resolved = new Map<ByteString, Resolved>();
  readonly #directories = new Map<ByteString, ByteString>();

  /** See `normalisePath`. */
  resolve(directory: ByteString, path: ByteString): ByteString {
    const base = isAlone(directory, path) ? "" : directory;
    const known = this.#resolved.get(path);
    if (known !== undefined && known.base === base) return known.whole;
    if (known === undefined && this.#resolved.size >= PATHS_MAX) this.#resolved.clear();
    const whole = normalisePath(base, path);
    this.#resolved.set(path, { base, whole });
    return whole;
  }

  /** The folder of a file; a path that ends in a slash is one itself. */
  directoryOf(path: ByteString): ByteString {
    const known = this.#directories.get(path);
    if (known !== undefined) return known;
    if (this.#directories.size >= PATHS_MAX) this.#directories.clear();
    const slash = path.lastIndexOf("/");
    const found = slash === path.length - 1 && slash >= 0 ? path : slash <= 0 ? ROOT : path.slice(0, slash);
    this.#directories.set(path, found);
    return found;
  }
}

/** Of a whole path nothing depends on the directory, but whether both together are too long. */
function isAlone(directory: ByteString, path: ByteString): boolean {
  return path.charCodeAt(0) === SLASH && directory.length + path.length + 1 <= PATH_BYTES_MAX;
}
