// SPDX-License-Identifier: Apache-2.0
// Conditions that are always well typed, over a small catalogue of fields, and events that often satisfy them.
import type { ComparisonMode, FieldCatalog, FieldDefinition, ValueType } from "@falcoc/compiler/catalog";
import type { FieldValue, ScalarValue } from "@falcoc/compiler/program";
import type { BinaryOperator, Condition, Modifier, Operand, Transformer, Value } from "@falcoc/parser";
import fc from "fast-check";

interface TestField {
  readonly name: string;
  readonly type: ValueType;
  readonly isList?: boolean;
  readonly comparison?: ComparisonMode;
  readonly noTransformer?: boolean;
}

const V4 = ["\x0a\x01\x02\x03", "\x0a\x01\x02\xff", "\xc0\xa8\0\x01"];
const V6 = [`\x20\x01${"\0".repeat(13)}\x01`, `${"\0".repeat(15)}\x01`];
const TEXTS = [
  "",
  "a",
  "ab",
  "abc",
  "ABC",
  "b/abc",
  "/usr/lib/x",
  "/usr",
  "*a",
  "a.c",
  "YWJj",
  "-a",
  "--",
  "\xc3\xa9",
];
const INTEGERS = [0, 1, 2, 5, 17, 255, 1000, 2 ** 53 - 1, 2n ** 53n, 2n ** 64n - 1n];

/** Values that fields of a type have in events. */
const VALUES: Readonly<Partial<Record<ValueType, readonly ScalarValue[]>>> = {
  CHARBUF: TEXTS,
  FSPATH: TEXTS,
  BYTEBUF: [...TEXTS, "\0a", "a\0b"],
  UINT64: INTEGERS,
  UINT8: [0, 1, 17, 255],
  INT64: [0, 1, -1, -5, 17, -(2n ** 63n), 2n ** 63n - 1n],
  DOUBLE: [0, 1, 12.75, -1, 17],
  PORT: [0, 22, 443, 65535],
  BOOL: [true, false],
  IPADDR: [...V4, ...V6],
  IPNET: [...V4, ...V6],
};

/** Literals that fields of a type are compared with. */
const LITERALS: Readonly<Partial<Record<ValueType, readonly string[]>>> = {
  CHARBUF: [...TEXTS, "usr", "*", "?b*", "[a-c]*", "/usr/*"],
  FSPATH: [...TEXTS, "/", "/usr/l*", "/u*"],
  BYTEBUF: [...TEXTS, "\0"],
  UINT64: ["0", "1", "5", "-1", "9007199254740992", "18446744073709551615"],
  UINT8: ["0", "17", "273", "-239"],
  INT64: ["0", "-1", "-5", "17", "-9223372036854775808"],
  DOUBLE: ["0", "1", "12", "17"],
  PORT: ["0", "22", "https", "65979"],
  BOOL: ["true", "false"],
  IPADDR: ["10.1.2.3", "192.168.0.1", "2001::1", "::1"],
  IPNET: ["10.0.0.0/8", "10.1.2.0/25", "0.0.0.0/0", "2001::/16", "::1/128"],
};

const FIELDS: readonly TestField[] = [
  { name: "evt.type", type: "CHARBUF" },
  { name: "t.a", type: "CHARBUF" },
  { name: "t.b", type: "CHARBUF" },
  { name: "t.path", type: "FSPATH" },
  { name: "t.buf", type: "BYTEBUF" },
  { name: "n.u64", type: "UINT64" },
  { name: "n.v64", type: "UINT64" },
  { name: "n.u8", type: "UINT8" },
  { name: "n.i64", type: "INT64" },
  { name: "n.double", type: "DOUBLE" },
  { name: "n.port", type: "PORT" },
  { name: "b.flag", type: "BOOL" },
  { name: "i.addr", type: "IPADDR" },
  { name: "i.net", type: "IPNET" },
  { name: "l.texts", type: "CHARBUF", isList: true },
  { name: "l.others", type: "CHARBUF", isList: true },
  { name: "l.numbers", type: "UINT64", isList: true },
  { name: "l.nets", type: "IPNET", isList: true },
  { name: "e.addr", type: "IPADDR", comparison: "endpoints" },
  { name: "e.net", type: "IPNET", comparison: "endpoints" },
  { name: "e.port", type: "PORT", comparison: "endpoints" },
  { name: "a.name", type: "CHARBUF", comparison: "ancestors" },
  { name: "a.pid", type: "INT64", comparison: "ancestors" },
];

/** Names of `evt.type` for event codes; null where it differs from event to event. */
export const EVENT_TYPES: readonly (string | null)[] = [null, null, "open", "open", "close", "close", "read"];

