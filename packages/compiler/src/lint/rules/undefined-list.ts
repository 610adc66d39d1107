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
    const lists = [...context.collection.lists.keys()].map(decodeText).map(nameInWords);
    for (const own of context.checks) yield* undefinedNames(own, lists, context);
  },
};

function* undefinedNames(
  { condition, check }: OwnCheck,
  lists: readonly ListName[],
  { collection }: LintContext,
): Generator<LintFinding> {
  if (check.kind !== "check") return;
  const { right } = check;
  const isBare = right.kind === "value" && takesList(check);
  const values = isBare ? [right] : right.kind === "list" ? right.items : [];
  for (const value of values) {
    if (value.quoted || collection.lists.has(value.text)) continue;
    const nearest = nearestList(value, lists);
    if (!isBare && nearest === null) continue;
    const name = decodeText(value.text);
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

interface ListName {
  readonly name: string;
  /** In lower case. */
  readonly words: readonly string[];
}

function nameInWords(name: string): ListName {
  return { name, words: name.toLowerCase().split("_") };
}

/** The list that a name was meant to be: of several words, all but one are the same, and that one is nearly so. */
function nearestList({ text }: Value, lists: readonly ListName[]): string | null {
  if (!/^[a-z]+(_[a-z0-9]+)+$/i.test(text)) return null;
  const { name, words } = nameInWords(text);
  const near = lists.filter((list) => {
    const isClose = words.length === list.words.length && Math.abs(list.name.length - name.length) <= 2;
    return isClose && words.filter((word, i) => word !== list.words[i]).length <= 1;
  });
  return suggest(
    name,
    near.map((list) => list.name),
  );
}
