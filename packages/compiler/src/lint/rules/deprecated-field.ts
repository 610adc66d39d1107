// SPDX-License-Identifier: Apache-2.0
import { decodeText, type Span, visitCondition } from "@falcoc/parser";
import { fieldText } from "../../check/check-operand.ts";
import { DEPRECATED_FIELDS } from "../../load/deprecated-fields.ts";
import { spanOfText } from "../../load/mapped-text.ts";
import { conditionTitle, spanOfNode } from "../conditions.ts";
import type { LintContext } from "../context.ts";
import type { LintFinding, LintRule } from "../define.ts";
import { ruleWith } from "../example.ts";

const SOURCE = { rest: "  source: k8s_audit\n", output: "Pod created | user=%ka.user.name" };

export const deprecatedField: LintRule = {
  code: "DEPRECATED_FIELD",
  summary: "A field that is deprecated, and of which the engine does not warn.",
  rationale:
    "The engine warns of the few fields that it dropped the events for. Others are deprecated as well: they have no value any more, or another field has taken their place.",
  avoid: ruleWith("ka.verb = create and ka.req.container.privileged = true", SOURCE),
  prefer: ruleWith("ka.verb = create and ka.req.pod.containers.privileged intersects (true)", SOURCE),
  severity: "warning",
  group: null,
  *check(context) {
    const names = context.fieldNames(({ name, deprecated }) => deprecated && !DEPRECATED_FIELDS.has(name));
    yield* inConditions(context, names);
    yield* inOutputs(context, names);
  },
};

/** What to use instead, where there is such a field. */
const SUCCESSORS: Readonly<Record<string, string>> = {
  "ka.req.container.image": "ka.req.pod.containers.image",
  "ka.req.container.image.repository": "ka.req.pod.containers.image.repository",
  "ka.req.container.host_network": "ka.req.pod.host_network",
  "ka.req.container.privileged": "ka.req.pod.containers.privileged",
  "ka.req.volume.hostpath": "ka.req.pod.volumes.hostpath",
  "ka.req.binding.subject.has_name": "ka.req.binding.subjects.user_names",
};

function* inConditions(context: LintContext, names: ReadonlySet<string>): Generator<LintFinding> {
  for (const condition of context.conditions) {
    const found: LintFinding[] = [];
    visitCondition(condition.root, {
      field: (node) => {
        if (names.has(node.name) && context.field(condition, node)?.definition.deprecated) {
          found.push(finding(node.name, conditionTitle(condition), spanOfNode(condition, node), context));
        }
        return undefined;
      },
    });
    yield* found;
  }
}

function* inOutputs(context: LintContext, names: ReadonlySet<string>): Generator<LintFinding> {
  for (const rule of context.collection.rules.values()) {
    const { text } = rule.output;
    const star = text.startsWith("*") ? "" : "*";
    const parsed = context.compiled.loaded.session.template(`${star}${text}`, rule.source);
    for (const part of parsed.ok ? parsed.template.parts : []) {
      if (part.kind !== "token" || part.value.kind !== "field") continue;
      const { name } = part.value;
      const lookup = names.has(name) ? context.catalog.resolve(fieldText(part.value), rule.source) : null;
      if (!lookup?.ok || !lookup.field.definition.deprecated) continue;
      const span = spanOfText(rule.output, part.start - star.length, part.end - star.length);
      yield finding(name, `the output of rule "${decodeText(rule.name)}"`, span, context);
    }
  }
}

function finding(name: string, place: string, span: Span | null, { catalog }: LintContext): LintFinding {
  const successor = SUCCESSORS[name];
  const definition = catalog.fields(null).find((field) => field.name === name);
  return {
    message: `${place} uses "${name}", which is deprecated`,
    span,
    hint: successor === undefined ? definition?.description : `use "${successor}"`,
  };
}
