// SPDX-License-Identifier: Apache-2.0
import { type BinaryCheck, decodeText, visitCondition } from "@falcoc/parser";
import { SYSCALLS } from "../../catalog/index.ts";
import type { CompiledMacros } from "../../load/compile-macros.ts";
import type { CompiledRule } from "../../load/compiled-rule.ts";
import { spanOfText } from "../../load/mapped-text.ts";
import { leavesOf } from "../../load/origins.ts";
import type { LintFinding, LintRule } from "../define.ts";
import { ruleWith } from "../example.ts";

export const missingEventType: LintRule = {
  code: "MISSING_EVENT_TYPE",
  summary: "A condition asks for an old system call and not for those that programs use instead.",
  rationale:
    "Newer architectures have no `open`, `mkdir` or `rename` any more, and C libraries use `openat` everywhere. A rule that names only the old call sees nothing there, and is evaded elsewhere by calling the other one.",
  avoid: ruleWith("evt.type = open and fd.name = /etc/shadow"),
  prefer: ruleWith("evt.type in (open, openat, openat2) and fd.name = /etc/shadow"),
  severity: "warning",
  group: null,
  *check({ compiled }) {
    const { active } = compiled.loaded;
    const reported = new Set<string>();
    for (const rule of active?.rules ?? []) {
      for (const finding of missingTypes(rule, active!.macros)) {
        const key = `${finding.span?.path} ${finding.span?.start}`;
        if (!reported.has(key)) yield finding;
        reported.add(key);
      }
    }
  },
};

/** System calls that do what an older one does. */
const SUCCESSORS: Readonly<Record<string, readonly string[]>> = {
  open: ["openat", "openat2"],
  creat: ["open", "openat", "openat2"],
  mkdir: ["mkdirat"],
  rmdir: ["unlinkat"],
  unlink: ["unlinkat"],
  rename: ["renameat", "renameat2"],
  link: ["linkat"],
  symlink: ["symlinkat"],
  mknod: ["mknodat"],
  chmod: ["fchmodat"],
  chown: ["fchownat"],
  dup2: ["dup3"],
  fork: ["clone", "clone3"],
  vfork: ["clone", "clone3"],
};

/** Looks at a rule with its macros: what one part leaves out another may have. */
function* missingTypes(rule: CompiledRule, macros: CompiledMacros): Generator<LintFinding> {
  const asked = new Map<string, BinaryCheck>();
  visitCondition(rule.condition, {
    not: () => false,
    check: (check) => {
      for (const name of eventTypes(check)) asked.set(name, check);
      return false;
    },
  });
  const known = new Set<string>();
  visitCondition(rule.condition, {
    check: (check) => {
      for (const name of eventTypes(check)) known.add(name);
      return false;
    },
  });
  for (const [name, check] of asked) {
    const successors = SUCCESSORS[name] ?? [];
    if (!isGone(name) || successors.length === 0 || successors.some((one) => known.has(one))) continue;
    const text = leavesOf(rule.written, macros).get(check)?.mapped();
    yield {
      message: `rule "${decodeText(rule.entry.name)}" sees "${name}", but not ${successors.map((one) => `"${one}"`).join(" and ")}, which programs call instead`,
      span: text === undefined ? null : spanOfText(text, check.start, check.end),
      hint: `write "evt.type in (${[name, ...successors].join(", ")})"`,
    };
  }
}

/** Types that a check asks for, in a way that the engine looks at. */
function eventTypes({ left, operator, modifier, right }: BinaryCheck): readonly string[] {
  if (left.kind !== "field" || left.name !== "evt.type" || modifier !== null) return [];
  if (operator === "in" && right.kind === "list") return right.items.map(({ text }) => decodeText(text));
  return (operator === "=" || operator === "==") && right.kind === "value" ? [decodeText(right.text)] : [];
}

/** Whether an architecture lacks the system call. */
function isGone(name: string): boolean {
  return SYSCALLS.some((syscall) => syscall.name === name && syscall.aarch64 === null);
}
