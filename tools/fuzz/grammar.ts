// SPDX-License-Identifier: Apache-2.0
import type { Random } from "./random.ts";

const FIELDS = [
  "proc.name", "proc.pname", "proc.aname[2]", "proc.aname", "proc.args", "proc.env[PATH]", "proc.pid", "proc.duration", "proc.tty",
  "fd.name", "fd.num", "fd.sip", "fd.snet", "fd.ip", "fd.sport", "fd.types", "fd.typechar", "evt.type", "evt.num", "evt.arg.flags",
  "evt.arg[0]", "evt.rawarg.size", "evt.buffer", "evt.is_open_read", "evt.around[1]", "user.uid", "user.name", "container.id",
  "container.mount.dest[/x]", "thread.cgroup.cpu", "nope.field", "proc.nam", "ka.verb", "a.b",
]; // biome-ignore format: a table
const OPERATORS = [
  "=", "==", "!=", "<", "<=", ">", ">=", "contains", "icontains", "bcontains", "startswith", "bstartswith", "endswith", "glob", "iglob",
  "regex", "in", "intersects", "pmatch", "exists", "= anyof", "!= allof", "contains oneof",
]; // biome-ignore format: a table
const VALUES = [
  "bash", "open", "openat", "execve", "/etc/shadow", "'a b'", '"q\\"uo"', "5", "-1", "0x10", "1.5", "true", "false", "<NA>", "10.0.0.1",
  "10.0.0.0/8", "::1", "http", "*.log", "[a-z]+", "(", "aGVsbG8=", "ff00", "val(proc.name)", "tolower(fd.name)", "lst", "empty", "é",
]; // biome-ignore format: a table
const NAMES = [
  "m1",
  "m2",
  "lst",
  "empty",
  "spawned_process",
  "Rule A",
  "Rule B",
  "open",
  "and",
  "x-y",
  "proc.name",
  "",
];

/** Text of a condition that is mostly well-formed. */
export function randomCondition(random: Random, depth: number): string {
  if (depth <= 0 || random.chance(0.3)) return check(random);
  switch (random.below(5)) {
    case 0:
      return `not ${randomCondition(random, depth - 1)}`;
    case 1:
      return `(${randomCondition(random, depth - 1)})`;
    case 2:
      return random.pick(["m1", "m2", "spawned_process", "nowhere"]);
    default: {
      const glue = random.pick([" and ", " or ", " and not "]);
      const count = 2 + random.below(3);
      return Array.from({ length: count }, () => randomCondition(random, depth - 1)).join(glue);
    }
  }
}

/** Text of a rules file with a few items of all kinds, some of them wrong. */
export function randomRulesFile(random: Random): string {
  return Array.from({ length: 1 + random.below(6) }, () => item(random)).join("");
}

function check(random: Random): string {
  const field = random.chance(0.9)
    ? random.pick(FIELDS)
    : `${random.pick(["tolower", "len", "basename", "b64"])}(${random.pick(FIELDS)})`;
  const operator = random.pick(OPERATORS);
  if (operator === "exists") return `${field} exists`;
  const isList = /^(in|intersects|pmatch)$|of$/.test(operator);
  const value = isList
    ? `(${Array.from({ length: random.below(4) }, () => random.pick(VALUES)).join(", ")})`
    : random.pick(VALUES);
  return `${field} ${operator} ${value}`;
}

function item(random: Random): string {
  const name = quote(random.pick(NAMES));
  switch (random.below(7)) {
    case 0:
      return `- list: ${name}\n  items: [${Array.from({ length: random.below(4) }, () => quote(random.pick(VALUES))).join(", ")}]\n`;
    case 1:
      return `- macro: ${name}\n  condition: ${block(random, randomCondition(random, 2))}`;
    case 2:
      return `- required_engine_version: ${random.pick(["0.26.0", "26", "0.99.0", "x", "0.26"])}\n`;
    case 3:
      return `- rule: ${name}\n  condition: ${block(random, `and ${randomCondition(random, 1)}`)}  ${random.pick(["append: true", "override: {condition: append}", "override: {condition: replace}"])}\n`;
    default:
      return rule(random, name);
  }
}

function rule(random: Random, name: string): string {
  const output = random.pick([
    "x",
    "%proc.name",
    "%nope.x",
    "100%",
    "%evt.time %fd.name[1]",
    "%tolower(proc.name)",
  ]);
  const priority = random.pick(["INFO", "Warning", "critical", "WARN", "5"]);
  const exceptions = random.chance(0.3)
    ? "  exceptions:\n    - name: e\n      fields: [proc.name, fd.name]\n      comps: [=, startswith]\n      values: [[a, /b], [c d, /e]]\n"
    : "";
  const extra = random.chance(0.2)
    ? `  ${random.pick(["tags: [a, b]", "source: nowhere", "source: k8s_audit", "enabled: no", "warn_evttypes: false", "skip-if-unknown-filter: true", "foo: bar"])}\n`
    : "";
  return `- rule: ${name}\n  desc: d\n  condition: ${block(random, randomCondition(random, 3))}  output: ${quote(output)}\n  priority: ${priority}\n${exceptions}${extra}`;
}

function block(random: Random, text: string): string {
  const style = random.pick([">", "|", ">-", ""]);
  if (style === "") return `${quote(text)}\n`;
  return `${style}\n    ${text.split(" and ").join(random.chance(0.5) ? " and\n    " : " and ")}\n`;
}

function quote(text: string): string {
  return JSON.stringify(text);
}
