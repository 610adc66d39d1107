// SPDX-License-Identifier: Apache-2.0
import { decodeText, type Field, type Transformer } from "@falcoc/parser";
import { fieldText } from "../../check/check-operand.ts";
import type { RuleEntry } from "../../load/collection.ts";
import { spanOfText } from "../../load/mapped-text.ts";
import type { LintContext } from "../context.ts";
import type { LintFinding, LintRule } from "../define.ts";
import { ruleWith } from "../example.ts";

const CONDITION = "evt.type = connect and fd.sport = 443";

export const outputAlwaysMissing: LintRule = {
  code: "OUTPUT_ALWAYS_MISSING",
  summary: "An output shows a field that outputs never have a value for.",
  rationale:
    "Fields such as fd.ip, which stands for both ends of a connection, exist for comparisons only: alerts always show `<NA>` for them. The same holds for the length of a text.",
  avoid: ruleWith(CONDITION, { output: "Connection | address=%fd.ip" }),
  prefer: ruleWith(CONDITION, { output: "Connection | address=%fd.rip" }),
  severity: "warning",
  group: null,
  *check(context) {
    const names = context.fieldNames(({ filterOnly }) => filterOnly);
    for (const rule of context.collection.rules.values()) yield* missingTokens(rule, names, context);
  },
};

/** `names` are those of fields that exist for comparisons only. */
function* missingTokens(
  rule: RuleEntry,
  names: ReadonlySet<string>,
  context: LintContext,
): Generator<LintFinding> {
  const { text } = rule.output;
  const star = text.startsWith("*") ? "" : "*";
  const parsed = context.compiled.loaded.session.template(`${star}${text}`, rule.source);
  if (!parsed.ok) return;
  for (const part of parsed.template.parts) {
    if (part.kind !== "token" || (part.value.kind === "field" && !names.has(part.value.name))) continue;
    const reason = whyMissing(part.value, rule, context);
    if (reason === null) continue;
    const { start, end } = part;
    const token = text.slice(start - star.length, end - star.length);
    yield {
      message: `the output of rule "${decodeText(rule.name)}" always shows <NA> for "${decodeText(token)}": ${reason}`,
      span: spanOfText(rule.output, start - star.length, end - star.length),
    };
  }
}

function whyMissing(value: Field | Transformer, rule: RuleEntry, { catalog }: LintContext): string | null {
  const [argument] = value.kind === "transformer" ? value.args : [];
  const isLength = value.kind === "transformer" && value.name === "len";
  const field = isLength ? argument : value;
  if (field?.kind !== "field") return null;
  const lookup = catalog.resolve(fieldText(field), rule.source);
  if (!lookup.ok) return null;
  const { definition, type, isList } = lookup.field;
  if (isLength)
    return !isList && type === "CHARBUF" && definition.print === "NA"
      ? "lengths of texts are not shown"
      : null;
  return definition.filterOnly ? "the field exists for comparisons only" : null;
}
