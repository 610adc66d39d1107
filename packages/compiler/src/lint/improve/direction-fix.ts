// SPDX-License-Identifier: Apache-2.0
import { type And, type BinaryCheck, type Condition, decodeText, type TextEdit } from "@falcoc/parser";
import { EVENTS } from "../../catalog/index.ts";
import type { CompiledRule } from "../../load/compiled-rule.ts";
import { spanOfText } from "../../load/mapped-text.ts";
import { type OwnCondition, placeBefore, placeBehind } from "../conditions.ts";
import type { LintContext } from "../context.ts";
import type { Improve } from "./improve.ts";

const FIELD = "evt.dir";

/**
 * `evt.dir = <` holds for every end of a system call, and their beginnings are no longer delivered: as a part of an
 * `and` it can go where the rule is about nothing but system calls.
 */
export const directionFix: Improve = ({ engine, span, hint }, context) => {
  if (engine?.deprecatedField !== FIELD || span === null) return null;
  const rules = context.compiled.loaded.active?.rules ?? [];
  const rule = rules.find(({ written: { text } }) => {
    const own = spanOfText(text.mapped(), 0, text.text.length);
    return own !== null && own.path === span.path && own.start === span.start && own.end === span.end;
  });
  if (rule === undefined) return null;
  const owners = context.conditions.filter((condition) => isPartOf(condition, rule, context));
  const found = owners.flatMap((condition) => removals(condition));
  if (found.length === 0) return null;
  const edits = found.filter((edit) => edit !== null);
  const safe = edits.length === found.length && owners.every((one) => isAboutSystemCalls(one, context));
  return edits.length === 0 ? null : { hint, fix: { title: `Remove "${FIELD} = <"`, safe, edits } };
};

/** Whether a condition is that of the rule, or of a macro that it uses, and asks for the direction. */
function isPartOf(condition: OwnCondition, rule: CompiledRule, context: LintContext): boolean {
  if (!directionsIn(condition.root).length) return false;
  if (condition.kind === "rule") return condition.entry.name === rule.entry.name;
  return context.macrosOf(rule).has(condition.entry.name);
}

/** Whether a condition by itself, or else every rule that it is a part of, matches only events that have an end. */
function isAboutSystemCalls(condition: OwnCondition, context: LintContext): boolean {
  const { active, session } = context.compiled.loaded;
  const macro = condition.kind === "macro" ? active?.macros.get(condition.entry.name)?.condition : null;
  const own = macro ? session.eventTypes(macro) : null;
  if (own?.ok && haveEnds(own.types.codes)) return true;
  const rules = (active?.rules ?? []).filter((rule) => isPartOf(condition, rule, context));
  return rules.every(({ eventTypes }) => eventTypes !== null && haveEnds(eventTypes.codes));
}

function haveEnds(codes: readonly number[]): boolean {
  return codes.every((code) => ENDS.has(EVENTS[code]?.name ?? ""));
}

const ENDS: ReadonlySet<string> = new Set(
  EVENTS.filter(({ direction }) => direction === "exit").map(({ name }) => name),
);

interface Direction {
  readonly check: BinaryCheck;
  /** The `and` it is a part of; null when it is none. */
  readonly parent: And | null;
}

function directionsIn(root: Condition): readonly Direction[] {
  const found: Direction[] = [];
  const open: [Condition, And | null][] = [[root, null]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [node, parent] = next;
    if (node.kind === "and" || node.kind === "or") {
      for (const child of node.children) open.push([child, node.kind === "and" ? node : null]);
    } else if (node.kind === "not") open.push([node.child, null]);
    else if (node.kind === "check" && node.left.kind === "field" && node.left.name === FIELD) {
      found.push({ check: node, parent });
    }
  }
  return found;
}

/** The edits that take the checks out; null for those that must stay. */
function removals(condition: OwnCondition): readonly (TextEdit | null)[] {
  return directionsIn(condition.root).map(({ check, parent }) => {
    const { operator, right } = check;
    const isEnd = right.kind === "value" && decodeText(right.text) === "<" && operator.startsWith("=");
    return parent === null || !isEnd ? null : removal(condition, parent, check);
  });
}

/** Takes a part out together with the `and` before it, or else with the one behind it. */
function removal({ text }: OwnCondition, { children }: And, check: BinaryCheck): TextEdit | null {
  const index = children.indexOf(check);
  const [before, after] = [children[index - 1], children[index + 1]];
  const isJoined = (start: number, end: number): boolean => text.text.slice(start, end).trim() === "and";
  let range: readonly [start: number, end: number] | null = null;
  if (before !== undefined && isJoined(before.end, check.start)) range = [before.end, check.end];
  else if (after !== undefined && isJoined(check.end, after.start)) range = [check.start, after.start];
  if (range === null) return null;
  const [from, to] = [
    index > 0 ? placeBehind(text, range[0]) : placeBefore(text, range[0]),
    index > 0 ? placeBehind(text, range[1]) : placeBefore(text, range[1]),
  ];
  if (from === null || to === null || from.path !== to.path || to.start < from.start) return null;
  return { span: { ...from, end: to.start }, newText: "" };
}
