// SPDX-License-Identifier: Apache-2.0
import type { Random } from "./random.ts";
import { FIELDS, FITTING, LISTS, MACROS, OPERATORS, RULES, TRANSFORMERS, VALUES } from "./words.ts";

/** Text of a condition that is mostly well-formed, with references to some macros. */
export function randomCondition(random: Random, depth: number, macros: readonly string[] = []): string {
  if (depth <= 0 || random.chance(0.3)) return check(random);
  switch (random.below(6)) {
    case 0:
      return `not ${randomCondition(random, depth - 1, macros)}`;
    case 1:
      return `(${randomCondition(random, depth - 1, macros)})`;
    case 2:
      return macros.length > 0 && random.chance(0.5) ? random.pick(macros) : check(random);
    default: {
      const glue = random.pick([" and ", " or ", " and not "]);
      return many(random, 2, 4, () => randomCondition(random, depth - 1, macros)).join(glue);
    }
  }
}

/** Text of an output template that mostly names fields that there are. */
export function randomTemplate(random: Random): string {
  const star = random.chance(0.2) ? "*" : "";
  return star + many(random, 0, 6, () => templatePart(random)).join(random.pick(["", " ", ", "]));
}

/** Text of a rules file with a few items of all kinds, some of them wrong. */
export function randomRulesFile(random: Random): string {
  const items = many(random, 1, 8, () => item(random)).join("");
  return random.chance(0.05) ? `${items}---\n${item(random)}` : items;
}

function many<T>(random: Random, least: number, most: number, make: () => T): T[] {
  return Array.from({ length: least + random.below(most - least + 1) }, make);
}

function check(random: Random): string {
  if (random.chance(0.6)) {
    const [fields, operators, values] = random.pick(FITTING);
    return comparison(random, random.pick(fields), random.pick(operators), values);
  }
  return comparison(random, operand(random, 2), random.pick(OPERATORS), VALUES);
}

function comparison(random: Random, left: string, operator: string, values: readonly string[]): string {
  if (operator === "exists") return `${left} exists`;
  const takesList = /^(in|intersects|pmatch)$|of$/.test(operator);
  if (random.chance(0.05)) return `${left} ${operator} ${right(random)}`;
  if (!takesList) return `${left} ${operator} ${random.pick(values)}`;
  const items = many(random, 0, 4, () => random.pick(random.chance(0.1) ? LISTS : values));
  return `${left} ${operator} (${items.join(", ")})`;
}

/** A field, or transformers over fields. */
function operand(random: Random, depth: number): string {
  if (depth === 0 || random.chance(0.75)) return random.pick(FIELDS);
  const name = random.pick(TRANSFORMERS);
  const inner = (): string => operand(random, depth - 1);
  switch (name) {
    case "join":
      return `join(${random.pick(['","', "tolower(proc.name)", '""'])}, ${random.chance(0.5) ? `(${many(random, 0, 3, inner).join(", ")})` : inner()})`;
    case "concat":
      return `concat(${many(random, 1, 3, () => (random.chance(0.3) ? '"x"' : inner())).join(",")})`;
    case "getopt":
      return `getopt(${random.chance(0.5) ? '("-a", "-b", "c")' : inner()}, "ab:")${random.pick(["", "[a]", "[b]", "[xx]"])}`;
    default:
      return `${name}(${inner()})`;
  }
}

function right(random: Random): string {
  return random.chance(0.5) ? `val(${random.pick(FIELDS)})` : operand(random, 2);
}

function templatePart(random: Random): string {
  switch (random.below(5)) {
    case 0:
      return random.pick(["text", "é", " ", '"', "\\", "(", "%%", "%", "100% ", "\n"]);
    case 1:
      return `%${random.pick(["10", "0", "3", "99999999999"])}${random.pick(FIELDS)}`;
    default:
      return `%${operand(random, 2)}${random.pick(["", ".", "x", "[0]", " "])}`;
  }
}

function item(random: Random): string {
  switch (random.below(12)) {
    case 0:
    case 1:
      return list(random);
    case 2:
    case 3:
      return macro(random);
    case 4:
      return `- required_engine_version: ${random.pick(["0.26.0", "26", "0.99.0", "x", "0.26", "0x1a"])}\n`;
    case 5:
      return `- required_plugin_versions: [{name: ${random.pick(["k8saudit", "json", "x"])}, version: ${random.pick(["0.1.0", "1", "v1.0.0"])}}]\n`;
    case 6:
    case 7:
      return change(random);
    default:
      return rule(random);
  }
}

