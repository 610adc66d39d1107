// SPDX-License-Identifier: Apache-2.0
import { LINT_RULES } from "@falcoc/compiler";
import type { LintRule } from "../../packages/compiler/src/lint/define.ts";
import { LINT_GROUPS } from "../../packages/compiler/src/lint/define.ts";
import { code, type Page } from "./page.ts";

export const lintPage: Page = {
  path: "docs/reference/lint.md",
  from: "`packages/compiler/src/lint/rules`",
  text() {
    const groups = Object.entries(LINT_GROUPS).map(([name, what]) => {
      const rules = LINT_RULES.filter((rule) => rule.group === name);
      return `# Group ${code(name)}\n\n${what} Off unless asked for.\n\n${rules.map(section).join("\n\n")}`;
    });
    return `# Lint rules

What \`falcoc lint\` finds beyond what the engine reports. Rules that say what a condition means (never true, shadowed,
hides nothing) give an event that has been run through the compiled rules, or say nothing.

In \`falcoc.yaml\`, codes and groups are switched on and off, and findings weighed:

\`\`\`yaml
lint:
  enable: [style]
  disable: [PATH_CONTAINS]
  severity:
    DUPLICATE_ITEM: error
\`\`\`

A comment \`# falcoc-ignore CODE: reason\` silences a finding on its line or, on a line of its own, in the item or line
below.

${LINT_RULES.filter(({ group }) => group === null)
  .map(section)
  .join("\n\n")}

${groups.join("\n\n")}
`;
  },
};

function section({
  code: name,
  severity,
  summary,
  rationale,
  avoid,
  prefer,
  claimsMeaning,
}: LintRule): string {
  const witness = claimsMeaning ? ", with an event that shows it" : "";
  return `## ${name}

${summary} *(${severity}${witness})*

${rationale}

Avoid:

\`\`\`yaml
${avoid.trimEnd()}
\`\`\`

Prefer:

\`\`\`yaml
${prefer.trimEnd()}
\`\`\``;
}
