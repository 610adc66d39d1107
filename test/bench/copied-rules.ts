// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

/** Rules files with every rule several times, each copy with a name and a part of its condition of its own. */
export interface CopiedRules {
  readonly paths: readonly string[];
  remove(): void;
}

/** Writes such files to a temporary folder. */
export function copiedRules(paths: readonly string[], copies: number): CopiedRules {
  const directory = mkdtempSync(join(tmpdir(), "falcoc-bench-"));
  const written = paths.map((path) => {
    const target = join(directory, basename(path));
    writeFileSync(target, copied(readFileSync(path, "utf8"), copies));
    return target;
  });
  return { paths: written, remove: () => rmSync(directory, { recursive: true }) };
}

function copied(text: string, copies: number): string {
  const items = text.split(/^(?=- )/m);
  const rules = items.filter((item) => item.startsWith("- rule:"));
  const numbers = Array.from({ length: copies - 1 }, (_, i) => i + 1);
  return [...items, ...numbers.flatMap((number) => rules.map((rule) => variant(rule, number)))].join("");
}

/** The indentation of the condition does not matter inside a folded text, but for its first line. */
function variant(rule: string, number: number): string {
  return rule
    .replace(/^- rule: *(.*)$/m, `- rule: $1 (copy ${number})`)
    .replace(
      /^ {2}condition: *(?:[>|][-+]?)?\s*([\s\S]*?)(?=^ {2}\w+:)/m,
      (_, condition: string) =>
        `  condition: >\n    (${condition.trim().replace(/\s*\n\s*/g, "\n    ")}) and proc.name != variant_${number}\n`,
    );
}