export const testCatalog: FieldCatalog = {
  sources: ["syscall", "other"],
  fields: () => FIELDS.map(definition),
  resolve(text) {
    const field = FIELDS.find(({ name }) => name === text);
    if (field === undefined)
      return { ok: false, message: `filter_check called with nonexistent field ${text}` };
    const { type, isList = false, comparison = "value" } = field;
    return {
      ok: true,
      field: { definition: definition(field), text, argument: null, type, isList, comparison },
    };
  },
};

function definition({ name, type, isList = false, comparison = "value" }: TestField): FieldDefinition {
  return {
    name,
    class: "evt",
    type,
    isList,
    print: "DEC",
    argument: { need: "none", form: null },
    comparison,
    filterOnly: false,
    noTransformer: comparison !== "value",
    noRightHand: comparison !== "value",
    deprecated: false,
    suggested: false,
    sources: ["*"],
    provider: "native",
    description: "",
  };
}

/** An event of one code. */
export interface TestEvent {
  readonly code: number;
  readonly values: Readonly<Record<string, FieldValue | null>>;
}

export const testEvent: fc.Arbitrary<TestEvent> = fc
  .record({
    code: fc.integer({ min: -1, max: EVENT_TYPES.length }),
    values: fc.record(Object.fromEntries(FIELDS.map((field) => [field.name, fieldValue(field)]))),
    dynamic: fc.constantFrom("open", "close", "read", "execve"),
  })
  .map(({ code, values, dynamic }) => ({
    code,
    values: { ...values, "evt.type": EVENT_TYPES[code] ?? dynamic },
  }));

function fieldValue({ type, isList, comparison }: TestField): fc.Arbitrary<FieldValue | null> {
  const one = fc.constantFrom(...VALUES[type]!);
  const isMany = isList || comparison !== undefined;
  return fc.option<FieldValue>(isMany ? fc.array(one, { maxLength: 3 }) : one, { freq: 6 });
}

const PLACE = { start: 0, end: 0 };
const MODIFIERS = [null, "anyof", "allof", "oneof"] as const;
const EQUATIONS = ["=", "==", "!="] as const;
const ORDERINGS = ["<", "<=", ">", ">="] as const;
const SEARCHES = ["contains", "startswith", "endswith"] as const;
const PATTERNS = ["icontains", "glob", "iglob"] as const;
const SETS = ["in", "intersects"] as const;

/** Something to compare, its type, and the literals that fit. */
interface Subject {
  readonly operand: Operand;
  readonly type: ValueType;
  readonly isList: boolean;
  readonly literals: readonly string[];
}

const subject: fc.Arbitrary<Subject> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...FIELDS).map(fieldSubject) },
  { weight: 2, arbitrary: fc.constantFrom("t.a", "t.b", "t.path", "l.texts").chain(transformed) },
  { weight: 1, arbitrary: severalArguments() },
);

/** Whatever the operator, `evt.type` is only compared with names of events. */
const EVENT_NAMES = ["open", "close", "read", "execve"];

function fieldSubject({ name, type, isList = false }: TestField): Subject {
  const literals = name === "evt.type" ? EVENT_NAMES : LITERALS[type]!;
  return { operand: field(name), type, isList, literals };
}

function field(name: string): Operand {
  return { kind: "field", ...PLACE, name, argument: null };
}

function call(name: string, args: Transformer["args"], argument: string | null = null): Transformer {
  return { kind: "transformer", ...PLACE, name, args, argument };
}

function value(text: string): Value {
  return { kind: "value", ...PLACE, text, quoted: true };
}

function transformed(name: string): fc.Arbitrary<Subject> {
  const { type, isList = false } = FIELDS.find((one) => one.name === name)!;
  const names =
    type === "FSPATH" ? ["tolower", "toupper", "basename"] : ["tolower", "toupper", "basename", "b64"];
  const inner = fc
    .array(fc.constantFrom(...names), { minLength: 1, maxLength: 3 })
    .map((calls) => calls.reduce<Operand>((operand, one) => call(one, [operand]), field(name)));
  return fc.tuple(inner, fc.boolean()).map(([operand, measured]) => {
    if (measured)
      return { operand: call("len", [operand]), type: "UINT64", isList: false, literals: LITERALS.UINT64! };
    return { operand, type, isList, literals: LITERALS[type]! };
  });
}

