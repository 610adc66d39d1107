// SPDX-License-Identifier: Apache-2.0
import { join } from "node:path";
import {
  type AnyNode,
  type ByteString,
  type Condition,
  DEPTH_MAX_ALONE,
  DEPTH_MAX_RULES,
  encodeText,
  enginePosition,
  parseCondition,
  printCondition,
} from "@falcoc/parser";
import { readJsonLines } from "../shared.ts";
import type { Suite } from "./suite.ts";

interface Accepted {
  readonly expr: Text;
  readonly ok: true;
  readonly ast: Tree;
  readonly canonical: Text;
  readonly roundtrip?: boolean;
  readonly ws_variants?: boolean;
  readonly end_pos?: Place;
}

interface Refused {
  readonly expr: Text;
  readonly ok: false;
  readonly error_contains: string;
  readonly error_pos: { readonly idx: number; readonly line: number; readonly col: number };
}

type ParseRecord = Accepted | Refused;
/** A text, in hexadecimal where it is not UTF-8. */
export type Text = string | { readonly hex: string };
export type Tree = { readonly type: string; readonly pos?: Place; readonly [key: string]: unknown };
type Place = readonly [offset: number, line: number, column: number];

export const filterParse: Suite = {
  name: "filter/parse",
  *cases(shared) {
    const path = join(shared, "corpus", "filter", "parse.jsonl");
    for (const record of readJsonLines<ParseRecord & { readonly id: string }>(path)) {
      yield { id: record.id, run: () => check(record, DEPTH_MAX_ALONE) };
    }
  },
};

/** Conditions of the published rules files, before lists are put in. */
export const filterParseOfficial: Suite = {
  name: "filter/parse_official",
  *cases(shared) {
    const path = join(shared, "corpus", "filter", "parse_official.jsonl");
    for (const record of readJsonLines<ParseRecord & { file: string; kind: string; name: string }>(path)) {
      yield {
        id: `${record.file}: ${record.kind} ${record.name}`,
        run: () => check(record, DEPTH_MAX_RULES),
      };
    }
  },
};

export function textOf(text: Text): ByteString {
  return typeof text === "string" ? encodeText(text) : Buffer.from(text.hex, "hex").toString("latin1");
}

function check(record: ParseRecord, maxDepth: number): string | null {
  const text = textOf(record.expr);
  const result = parseCondition(text, { maxDepth });
  if (!result.ok) {
    const { message, offset, line, column } = result.error;
    if (record.ok) return `refused at ${offset}: ${message}`;
    const { error_contains, error_pos } = record;
    return differences([
      ["message", message, error_contains],
      ["position", [offset, line, column], [error_pos.idx, error_pos.line, error_pos.col]],
    ]);
  }
  if (!record.ok) return `accepted, expected ${record.error_contains}`;
  const { condition } = result;
  const canonical = printCondition(condition);
  return differences([
    ["tree", treeOf(condition, text, hasPlaces(record.ast)), record.ast],
    ["canonical", canonical, textOf(record.canonical)],
    [
      "roundtrip",
      record.roundtrip === undefined ? undefined : survives(condition, canonical),
      record.roundtrip,
    ],
    ["end", record.end_pos === undefined ? undefined : placeOf(text, text.length), record.end_pos],
    ["refused variants", record.ws_variants ? refusedVariants(text, maxDepth) : [], []],
  ]);
}

export function differences(
  parts: readonly (readonly [name: string, ours: unknown, engines: unknown])[],
): string | null {
  const wrong = parts
    .map(([name, ours, engines]) => [name, stable(ours), stable(engines)])
    .filter(([, ours, engines]) => ours !== engines);
  return wrong.length === 0
    ? null
    : wrong.map(([name, ours, engines]) => `${name}: ${ours}, engine ${engines}`).join("\n");
}

/** JSON with sorted keys. */
function stable(value: unknown): string {
  return (
    JSON.stringify(value, (_, part) =>
      part !== null && typeof part === "object" && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    ) ?? "absent"
  );
}

function survives(condition: Condition, canonical: ByteString): boolean {
  const again = parseCondition(canonical, { maxDepth: DEPTH_MAX_ALONE });
  return again.ok && stable(treeOf(again.condition, "", false)) === stable(treeOf(condition, "", false));
}

function refusedVariants(text: ByteString, maxDepth: number): string[] {
  const padded = ` ${text} `;
  const variants = [padded, padded.replaceAll(" ", "\n"), padded.replaceAll(" ", "\t")];
  return variants.filter((variant) => !parseCondition(variant, { maxDepth }).ok);
}

function hasPlaces(tree: Tree): boolean {
  return tree.pos !== undefined;
}

function placeOf(text: ByteString, offset: number): Place {
  const { line, column } = enginePosition(text, offset);
  return [offset, line, column];
}

/** Our tree in the corpus' form. */
export function treeOf(node: AnyNode, text: ByteString, places: boolean): Tree {
  const form = (child: AnyNode) => treeOf(child, text, places);
  const pos = places ? { pos: placeOf(text, node.start) } : {};
  switch (node.kind) {
    case "and":
    case "or":
      return { type: node.kind, children: node.children.map(form), ...pos };
    case "not":
      return { type: "not", child: form(node.child), ...pos };
    case "macro":
      return { type: "identifier", name: node.name, ...pos };
    case "exists":
      return { type: "unary", op: "exists", left: form(node.left), ...pos };
    case "check": {
      const mod = node.modifier === null ? {} : { mod: node.modifier };
      return {
        type: "binary",
        op: node.operator,
        ...mod,
        left: form(node.left),
        right: form(node.right),
        ...pos,
      };
    }
    case "field":
      return { type: "field", name: node.name, ...argumentOf(node.argument), ...pos };
    case "transformer": {
      return {
        type: "transformer",
        name: node.name,
        args: node.args.map(form),
        ...argumentOf(node.argument),
        ...pos,
      };
    }
    case "transformer-list":
      return { type: "transformer_list", items: node.items.map(form), ...pos };
    case "value":
      return { type: "value", value: textForm(node.text), ...pos };
    case "list":
      return { type: "list", values: node.items.map((item) => textForm(item.text)), ...pos };
    default:
      return node satisfies never;
  }
}

function argumentOf(argument: ByteString | null): { arg?: Text } {
  return argument === null ? {} : { arg: textForm(argument) };
}

/** A text as the corpus writes it. */
function textForm(bytes: ByteString): Text {
  const buffer = Buffer.from(bytes, "latin1");
  const text = buffer.toString("utf8");
  return text.includes("\0") || !Buffer.from(text, "utf8").equals(buffer)
    ? { hex: buffer.toString("hex") }
    : text;
}
