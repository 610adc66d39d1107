// SPDX-License-Identifier: Apache-2.0
import { didYouMean } from "../../suggest.ts";
import type { LintRule } from "../define.ts";
import { ruleWith } from "../example.ts";

const REST = ": openat is watched by another rule\n";

export const ignoreUnknownCode: LintRule = {
  code: "IGNORE_UNKNOWN_CODE",
  summary: "A comment names a code that no finding has.",
  rationale: "It silences nothing, most likely because the code is mistyped.",
  avoid: `# falcoc-ignore MISSING_EVENT_TYPE, MISSING_EVENT${REST}${ruleWith("evt.type = open and fd.name = /etc/shadow")}`,
  prefer: `# falcoc-ignore MISSING_EVENT_TYPE${REST}${ruleWith("evt.type = open and fd.name = /etc/shadow")}`,
  severity: "warning",
  group: null,
  afterIgnores: true,
  *check({ ignoreComments, knownCodes }) {
    for (const { codes, span } of ignoreComments) {
      for (const code of codes) {
        if (knownCodes.has(code)) continue;
        yield { message: `no finding has the code "${code}"`, span, hint: didYouMean(code, knownCodes) };
      }
    }
  },
};
