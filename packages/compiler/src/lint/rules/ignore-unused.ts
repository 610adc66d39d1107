// SPDX-License-Identifier: Apache-2.0
import type { LintRule } from "../define.ts";
import { ruleWith } from "../example.ts";

const comment = "# falcoc-ignore MISSING_EVENT_TYPE: openat is watched by another rule\n";

export const ignoreUnused: LintRule = {
  code: "IGNORE_UNUSED",
  summary: "A comment is to silence a finding that is not made.",
  rationale:
    "What it was about has been mended, or it stands in the wrong place. Left there, it hides the next one.",
  avoid: comment + ruleWith("evt.type in (open, openat, openat2) and fd.name = /etc/shadow"),
  prefer: comment + ruleWith("evt.type = open and fd.name = /etc/shadow"),
  severity: "warning",
  group: null,
  afterIgnores: true,
  *check({ ignoreComments, usedIgnores, searchedCodes }) {
    for (const comment of ignoreComments) {
      const unused = comment.codes.filter(
        (code) => searchedCodes.has(code) && !usedIgnores.get(comment)?.has(code),
      );
      if (unused.length === 0 && comment.codes.length > 0) continue;
      yield {
        message:
          comment.codes.length === 0
            ? "this comment names no code of a finding"
            : `there is no finding ${unused.join(", ")} here`,
        span: comment.span,
        hint: comment.codes.length === 0 ? 'write "# falcoc-ignore CODE: reason"' : "remove it",
      };
    }
  },
};
