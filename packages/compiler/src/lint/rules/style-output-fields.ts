// SPDX-License-Identifier: Apache-2.0
import { decodeText } from "@falcoc/parser";
import { KERNEL_SOURCE } from "../../catalog/index.ts";
import { spanOfText } from "../../load/mapped-text.ts";
import type { LintRule } from "../define.ts";
import { ruleWith } from "../example.ts";

const CONDITION = "evt.type in (open, openat, openat2) and fd.name = /etc/shadow";
const FIELDS = [
  "evt.type",
  "user.name",
  "user.uid",
  "user.loginuid",
  "proc.name",
  "proc.exepath",
  "proc.pname",
  "proc.cmdline",
  "proc.tty",
];
const ALL = FIELDS.map((field) => `${field.replace(".", "_")}=%${field}`).join(" ");

export const styleOutputFields: LintRule = {
  code: "STYLE_OUTPUT_FIELDS",
  summary: "An output lacks fields that every alert about the kernel's events is to have.",
  rationale:
    "Whoever looks into an alert needs to know who did it, with which program, started by which other one.",
  avoid: ruleWith(CONDITION, { output: "Password file read | file=%fd.name" }),
  prefer: ruleWith(CONDITION, { output: `Password file read | file=%fd.name ${ALL}` }),
  severity: "info",
  group: "style",
  *check({ collection }) {
    for (const { name, source, output } of collection.rules.values()) {
      if (source !== KERNEL_SOURCE) continue;
      const missing = FIELDS.filter((field) => !output.text.includes(`%${field}`));
      if (missing.length === 0) continue;
      yield {
        message: `the output of rule "${decodeText(name)}" lacks ${missing.join(", ")}`,
        span: spanOfText(output, 0, output.text.length),
      };
    }
  },
};