function list(random: Random): string {
  const items = many(random, 0, 4, () => random.pick(random.chance(0.3) ? LISTS : VALUES)).map(quote);
  return `- list: ${quote(random.pick(LISTS))}\n  items: [${items.join(", ")}]\n${appended(random, "items", 0.2)}`;
}

function macro(random: Random): string {
  const condition = block(random, randomCondition(random, 2, MACROS));
  return `- macro: ${quote(random.pick(MACROS))}\n  condition: ${condition}${appended(random, "condition", 0.2)}`;
}

function appended(random: Random, key: string, probability: number): string {
  if (!random.chance(probability)) return "";
  return random.pick([
    "  append: true\n",
    `  override: {${key}: append}\n`,
    `  override: {${key}: replace}\n`,
    "  override: x\n",
    "  append: true\n  override: {condition: append}\n",
  ]);
}

function rule(random: Random): string {
  const lines = [
    `- rule: ${quote(random.pick(RULES))}\n`,
    "  desc: d\n",
    `  condition: ${block(random, randomCondition(random, 3, MACROS))}`,
    `  output: ${quote(randomTemplate(random) || "o")}\n`,
    `  priority: ${random.pick(["INFO", "Warning", "critical", "WARN", "5"])}\n`,
    ...(random.chance(0.4) ? [exceptions(random)] : []),
    ...many(random, 0, 2, () => `  ${random.pick(EXTRA_KEYS)}\n`),
  ];
  return lines.filter(() => !random.chance(0.02)).join("");
}

const EXTRA_KEYS = [
  "tags: [a, b]",
  "source: nowhere",
  "source: k8s_audit",
  "source: syscall",
  "enabled: no",
  "warn_evttypes: false",
  "skip-if-unknown-filter: true",
  "capture: true",
  "capture_duration: 0x10",
  "foo: bar",
];

/** A change of an earlier rule. */
function change(random: Random): string {
  const name = `- rule: ${quote(random.pick(RULES))}\n`;
  const condition = `  condition: ${block(random, `and ${randomCondition(random, 1)}`)}`;
  switch (random.below(6)) {
    case 0:
      return `${name}${condition}  append: true\n`;
    case 1:
      return `${name}${condition}  override: {condition: ${random.pick(["append", "replace"])}}\n`;
    case 2:
      return `${name}${exceptions(random)}  override: {exceptions: ${random.pick(["append", "replace"])}}\n`;
    case 3:
      return `${name}${exceptions(random)}  append: true\n`;
    case 4:
      return `${name}  enabled: ${random.pick(["true", "false", "maybe"])}\n`;
    default:
      return `${name}  output: ${quote(randomTemplate(random))}\n  tags: [z]\n  override: {output: append, tags: ${random.pick(["append", "replace"])}}\n`;
  }
}

function exceptions(random: Random): string {
  return `  exceptions:\n${many(random, 1, 3, () => exception(random)).join("")}`;
}

function exception(random: Random): string {
  const name = `    - name: ${random.pick(["e", "f", "g"])}\n`;
  if (random.chance(0.1)) return `${name}      values: [[a, b]]\n`;
  if (random.chance(0.4)) {
    const comps = random.chance(0.5) ? `      comps: ${random.pick(["in", "pmatch", "= anyof", "="])}\n` : "";
    const values = many(random, 0, 3, () => quote(random.pick(VALUES)));
    return `${name}      fields: ${quote(operand(random, 1))}\n${comps}      values: [${values.join(", ")}]\n`;
  }
  const count = 1 + random.below(3);
  const row = <T>(make: () => T): string => many(random, count, count, make).join(", ");
  const comps = random.chance(0.6) ? `      comps: [${row(() => quote(random.pick(OPERATORS)))}]\n` : "";
  const value = (): string =>
    random.chance(0.3)
      ? `[${many(random, 0, 3, () => quote(random.pick(VALUES))).join(", ")}]`
      : quote(random.pick(VALUES));
  const rows = many(random, 0, 3, () => `[${row(value)}]`);
  return `${name}      fields: [${row(() => quote(operand(random, 1)))}]\n${comps}      values: [${rows.join(", ")}]\n`;
}

function block(random: Random, text: string): string {
  const style = random.pick([">", "|", ">-", "", ""]);
  if (style === "") return `${quote(text)}\n`;
  return `${style}\n    ${text.split(" and ").join(random.chance(0.5) ? " and\n    " : " and ")}\n`;
}

function quote(text: string): string {
  return JSON.stringify(text);
}
