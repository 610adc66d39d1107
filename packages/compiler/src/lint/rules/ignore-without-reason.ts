// SPDX-License-Identifier: Apache-2.0
import type { LintRule } from "../define.ts";
import { ruleWith } from "../example.ts";

const RULE = ruleWith("evt.type = open and fd.name = /etc/shadow");

export const ignoreWithoutReason: LintRule = {
  code: "IGNORE_WITHOUT_REASON",
  summary: "A comment silences a finding without saying why.",
  rationale: "Whoever reads the rule next cannot tell whether the reason still holds.",
  avoid: `# falcoc-ignore MISSING_EVENT_TYPE\n${RULE}`,
  prefer: `# falcoc-ignore MISSING_EVENT_TYPE: openat is watched by another rule\n${RULE}`,
  severity: "warning",
  group: null,
  afterIgnores: true,
  *check({ ignoreComments }) {
    for (const { span, codes, reason } of ignoreComments) {
      if (reason !== "") continue;
      yield {
        message: `this comment gives no reason for ignoring ${codes.join(", ") || "findings"}`,
        span,
        hint: 'write "# falcoc-ignore CODE: reason"',
      };
    }
  },
};
