// SPDX-License-Identifier: Apache-2.0
import { parseTemplate } from "@falcoc/parser";
import { expect, it } from "vitest";
import { createCatalog } from "../catalog/create-catalog.ts";
import { FieldTable } from "../ir/field-table.ts";
import { checkTemplate, resolvesInOutput } from "./check-template.ts";

const context = { catalog: createCatalog(), source: "syscall" };

function check(text: string, fields = new FieldTable()) {
  const parsed = parseTemplate(text, (value) => resolvesInOutput(value, context));
  if (!parsed.ok) throw new Error(parsed.error.message);
  return checkTemplate(parsed.template, { ...context, fields });
}

it("refers to fields by slots that it shares with other users of the table", () => {
  const fields = new FieldTable();
  check("%evt.num", fields);
  expect(check("a %proc.name.%5evt.num", fields)).toEqual({
    ok: true,
    output: {
      kind: "template",
      tolerant: false,
      parts: [
        { kind: "text", text: "a " },
        { kind: "token", value: { kind: "field", slot: 1 }, width: null },
        { kind: "text", text: "." },
        { kind: "token", value: { kind: "field", slot: 0 }, width: 5 },
      ],
    },
  });
  expect(fields.fields.map(({ text }) => text)).toEqual(["evt.num", "proc.name"]);
});

it("gives a length the print format of its field", () => {
  const checked = check("*%len(proc.name)");
  const [part] = checked.ok ? checked.output.parts : [];
  expect(part).toMatchObject({
    value: { kind: "transform", name: "len", type: "UINT64", print: "NA", isList: false },
  });
});

it("prints the numbers that join puts together", () => {
  const checked = check('%join("-", (proc.pid, proc.name))');
  const [part] = checked.ok ? checked.output.parts : [];
  expect(part).toMatchObject({
    value: {
      name: "join",
      args: [
        { kind: "literal", text: "-" },
        { kind: "list", items: [{ kind: "transform", name: "print" }, { kind: "field" }] },
      ],
    },
  });
});
