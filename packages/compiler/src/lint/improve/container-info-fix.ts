// SPDX-License-Identifier: Apache-2.0
import { spanOfText } from "../../load/mapped-text.ts";
import type { Improve } from "./improve.ts";

const CONTAINER_INFO = "%container.info";

/** The engine takes this token out of outputs by itself, and leaves the blanks around it. */
export const containerInfoFix: Improve = ({ span, hint }, { files, collection }) => {
  if (span === null) return null;
  // An output must not become empty.
  const isAll = [...collection.rules.values()].some(({ output }) => {
    const own = output.text.trim() === CONTAINER_INFO ? spanOfText(output, 0, output.text.length) : null;
    return own !== null && own.path === span.path && own.start <= span.start && span.end <= own.end;
  });
  if (isAll) return null;
  const text = files.find(({ source }) => source.path === span.path)?.source.text ?? "";
  if (text.slice(span.start, span.end) !== CONTAINER_INFO) return null;
  return { hint, fix: { title: `Remove "${CONTAINER_INFO}"`, safe: true, edits: [{ span, newText: "" }] } };
};
