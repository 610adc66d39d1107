// SPDX-License-Identifier: Apache-2.0
import { decodeText, type Value } from "@falcoc/parser";
import { suggest } from "../../suggest.ts";
import type { OwnCheck } from "../conditions.ts";
import { conditionTitle, spanOfNode } from "../conditions.ts";
import type { LintContext } from "../context.ts";
import type { LintFinding, LintRule } from "../define.ts";
import { ruleWith } from "../example.ts";

const LIST = "- list: shell_binaries\n  items: [bash, sh]\n";

export const undefinedList: LintRule = {
  code: "UNDEFINED_LIST",
  summary: "A name that looks like that of a list is none, and is compared with as a text.",
  rationale:
    "The engine puts lists in by replacing text, so a name that it does not know stays as it is: the field is then compared with the name itself, which it never equals.",
  avoid: `${LIST}${ruleWith("evt.type = execve and proc.name in (shell_binaries) and not proc.pname in (shell_binarys)")}`,
  prefer: `${LIST}${ruleWith("evt.type = execve and proc.name in (shell_binaries) and not proc.pname in (shell_binaries)")}`,
  severity: "warning",
  group: null,
  *check(context) {
    const lists = [...context.collection.lists.keys()].map(decodeText);
    for (const own of context.checks) yield* undefinedNames(own, lists, context);
  },
};

function* undefinedNames(
  { condition, check }: OwnCheck,
  lists: readonly string[],
  { collection }: LintContext,
): Generator<LintFinding> {
  if (check.kind !== "check") return;
  const { right } = check;
  const isBare = right.kind === "value" && takesList(check);
  const values = isBare ? [right] : right.kind === "list" ? right.items : [];
  for (const value of values) {
    const name = decodeText(value.text);
    if (value.quoted || collection.lists.has(value.text)) continue;
    const nearest = nearestList(value, lists);
    if (!isBare && nearest === null) continue;
    yield {
      message: `there is no list "${name}": ${conditionTitle(condition)} compares with the text itself`,
      span: spanOfNode(condition, value),
      hint: nearest === null ? "write a single text in parentheses and quotes" : `did you mean "${nearest}"?`,
    };
  }
}

/** A name in the place of a list, without parentheses. */
function takesList({ operator, modifier }: Extract<OwnCheck["check"], { kind: "check" }>): boolean {
  return modifier !== null || operator === "in" || operator === "intersects" || operator === "pmatch";
}

/** The list that a name was meant to be: of several words, all but one are the same, and that one is nearly so. */
function nearestList({ text }: Value, lists: readonly string[]): string | null {
  const name = decodeText(text);
  if (!/^[a-z]+(_[a-z0-9]+)+$/i.test(name)) return null;
  const words = name.toLowerCase().split("_");
  const near = lists.filter((list) => {
    const others = list.toLowerCase().split("_");
    const isClose = words.length === others.length && Math.abs(list.length - name.length) <= 2;
    return isClose && words.filter((word, i) => word !== others[i]).length <= 1;
  });
  return suggest(name, near);
}
