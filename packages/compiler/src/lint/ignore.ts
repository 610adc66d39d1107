// SPDX-License-Identifier: Apache-2.0
import { type Diagnostic, LineIndex, type RulesFile, type Span } from "@falcoc/parser";
import type { Item } from "./items.ts";

/** A comment `# falcoc-ignore CODE[, CODE]: reason`. */
export interface IgnoreComment {
  readonly span: Span;
  readonly codes: readonly string[];
  /** Empty when it gives none. */
  readonly reason: string;
  /** What it silences: findings that begin in here, which is its line, or the item or line below it. */
  readonly range: Span;
}

const COMMENT = /^#+\s*falcoc-ignore\b(?<codes>[^:]*)(?::(?<reason>.*))?$/s;

/** All such comments of the files, in order. */
export function ignoreComments(
  files: readonly RulesFile[],
  items: readonly Item[],
): readonly IgnoreComment[] {
  return files.flatMap((file) => {
    const { text } = file.source;
    const lines = new LineIndex(text);
    const ofFile = items.filter((item) => item.file === file);
    return file.comments.flatMap((span): IgnoreComment[] => {
      const groups = COMMENT.exec(text.slice(span.start, span.end))?.groups;
      if (groups === undefined) return [];
      const codes = (groups.codes ?? "").split(/[\s,]+/).filter((code) => code !== "");
      return [
        { span, codes, reason: (groups.reason ?? "").trim(), range: rangeOf(span, file, lines, ofFile) },
      ];
    });
  });
}

/** Findings that no comment silences, and the comments with the codes that silenced something. */
export function silence(
  diagnostics: readonly Diagnostic[],
  comments: readonly IgnoreComment[],
): { readonly kept: readonly Diagnostic[]; readonly used: ReadonlyMap<IgnoreComment, ReadonlySet<string>> } {
  const used = new Map<IgnoreComment, Set<string>>();
  const kept = diagnostics.filter(({ code, span, severity }) => {
    if (span === null || (severity === "error" && code.startsWith("LOAD_"))) return true;
    const silencing = comments.filter((one) => one.codes.includes(code) && holds(one.range, span));
    for (const comment of silencing) used.set(comment, (used.get(comment) ?? new Set()).add(code));
    return silencing.length === 0;
  });
  return { kept, used };
}

function holds(range: Span, { path, start }: Span): boolean {
  return path === range.path && start >= range.start && start < range.end;
}

function rangeOf(comment: Span, file: RulesFile, lines: LineIndex, items: readonly Item[]): Span {
  const { text, path } = file.source;
  const { line } = lines.position(comment.start);
  const lineSpan = (number: number): Span => ({
    path,
    start: lines.lineStart(number),
    end: number < lines.lines ? lines.lineStart(number + 1) : text.length,
  });
  if (text.slice(lines.lineStart(line), comment.start).trim() !== "") return lineSpan(line);
  let below = line + 1;
  while (below < lines.lines && /^\s*(#.*)?\s*$/.test(text.slice(lineSpan(below).start, lineSpan(below).end)))
    below++;
  const next = lineSpan(below);
  const item = items.map(({ node }) => file.span(node.start, node.end)).find((span) => holds(next, span));
  return item ?? next;
}
