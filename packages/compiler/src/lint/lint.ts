// SPDX-License-Identifier: Apache-2.0
import type { Diagnostic } from "@falcoc/parser";
import type { CompileResult } from "../compile.ts";
import { COMPILE_CODES, KNOWN_CODES } from "./codes.ts";
import { LintContext } from "./context.ts";
import type { LintFinding, LintRule } from "./define.ts";
import { silence } from "./ignore.ts";
import { withFix } from "./improve/with-fix.ts";
import { LINT_RULES } from "./index.ts";
import type { LintOptions } from "./options.ts";

/**
 * Everything there is to say about compiled rules files: what compiling found, with fixes where there are any, and
 * what the lint rules find. Findings that a comment `# falcoc-ignore CODE: reason` silences are left out. In the
 * order of the files and of the places in them.
 */
export function lint(compiled: CompileResult, options: LintOptions = {}): readonly Diagnostic[] {
  const wanted = LINT_RULES.filter((rule) => isEnabled(rule, options));
  // Where a file does not load, what is not found may be there.
  const isLoaded = compiled.loads.every(({ successful }) => successful);
  const run = isLoaded ? (options.run ?? null) : null;
  const searched = isLoaded ? wanted.filter(({ claimsMeaning }) => !claimsMeaning || run !== null) : [];
  const context = new LintContext(compiled, run, {
    known: KNOWN_CODES,
    searched: new Set([...searched.map(({ code }) => code), ...(isLoaded ? COMPILE_CODES : [])]),
  });
  const found = [
    ...compiled.diagnostics.map((diagnostic) => withFix(diagnostic, context)),
    ...findings(
      wanted.filter(({ afterIgnores }) => !afterIgnores),
      context,
    ),
  ];
  const { kept, used } = silence(found, context.ignoreComments);
  context.usedIgnores = used;
  const late = findings(
    wanted.filter(({ afterIgnores }) => afterIgnores),
    context,
  );
  const reported = [...kept, ...late].filter((one) => isReported(one, options));
  return inOrder(
    reported.map((one) => withSeverity(one, options)),
    context,
  );
}

function isEnabled({ code, group }: LintRule, { enable = [], disable = [] }: LintOptions): boolean {
  if (disable.includes(code)) return false;
  return group === null || enable.includes(code) || enable.includes(group);
}

function findings(rules: readonly LintRule[], context: LintContext): readonly Diagnostic[] {
  return rules.flatMap((rule) => Array.from(rule.check(context), (finding) => diagnosticOf(rule, finding)));
}

function diagnosticOf({ code, severity }: LintRule, finding: LintFinding): Diagnostic {
  return { code, severity, ...finding };
}

function isReported({ code, severity }: Diagnostic, { disable = [] }: LintOptions): boolean {
  return severity === "error" || !disable.includes(code);
}

/** What keeps rules from loading is an error, whatever the configuration says. */
function withSeverity(diagnostic: Diagnostic, { severities = {} }: LintOptions): Diagnostic {
  const severity = diagnostic.severity === "error" ? undefined : severities[diagnostic.code];
  return severity === undefined ? diagnostic : { ...diagnostic, severity };
}

function inOrder(diagnostics: readonly Diagnostic[], { files }: LintContext): readonly Diagnostic[] {
  const order = new Map(files.map(({ source }, index) => [source.path, index]));
  const fileOf = ({ span }: Diagnostic): number =>
    span === null ? files.length : (order.get(span.path) ?? files.length);
  return [...diagnostics].sort(
    (a, b) => fileOf(a) - fileOf(b) || (a.span?.start ?? 0) - (b.span?.start ?? 0),
  );
}
