// SPDX-License-Identifier: Apache-2.0
// Every finding on rules that are in wide use, each looked at: what stands here is true, and nothing else is found.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compile, lint } from "@falcoc/compiler";
import { LineIndex } from "@falcoc/parser";
import { expect, it } from "vitest";
import { describeShared } from "../shared.ts";
import { runEvent } from "./run-event.ts";

interface Case {
  readonly title: string;
  /** Loaded one after the other. */
  readonly files: readonly string[];
  readonly findings: readonly string[];
}

/** `touch` stands twice in coreutils_binaries. */
const TOUCH_TWICE = "falco-incubating_rules.yaml:108 DUPLICATE_ITEM";
/** `(proc.aname = etckeeper or (proc.aname in (…)) and (fd.name …) and etckeeper_activities)` */
const ETCKEEPER = "falco-sandbox_rules.yaml:839 MIXED_AND_OR";
/** "Launch Suspicious Network Tool in Container" has the same condition without the ancestors. */
const NPM_INSTALL = "falco-sandbox_rules.yaml:1788 SHADOWED_RULE";

const CASES: readonly Case[] = [
  { title: "stable", files: ["falco_rules.yaml"], findings: [] },
  { title: "incubating", files: ["falco-incubating_rules.yaml"], findings: [TOUCH_TWICE] },
  { title: "sandbox", files: ["falco-sandbox_rules.yaml"], findings: [ETCKEEPER] },
  {
    title: "all three",
    files: ["falco_rules.yaml", "falco-incubating_rules.yaml", "falco-sandbox_rules.yaml"],
    findings: [TOUCH_TWICE, ETCKEEPER, NPM_INSTALL],
  },
  {
    title: "CloudTrail",
    files: ["plugins/aws_cloudtrail_rules.yaml"],
    findings: [
      // "Console Login Without MFA" matches every user but those of an assumed role, root among them.
      "aws_cloudtrail_rules.yaml:86 SHADOWED_RULE",
      // "Run Instances" matches in every region.
      "aws_cloudtrail_rules.yaml:295 SHADOWED_RULE",
    ],
  },
  { title: "Kubernetes audit", files: ["plugins/k8s_audit_rules.yaml"], findings: [] },
  { title: "Okta", files: ["plugins/okta_rules.yaml"], findings: [] },
  { title: "GitHub", files: ["plugins/github_rules.yaml"], findings: [] },
  {
    title: "GCP audit",
    files: ["plugins/gcp_auditlog_rules.yaml"],
    // Data destruction is a technique (T1485), no tactic.
    findings: ["gcp_auditlog_rules.yaml:177 UNKNOWN_MITRE_TAG"],
  },
];

describeShared("findings on rules that are in use", (shared) => {
  it.each(CASES)("$title", ({ files, findings }) => {
    const sources = files.map((path) => ({
      path,
      text: readFileSync(join(shared, "corpus", "rules", path), "utf8"),
    }));
    const found = lint(compile(sources), { run: runEvent }).map(({ span, code }) => {
      const source = sources.find(({ path }) => path === span?.path);
      const { line } = new LineIndex(source?.text ?? "").position(span?.start ?? 0);
      return `${source?.path.split("/").at(-1)}:${line} ${code}`;
    });
    expect(found).toEqual(findings);
  });
});
