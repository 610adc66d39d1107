// SPDX-License-Identifier: Apache-2.0
import { type And, type Condition, type Or, printCondition, visitCondition } from "@falcoc/parser";
import { conditionTitle, type OwnCondition, placeBehind, shownText, spanOfNode } from "../conditions.ts";
import type { LintFinding, LintRule } from "../define.ts";
import { ruleWith } from "../example.ts";

export const duplicateCheck: LintRule = {
  code: "DUPLICATE_CHECK",
  summary: "The same part stands twice in one `and` or `or`.",
  rationale:
    "The second one changes nothing. Often it was copied to be changed, and the change was forgotten.",
  avoid: ruleWith("evt.type = openat and (proc.name = cat or proc.name = less or proc.name = cat)"),
  prefer: ruleWith("evt.type = openat and (proc.name = cat or proc.name = less)"),
  severity: "warning",
  group: null,
  *check({ conditions }) {
    for (const condition of conditions) {
      const junctions: (And | Or)[] = [];
      const add = (node: And | Or): undefined => {
        junctions.push(node);
      };
      visitCondition(condition.root, { and: add, or: add });
      for (const junction of junctions) yield* duplicates(condition, junction);
    }
  },
};

function* duplicates(condition: OwnCondition, { kind, children }: And | Or): Generator<LintFinding> {
  const first = new Map<string, Condition>();
  for (const [index, child] of children.entries()) {
    const printed = printCondition(child);
    const earlier = first.get(printed);
    if (earlier === undefined) {
      first.set(printed, child);
      continue;
    }
    const span = spanOfNode(condition, child);
    const earlierSpan = spanOfNode(condition, earlier);
    const edit = removal(condition, kind, children[index - 1]!, child);
    yield {
      message: `"${shownText(condition, child)}" is there twice in one "${kind}" of ${conditionTitle(condition)}`,
      span,
      ...(earlierSpan === null ? {} : { related: [{ span: earlierSpan, message: "it is here already" }] }),
      ...(edit === null ? {} : { fix: { title: "Remove the second one", safe: true, edits: [edit] } }),
    };
  }
}

/** Takes out a part with the connective before it, where nothing else stands between the two. */
function removal(condition: OwnCondition, kind: string, previous: Condition, child: Condition) {
  const between = condition.text.text.slice(previous.end, child.start);
  if (between.trim() !== kind) return null;
  const [from, to] = [placeBehind(condition.text, previous.end), placeBehind(condition.text, child.end)];
  if (from === null || to === null || from.path !== to.path || from.end > to.start) return null;
  return { span: { ...from, end: to.end }, newText: "" };
}
