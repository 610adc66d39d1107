// SPDX-License-Identifier: Apache-2.0
import { checkCondition, inferEventTypes, interpret } from "@falcoc/compiler";
import { createCatalog } from "@falcoc/compiler/catalog";
import type { FieldUse, FieldValue } from "@falcoc/compiler/program";
import {
  type AnyNode,
  type Condition,
  childrenOf,
  encodeText,
  parseCondition,
  printCondition,
  printQuoted,
} from "@falcoc/parser";
import { runCompiled } from "../../test/conformance/run-compiled.ts";
import { randomCondition } from "./grammar.ts";
import { mutate } from "./mutate.ts";
import { Random } from "./random.ts";
import { ACCEPTED, type FuzzTarget, found, type Outcome, REFUSED } from "./target.ts";
import { randomValue } from "./values.ts";

/** Events on which interpreter and emitted code are compared. */
const EVENTS = 4;

const CATALOG = createCatalog({ plugins: "all" });

/** Conditions by themselves: syntax tree, canonical form, types, and that code and interpreter agree. */
export const tryCondition: FuzzTarget = {
  name: "conditions",
  weight: 4,
  make(random) {
    const written = randomCondition(random, 4);
    return [random.chance(0.5) ? mutate(random, written) : written];
  },
  run([written = ""]) {
    const text = encodeText(written);
    const result = parseCondition(text);
    if (!result.ok) {
      const { offset } = result.error;
      return offset < 0 || offset > text.length ? found("an error outside the text") : REFUSED;
    }
    const { condition } = result;
    const misplaced = firstMisplaced(condition, text.length);
    if (misplaced !== null) return found(`a ${misplaced.kind} stands outside of what is around it`);
    const printed = printCondition(condition);
    const again = parseCondition(printed, {});
    if (canBePrinted(condition) && !again.ok) return found(`printing gives ${printed}, which does not parse`);
    if (canBePrinted(condition) && again.ok && printCondition(again.condition) !== printed) {
      return found(`printing is not stable: ${printed}`);
    }
    const quoted = parseCondition(printQuoted(condition));
    if (!quoted.ok || printQuoted(quoted.condition) !== printQuoted(condition)) {
      return found(`printing with quotes gives ${printQuoted(condition)}, which is another condition`);
    }
    inferEventTypes(condition);
    return evaluate(condition);
  },
};

/** A node that does not lie inside its parent; null when all do. */
function firstMisplaced(root: Condition, length: number): AnyNode | null {
  const open: [node: AnyNode, start: number, end: number][] = [[root, 0, length]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [node, start, end] = next;
    if (!(start <= node.start && node.start <= node.end && node.end <= end)) return node;
    for (const child of childrenOf(node)) open.push([child, node.start, node.end]);
  }
  return null;
}

/** Whether the canonical form shows everything: not a negated negation, nor a text that is empty or cut when bare. */
function canBePrinted(root: Condition): boolean {
  const open: AnyNode[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.kind === "not" && node.child.kind === "not") return false;
    if (node.kind === "value" && !/^[^(),\v]+$/.test(node.text)) return false;
    if (node.kind === "value" && /\\$|^['"]/.test(node.text)) return false;
    if (node.kind === "value" && node.quoted && !/[\b\f\n\r\t =\\"'\0]/.test(node.text)) return false;
    if (node.kind === "field" && node.argument !== null && !/^[^[\]\v\\]+$/.test(node.argument)) return false;
    if (node.kind === "transformer" && node.argument !== null) return false;
    for (const child of childrenOf(node)) open.push(child);
  }
  return true;
}

function evaluate(condition: Condition): Outcome {
  const checked = checkCondition(condition, { catalog: CATALOG, source: "syscall" });
  if (!checked.ok) return REFUSED;
  for (let seed = 1; seed <= EVENTS; seed++) {
    const read = eventOf(seed);
    const interpreted = interpret(checked.expr, read);
    if (interpreted === runCompiled(checked.expr, read)) continue;
    return found(`the interpreter says ${interpreted}, the code does not, on event ${seed}`);
  }
  return ACCEPTED;
}

function eventOf(seed: number): (field: FieldUse) => FieldValue | null {
  const values = new Map<string, FieldValue | null>();
  const random = new Random(seed);
  return (field) => {
    const known = values.get(field.text);
    if (known !== undefined) return known;
    const value = randomValue(random, field);
    values.set(field.text, value);
    return value;
  };
}