function severalArguments(): fc.Arbitrary<Subject> {
  const texts = { type: "CHARBUF", isList: false, literals: ["a,b", "ab,abc", "a", "abc", "0,a"] } as const;
  const list = {
    kind: "transformer-list" as const,
    ...PLACE,
    items: [field("n.u64"), field("t.a")],
  };
  return fc.constantFrom<Subject>(
    { operand: call("concat", [field("t.a"), value("b"), field("t.b")]), ...texts },
    { operand: call("concat", [value("a"), value("b")]), ...texts },
    { operand: call("join", [value(","), field("l.texts")]), ...texts },
    { operand: call("join", [value(","), list]), ...texts },
    { operand: call("getopt", [field("l.texts"), value("a:b")]), ...texts, isList: true },
    { operand: call("getopt", [field("l.texts"), value("a:b")], "a"), ...texts },
  );
}

const check: fc.Arbitrary<Condition> = subject.chain((left) =>
  fc.oneof(
    { weight: 1, arbitrary: fc.constant<Condition>({ kind: "exists", ...PLACE, left: left.operand }) },
    { weight: 8, arbitrary: literalCheck(left) },
    { weight: 2, arbitrary: fieldCheck(left) },
  ),
);

const pattern = fc.constantFrom("a", ".*", "[a-c]+", "(/[a-z]+)*", "a{1,2}|b", "").map(value);

function literalCheck(left: Subject): fc.Arbitrary<Condition> {
  return fc.constantFrom(...operatorsFor(left)).chain((operator) => {
    const isPattern = operator === "regex" && left.literals !== EVENT_NAMES;
    const one = isPattern ? pattern : fc.constantFrom(...left.literals).map(value);
    const list = fc
      .array(one, { maxLength: 12 })
      .map((items) => ({ kind: "list" as const, ...PLACE, items }));
    if (isSetOperator(operator)) return list.map((right) => binary(operator, null, left, right));
    const isOrdering = (ORDERINGS as readonly string[]).includes(operator);
    return fc.constantFrom(...(isOrdering ? [null] : MODIFIERS)).chain((modifier) => {
      const right = modifier === null ? one : list;
      return right.map((values) => binary(operator, modifier, left, values));
    });
  });
}

/** Compares with a field of the same type, when there is one. */
function fieldCheck(left: Subject): fc.Arbitrary<Condition> {
  const { type, isList, operand } = left;
  const mayCompare = operand.kind === "transformer" || !/^[ea]\./.test(operand.name);
  const others = FIELDS.filter(
    (other) => other.type === type && (other.isList ?? false) === isList && other.comparison === undefined,
  );
  if (!mayCompare || type === "IPNET" || others.length === 0) return literalCheck(left);
  const operators = operatorsFor(left).filter((operator) => operator !== "pmatch" && operator !== "regex");
  return fc
    .tuple(fc.constantFrom(...others), fc.constantFrom(...operators), fc.boolean())
    .map(([other, operator, folded]) => {
      const right = folded && type === "CHARBUF" ? call("tolower", [field(other.name)]) : field(other.name);
      return binary(operator, null, left, right.kind === "field" ? call("val", [right]) : right);
    });
}

function binary(
  operator: BinaryOperator,
  modifier: Modifier | null,
  left: Subject,
  right: Extract<Condition, { kind: "check" }>["right"],
): Condition {
  return { kind: "check", ...PLACE, operator, modifier, left: left.operand, right };
}

function isSetOperator(operator: BinaryOperator): boolean {
  return operator === "in" || operator === "intersects" || operator === "pmatch";
}

function operatorsFor({ type, isList }: Subject): readonly BinaryOperator[] {
  if (isList) return SETS;
  switch (type) {
    case "CHARBUF":
    case "FSPATH":
      return [...EQUATIONS, ...ORDERINGS, ...SEARCHES, ...PATTERNS, ...SETS, "pmatch", "regex"];
    case "BYTEBUF":
      return [...EQUATIONS, ...SEARCHES, ...SETS];
    case "BOOL":
    case "IPADDR":
    case "IPNET":
      return [...EQUATIONS, ...SETS];
    default:
      return [...EQUATIONS, ...ORDERINGS, ...SETS];
  }
}

/** A condition without macros. */
export const typedCondition: fc.Arbitrary<Condition> = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    { weight: 3, arbitrary: check },
    { weight: 2, arbitrary: connective("and", tie("condition")) },
    { weight: 2, arbitrary: connective("or", tie("condition")) },
    {
      weight: 1,
      arbitrary: tie("condition").map((child): Condition => ({ kind: "not", ...PLACE, child })),
    },
  ),
})).condition;

function connective(kind: "and" | "or", child: fc.Arbitrary<Condition>): fc.Arbitrary<Condition> {
  return fc
    .array(child, { minLength: 2, maxLength: 4 })
    .map((children): Condition => ({ kind, ...PLACE, children }));
}
