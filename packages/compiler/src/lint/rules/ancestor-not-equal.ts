// SPDX-License-Identifier: Apache-2.0
import { conditionTitle, type OwnCheck, shownText, spanOfNode } from "../conditions.ts";
import type { LintContext } from "../context.ts";
import type { LintFinding, LintRule } from "../define.ts";
import { ruleWith } from "../example.ts";

export const ancestorNotEqual: LintRule = {
  code: "ANCESTOR_NOT_EQUAL",
  summary: "`!=` on all ancestors holds as soon as one of them differs.",
  rationale:
    "A field such as proc.aname without a number stands for every ancestor, and a comparison holds when it holds for one of them. `proc.aname != sshd` is therefore true for nearly every process, also below sshd.",
  avoid: ruleWith("evt.type = execve and proc.name = bash and proc.aname != sshd"),
  prefer: ruleWith("evt.type = execve and proc.name = bash and not proc.aname = sshd"),
  severity: "warning",
  group: null,
  *check(context) {
    for (const own of context.checks) {
      const finding = someAncestorDiffers(own, context);
      if (finding !== null) yield finding;
    }
  },
};

function someAncestorDiffers({ condition, check }: OwnCheck, context: LintContext): LintFinding | null {
  if (check.kind !== "check" || check.operator !== "!=" || check.left.kind !== "field") return null;
  if (context.field(condition, check.left)?.comparison !== "ancestors") return null;
  const field = shownText(condition, check.left);
  return {
    message: `"${shownText(condition, check)}" in ${conditionTitle(condition)} holds as soon as one ancestor differs`,
    span: spanOfNode(condition, check),
    hint: `to say that no ancestor is that, write "not ${field} = ${shownText(condition, check.right)}"`,
  };
}
