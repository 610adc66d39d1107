// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/compiler/program";

/** Longest path, its end included, that a base and a relative path may make together. */
export const PATH_BYTES_MAX = 1024;
/** What stands for a path that would be longer. */
export const PATH_TOO_LONG = "/DIR_TOO_LONG/FILENAME_TOO_LONG";
/** Stands for a directory that is not known. */
export const UNKNOWN_DIRECTORY = "<UNKNOWN>";

const SLASH = 0x2f;
const DOT = 0x2e;

/** Whether anything in a path has to be taken out: an empty component, one of dots, a slash at the end. */
const UNTIDY = /\/\/|(?:^|\/)\.\.?(?:\/|$)|.\/$/s;

/**
 * The path that `path` names when it is relative to `base`, without empty, `.` and `..` components and without a
 * slash at the end. A base is taken as it is: only components of `path` are looked at, and none is put between.
 */
export function normalisePath(base: ByteString, path: ByteString): ByteString {
  if (base.length + path.length + 1 > PATH_BYTES_MAX) return PATH_TOO_LONG;
  const isWhole = path === "" || path.charCodeAt(0) === SLASH;
  if (!mayBeUntidy(path) || !UNTIDY.test(path)) return isWhole ? path : base + path;
  let out = isWhole ? "" : base;
  let at = 0;
  while (at < path.length) {
    const slash = path.indexOf("/", at);
    const end = slash < 0 ? path.length : slash;
    const component = path.slice(at, end);
    at = end + 1;
    const special = out === "" || out.endsWith("/");
    // A relative path that went up to nothing stays relative.
    if (component === "" && out === "" && !isWhole) continue;
    if (special && component === ".") continue;
    if (special && component === "..") out = parent(out);
    else {
      out += component;
      if (slash >= 0 && !out.endsWith("/")) out += "/";
    }
  }
  return out.length > 1 && out.endsWith("/") ? out.slice(0, -1) : out;
}

/** Cheaper than the expression: most paths have neither a dot at the start of a component nor two slashes. */
function mayBeUntidy(path: ByteString): boolean {
  const last = path.length - 1;
  return (
    path.charCodeAt(0) === DOT ||
    path.charCodeAt(last) === SLASH ||
    path.includes("/.") ||
    path.includes("//")
  );
}

/** Everything up to the slash before the last component; `out` is empty or ends in a slash. */
function parent(out: ByteString): ByteString {
  if (out.length <= 1) return out;
  return out.slice(0, out.lastIndexOf("/", out.length - 2) + 1);
}
