// SPDX-License-Identifier: Apache-2.0
import { KNOWN_DIFFERENCES } from "../../test/conformance/differences.ts";
import { code, type Page } from "./page.ts";

export const differencesPage: Page = {
  path: "docs/differences.md",
  from: "`test/conformance/differences.ts`",
  text() {
    return `# Where we knowingly differ from the engine

Cases of the engine's own suites in which it crashes, depends on the order of a hash table, or contradicts itself. Every
other case is held by \`npm run conformance\`.

${KNOWN_DIFFERENCES.map(
  ({ suite, id, reason, instead }) =>
    `## ${suite}, ${code(String(id))}\n\n${reason}\n\n*Instead:* ${instead}`,
).join("\n\n")}
`;
  },
};
