// SPDX-License-Identifier: Apache-2.0
import {
  type AnyNode,
  childrenOf,
  enginePosition,
  parseCondition,
  parseOperand,
  parseTemplate,
  printCondition,
  printQuoted,
  visitCondition,
} from "@falcoc/parser";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryCondition, arbitraryText } from "./arbitrary-condition.ts";

/** A tree without places. How a text was quoted shows in none. */
function shape(node: AnyNode): unknown {
  return JSON.parse(
    JSON.stringify(node, (key, part) =>
      key === "start" || key === "end" || key === "quoted" ? undefined : part,
    ),
  );
}

function nodes(root: AnyNode): AnyNode[] {
  return [root, ...childrenOf(root).flatMap(nodes)];
}

describe("conditions", () => {
  it("parse again from their canonical form", () => {
    fc.assert(
      fc.property(arbitraryCondition, (condition) => {
        const canonical = printCondition(condition);
        const result = parseCondition(canonical);
        expect(result).toMatchObject({ ok: true });
        if (result.ok) {
          expect(shape(result.condition)).toEqual(shape(condition));
          expect(printCondition(result.condition)).toBe(canonical);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it("parse again from a form that keeps quotes, whatever they hold", () => {
    fc.assert(
      fc.property(fc.array(arbitraryText), fc.constantFrom("=", "in", "contains"), (texts, operator) => {
        const items = texts.map((text) => `"${text.replaceAll("\\", "\\x5c").replaceAll('"', '\\"')}"`);
        const one = items[0] ?? '""';
        const result = parseCondition(`a.b[${one}] ${operator} ${operator === "in" ? `(${items})` : one}`);
        if (!result.ok) throw new Error(result.error.message);
        const again = parseCondition(printQuoted(result.condition));
        expect(again.ok && shape(again.condition)).toEqual(shape(result.condition));
      }),
    );
  });

  it("mean the same with other blanks around", () => {
    fc.assert(
      fc.property(arbitraryCondition, fc.constantFrom(" ", "\n", "\t", "\r\n"), (condition, blank) => {
        const result = parseCondition(blank + printCondition(condition) + blank);
        expect(result.ok && printCondition(result.condition)).toBe(printCondition(condition));
      }),
    );
  });
});

describe("any text", () => {
  it("gives a tree or an error whose places lie inside it", () => {
    let accepted = 0;
    fc.assert(
      fc.property(arbitraryText, (text) => {
        const result = parseCondition(text);
        if (!result.ok) {
          const { offset, line, column } = result.error;
          expect(offset).toBeGreaterThanOrEqual(0);
          expect(offset).toBeLessThanOrEqual(text.length);
          expect({ line, column }).toEqual(enginePosition(text, offset));
          return;
        }
        accepted++;
        for (const node of nodes(result.condition)) {
          expect(node.start).toBeGreaterThanOrEqual(0);
          expect(node.end).toBeGreaterThan(node.start);
          expect(node.end).toBeLessThanOrEqual(text.length);
          for (const child of childrenOf(node)) {
            expect(child.start).toBeGreaterThanOrEqual(node.start);
            expect(child.end).toBeLessThanOrEqual(node.end);
          }
        }
      }),
      { numRuns: 20_000 },
    );
    expect(accepted).toBeGreaterThan(1000);
  });

  it("is an operand exactly when that operand is what a condition with it tests", () => {
    fc.assert(
      fc.property(arbitraryText, (text) => {
        const operand = parseOperand(text);
        const condition = parseCondition(`${text} exists`, { maxDepth: 100 });
        const isWhole =
          condition.ok &&
          condition.condition.kind === "exists" &&
          condition.condition.left.end === text.length;
        expect(operand.ok).toBe(isWhole && condition.condition.start === 0);
      }),
      { numRuns: 5000 },
    );
  });

  it("gives a template whose parts cover it, or an error inside it", () => {
    fc.assert(
      fc.property(arbitraryText, fc.nat(2), (text, percents) => {
        const template = text.replaceAll("*", "%".repeat(percents));
        const result = parseTemplate(
          template,
          (value) => value.kind === "transformer" || value.name.length < 5,
        );
        if (!result.ok) {
          expect(result.error.offset).toBeLessThanOrEqual(template.length);
          return;
        }
        let at = result.template.tolerant ? 1 : 0;
        for (const part of result.template.parts) {
          expect(part.start).toBe(at);
          if (part.kind === "token") expect(part.value.end).toBe(part.end);
          at = part.end;
        }
        expect(at).toBe(template.length);
      }),
      { numRuns: 5000 },
    );
  });

  it("is walked node by node", () => {
    fc.assert(
      fc.property(arbitraryCondition, (condition) => {
        const seen: AnyNode[] = [];
        const add = (node: AnyNode) => void seen.push(node);
        visitCondition(condition, {
          and: add,
          or: add,
          not: add,
          macro: add,
          exists: add,
          check: add,
          field: add,
          transformer: add,
          "transformer-list": add,
          value: add,
          list: add,
        });
        expect(seen).toEqual(nodes(condition));
      }),
    );
  });
});
