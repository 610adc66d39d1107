// SPDX-License-Identifier: Apache-2.0
import { parseCondition } from "@falcoc/parser";
import { describe, expect, it } from "vitest";
import { createCatalog } from "../catalog/index.ts";
import { checkCondition } from "../check/check-condition.ts";
import { FormulaBuilder } from "./build-formula.ts";
import { solve } from "./solve.ts";

const catalog = createCatalog();

function solutionOf(text: string): string {
  const parsed = parseCondition(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  const checked = checkCondition(parsed.condition, { catalog, source: "syscall" });
  if (!checked.ok) throw new Error(checked.error.message);
  return solve([{ formula: new FormulaBuilder().of(checked.expr), truth: true }]).kind;
}

describe("solve", () => {
  it.each([
    ["evt.type = open", "model"],
    ["evt.type = open and evt.type = close", "none"],
    ["evt.type = open and not evt.type in (open, close)", "none"],
    ["proc.name != a and not proc.name exists", "none"],
    ["not proc.name = a and not proc.name exists", "model"],
    ["proc.name startswith ab and proc.name = b", "none"],
    ["proc.name startswith ab and proc.name startswith ac", "none"],
    ["proc.name startswith ab and proc.name startswith a", "model"],
    ["proc.name startswith ab and not proc.name contains a", "none"],
    ["proc.name startswith a and proc.name endswith c and proc.name contains xx", "model"],
    ["fd.sport > 5 and fd.sport < 6", "none"],
    ["fd.sport > 5 and fd.sport < 8 and fd.sport != 6 and fd.sport != 7", "none"],
    ["fd.sport > 5 and fd.sport < 9 and fd.sport != 6 and fd.sport != 7", "model"],
    ["evt.is_open_read = true and evt.is_open_read = false", "none"],
    ["evt.is_open_read != true and evt.is_open_read != false", "none"],
    ["fd.net = 10.0.0.0/8 and fd.net = 192.168.0.0/16", "model"],
    ["fd.snet = 10.0.0.0/8 and fd.snet = 192.168.0.0/16", "none"],
    ["fd.snet = 10.0.0.0/8 and not fd.snet = 10.0.0.0/16", "model"],
    ["fd.snet = 10.1.0.0/16 and not fd.snet = 10.0.0.0/8", "none"],
    ["proc.aname = a and proc.aname = b", "model"],
    ["proc.aname = a and not proc.aname in (a, b)", "none"],
    ["fd.ip = 10.0.0.1 and fd.ip != 10.0.0.1", "none"],
    ["not (proc.name = a or proc.name = b) and proc.name in (a, b)", "none"],
    ["(proc.name = a or fd.name = x) and not proc.name exists and not fd.name exists", "none"],
    ["fd.name pmatch (/etc/ssh) and not fd.name pmatch (/etc)", "none"],
    ["fd.name pmatch (/etc) and not fd.name pmatch (/etc/ssh)", "model"],
    ["proc.name = anyof (a, b) and proc.name != allof (a, b)", "none"],
    ["proc.name = oneof (a, a)", "unknown"],
    ["evt.num = 0", "model"],
    ["evt.num = 0 and not evt.num = 0", "none"],
    ["proc.name in () and proc.name = a", "model"],
    ["proc.name = val(proc.pname) and not proc.name exists", "model"],
  ])("%s: %s", (text, expected) => {
    expect(solutionOf(text)).toBe(expected);
  });
});
