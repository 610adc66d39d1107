// SPDX-License-Identifier: Apache-2.0
import {
  type BinaryOperator,
  type Condition,
  encodeText,
  type Field,
  MODIFIERS,
  OPERATOR_NAMES,
  OPERATORS,
  type Operand,
  printCondition,
  TRANSFORMERS,
  type Transformer,
  type Value,
} from "@falcoc/parser";
import fc from "fast-check";

// Conditions whose canonical form parses again to the same tree. Left out is what the form cannot show: a negated
// negation, empty texts, and texts whose bare form would be cut into something else.

const span = { start: 0, end: 0 };

const identifier = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,5}$/).filter((name) => name !== "not");

const text = fc
  .oneof(
    fc.stringMatching(/^[ -~]{1,8}$/),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }).map(encodeText),
    fc.constantFrom("and", "not", "anyof", "in", "<NA>", "val", "x\ny", "\0", "it's", '\\"x', "\t\b\f\r"),
  )
  .filter((value) => !value.endsWith("\\"));

const number = fc.oneof(
  fc.integer().map(String),
  fc.constantFrom("0x1F", "0Xab", "+1.", "-0.5", "1e+5", "2.5E-3"),
);

/** Whether the canonical form shows a text in quotes. */
function isQuoted(value: string): boolean {
  return /[\b\f\n\r\t =\\"'\0]/.test(value);
}

const value: fc.Arbitrary<Value> = text
  .filter((one) => isQuoted(one) || /^[^(),\v]+$/.test(one))
  .map((one) => ({ kind: "value", ...span, text: one, quoted: isQuoted(one) }));

const numberValue: fc.Arbitrary<Value> = number.map((one) => ({
  kind: "value",
  ...span,
  text: one,
  quoted: false,
}));

const nameValue: fc.Arbitrary<Value> = identifier.map((name) => ({
  kind: "value",
  ...span,
  text: name,
  quoted: false,
}));

const argument = fc.option(
  text.filter((one) => isQuoted(one) || /^[^[\]\v]+$/.test(one)),
  { nil: null },
);

const field: fc.Arbitrary<Field> = fc
  .record({ segments: fc.array(identifier, { minLength: 2, maxLength: 4 }), argument })
  .map(({ segments, argument }) => ({ kind: "field", ...span, name: segments.join("."), argument }));

const quotedValue = value.filter((one) => one.quoted);

const { transformer } = fc.letrec<{ transformer: Transformer; item: Transformer["args"][number] }>((tie) => ({
  item: fc.oneof({ depthSize: "small" }, field, numberValue, quotedValue, tie("transformer")),
  transformer: fc
    .record({
      name: fc.constantFrom(...TRANSFORMERS),
      args: fc.array(
        fc.oneof(
          { weight: 5, arbitrary: tie("item") },
          {
            weight: 1,
            arbitrary: fc
              .array(tie("item") as fc.Arbitrary<Field>, { maxLength: 3 })
              .map((items) => ({ kind: "transformer-list" as const, ...span, items })),
          },
        ),
        { minLength: 1, maxLength: 3 },
      ),
      argument,
    })
    .map((parts) => ({ kind: "transformer", ...span, ...parts })),
}));

const val: fc.Arbitrary<Transformer> = fc
  .record({ inner: field, argument })
  .map(({ inner, argument }) => ({ kind: "transformer", ...span, name: "val", args: [inner], argument }));

const operand: fc.Arbitrary<Operand> = fc.oneof(
  { weight: 3, arbitrary: field },
  { weight: 1, arbitrary: transformer },
);

const list = fc.array(value, { maxLength: 4 }).map((items) => ({ kind: "list" as const, ...span, items }));

const BINARY = OPERATOR_NAMES.filter((name): name is BinaryOperator => name !== "exists");

const plainCheck: fc.Arbitrary<Condition> = fc.constantFrom(...BINARY).chain((operator) => {
  const computed = fc.oneof(val, transformer);
  const { shape } = OPERATORS[operator];
  const own = shape === "number" ? numberValue : shape === "list" ? fc.oneof(list, nameValue) : value;
  return fc
    .record({
      left: operand,
      right: fc.oneof({ weight: 4, arbitrary: own }, { weight: 1, arbitrary: computed }),
    })
    .map((parts) => ({ kind: "check", ...span, operator, modifier: null, ...parts }));
});

/** The engine takes `anyof not_list` for a text and junk, so names that begin like a connective are left out. */
const modifiedCheck: fc.Arbitrary<Condition> = fc
  .record({
    operator: fc.constantFrom(...BINARY.filter((name) => OPERATORS[name].modifiers)),
    modifier: fc.constantFrom(...MODIFIERS),
    left: operand,
    right: fc.oneof(
      list,
      nameValue.filter((name) => !/^(and|or|not)(_|$)/.test(name.text)),
    ),
  })
  .map((parts) => ({ kind: "check", ...span, ...parts }));

const leaf: fc.Arbitrary<Condition> = fc.oneof(
  identifier.map((name) => ({ kind: "macro" as const, ...span, name })),
  operand.map((left) => ({ kind: "exists" as const, ...span, left })),
  plainCheck,
  modifiedCheck,
);

/** Any condition whose canonical form is its own; all places are 0. */
export const arbitraryCondition: fc.Arbitrary<Condition> = fc.letrec<{ node: Condition }>((tie) => ({
  node: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leaf,
    fc
      .record({
        kind: fc.constantFrom("and" as const, "or" as const),
        children: fc.array(tie("node"), { minLength: 2, maxLength: 4 }),
      })
      .map((parts) => ({ ...span, ...parts })),
    tie("node")
      .filter((child) => child.kind !== "not")
      .map((child) => ({ kind: "not" as const, ...span, child })),
  ),
})).node;

const FRAGMENTS = [
  ..."()[],.\"'=<>!\\ \t\n\v\b%*_0x",
  ...OPERATOR_NAMES,
  ...MODIFIERS,
  ...TRANSFORMERS.map((name) => `${name}(`),
  ..."and or not and( or( not( val( p.q r.s[1] x 12 -1.5e+3 \\q \\x41".split(" "),
  "\xc3\xa9",
  "\xff",
];

/** A canonical form with a few pieces cut out and others put in. */
const damagedForm = fc
  .record({
    condition: arbitraryCondition,
    edits: fc.array(
      fc.record({ at: fc.nat(200), cut: fc.nat(3), put: fc.constantFrom("", " ", ...FRAGMENTS) }),
      { maxLength: 3 },
    ),
  })
  .map(({ condition, edits }) =>
    edits.reduce((text, { at, cut, put }) => {
      const place = at % (text.length + 1);
      return text.slice(0, place) + put + text.slice(place + cut);
    }, printCondition(condition)),
  );

/** Texts that look like conditions, right and wrong, and some that look like nothing. */
export const arbitraryText: fc.Arbitrary<string> = fc.oneof(
  damagedForm,
  fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 30 }).map((parts) => parts.join("")),
  fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 30 }).map((parts) => parts.join(" ")),
  fc.string({ unit: fc.nat(255).map((code) => String.fromCharCode(code)), maxLength: 40 }),
);
