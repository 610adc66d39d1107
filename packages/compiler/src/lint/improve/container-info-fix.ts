// SPDX-License-Identifier: Apache-2.0
import type { Improve } from "./improve.ts";

const CONTAINER_INFO = "%container.info";

/** The engine takes this token out of outputs by itself, and leaves the blanks around it. */
export const containerInfoFix: Improve = ({ span, hint }, { files }) => {
  if (span === null) return null;
  const text = files.find(({ source }) => source.path === span.path)?.source.text ?? "";
  if (text.slice(span.start, span.end) !== CONTAINER_INFO) return null;
  return { hint, fix: { title: `Remove "${CONTAINER_INFO}"`, safe: true, edits: [{ span, newText: "" }] } };
};
