// SPDX-License-Identifier: Apache-2.0
import { decodeText } from "@falcoc/parser";
import { conditionTitle, type OwnCheck, shownText, spanOfNode } from "../conditions.ts";
import type { LintFinding, LintRule } from "../define.ts";
import { ruleWith } from "../example.ts";

export const pathContains: LintRule = {
  code: "PATH_CONTAINS",
  summary: "An absolute path is looked for anywhere in a path, where it can only be at the start.",
  rationale:
    "`fd.name contains /etc/` also matches `/home/user/etc/…`, and it is slower than a test of the start. `startswith` tests the start, and `pmatch` whole directories.",
  avoid: ruleWith("evt.type in (open, openat, openat2) and fd.name contains /etc/ssh/"),
  prefer: ruleWith("evt.type in (open, openat, openat2) and fd.name startswith /etc/ssh/"),
  severity: "info",
  group: null,
  *check({ checks }) {
    for (const own of checks) {
      const finding = anywhere(own);
      if (finding !== null) yield finding;
    }
  },
};

/** Fields whose values are single absolute paths. */
const PATHS = /^(fd\.(name|nameraw|directory)|proc\.(exepath|pexepath|aexepath|cwd)|fs\.path\.\w+)$/;
/** Directories that stand at the root of a file system only. */
const AT_ROOT = /^\/(bin|boot|dev|etc|lib|lib32|lib64|proc|root|run|sbin|srv|sys|usr|var)\/./;

function anywhere({ condition, check }: OwnCheck): LintFinding | null {
  if (check.kind !== "check" || check.operator !== "contains" || check.modifier !== null) return null;
  const { left, right } = check;
  if (left.kind !== "field" || right.kind !== "value" || !PATHS.test(left.name)) return null;
  const path = decodeText(right.text);
  if (!AT_ROOT.test(path)) return null;
  const field = shownText(condition, left);
  const directory = path.endsWith("/") ? ` or "${field} pmatch (${path.slice(0, -1)})"` : "";
  return {
    message: `"${shownText(condition, check)}" in ${conditionTitle(condition)} looks for a path that can only be at the start`,
    span: spanOfNode(condition, check),
    hint: `write "${field} startswith ${path}"${directory}`,
  };
}
