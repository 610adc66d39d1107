// SPDX-License-Identifier: Apache-2.0
import {
  type ByteString,
  decodeText,
  type EngineLocation,
  encodeText,
  type LineIndex,
  type RulesFile,
  type Span,
  type YamlMark,
  type YamlNode,
} from "@falcoc/parser";

/** What the engine calls the parts of a rules file. */
export type ItemType =
  | "value for" | "exceptions" | "exception" | "exception values" | "exception value"
  | "rules content" | "rules content item" | "required_engine_version"
  | "required plugin versions" | "required plugin versions entry" | "required plugin versions alternative"
  | "list" | "list item" | "macro" | "macro condition" | "rule" | "rule condition" | "condition expression"
  | "rule output" | "rule priority" | "overrides"; // biome-ignore format: a table

/** A place in a rules file, with the chain of places around it, as the engine reports them (spec 4.2). */
export interface Context {
  readonly parent: Context | null;
  readonly itemType: ItemType;
  readonly itemName: ByteString;
  readonly file: RulesFile;
  readonly mark: YamlMark;
  /** The text that the place belongs to, when it is inside a condition; null when it is the file's. */
  readonly expression: ByteString | null;
}

export function fileContext(file: RulesFile): Context {
  const mark: YamlMark = { offset: 0, line: 0, column: 0 };
  return { parent: null, itemType: "rules content", itemName: "", file, mark, expression: null };
}

export function nodeContext(
  parent: Context,
  itemType: ItemType,
  node: { readonly mark: YamlMark },
  itemName: ByteString = "",
): Context {
  return { parent, itemType, itemName, file: parent.file, mark: node.mark, expression: null };
}

/**
 * A place in a condition: `shown` is the text that the engine shows for it, `offset` counts in the text that `lines`
 * knows. The numbers are those of the condition added to those of the place around it.
 */
export function expressionContext(
  parent: Context,
  shown: ByteString,
  lines: LineIndex,
  offset: number,
): Context {
  return expressionContextAt(parent, shown, { offset, ...lines.position(offset) });
}

/** The same for a place whose line and column are known. */
export function expressionContextAt(parent: Context, shown: ByteString, place: YamlMark): Context {
  const { offset, line, column } = parent.mark;
  return {
    parent,
    itemType: "condition expression",
    itemName: "",
    file: parent.file,
    mark: { offset: offset + place.offset, line: line + place.line, column: column + place.column },
    expression: shown,
  };
}

/** The chain of places, outermost first. */
export function locationsOf(context: Context): readonly EngineLocation[] {
  const location: EngineLocation = {
    itemType: context.itemType,
    itemName: decodeText(context.itemName),
    position: {
      name: context.expression === null ? context.file.source.path : expressionName(context.expression),
      line: context.mark.line,
      column: context.mark.column,
      offset: context.mark.offset,
    },
  };
  return context.parent === null ? [location] : [...locationsOf(context.parent), location];
}

const NAME_BYTES_MAX = 20;

function expressionName(expression: ByteString): string {
  const name =
    expression.length > NAME_BYTES_MAX ? `${expression.slice(0, NAME_BYTES_MAX - 3)}...` : expression;
  return `"${decodeText(name.replaceAll(/[\r\n]/g, " "))}"`;
}

/** Most bytes shown on each side of the place. */
const SNIPPET_REACH = 80;
const NO_SNIPPET = "<No context available>\n";

/** The line of the content around the place, with a caret under it, as the engine cuts it. */
export function snippetOf(context: Context): string {
  return decodeText(snippet(context.expression || contentOf(context.file), context.mark.offset));
}

function contentOf({ source, bytes }: RulesFile): ByteString {
  return source.text.startsWith("\ufeff") ? encodeText("\ufeff") + bytes : bytes;
}

function snippet(content: ByteString, offset: number): ByteString {
  if (content === "") return NO_SNIPPET;
  let at = Math.min(offset, content.length);
  while (at > 0 && (at >= content.length || content[at] === "\n")) at--;
  let from = at;
  while (from > 0 && content[from] !== "\n" && at - from < SNIPPET_REACH) from--;
  let to = at;
  while (to < content.length - 1 && content[to] !== "\n" && to - at < SNIPPET_REACH) to++;
  // A content that begins with an empty line, and a place on it: there the engine shows all that follows.
  const overflows = content[at] === "\n";
  if (content[from] === "\n") from++;
  if (content[to] === "\n") to--;
  let line = overflows ? content.slice(from) : content.slice(from, to + 1);
  if (line === "") return NO_SNIPPET;
  if (overflows || at - from >= SNIPPET_REACH) line = `...${line.slice(3)}`;
  if (overflows || to - at >= SNIPPET_REACH) line = `${line.slice(0, -3)}...`;
  const caret = overflows || at - from > line.length ? "" : `${" ".repeat(at - from)}^\n`;
  return `${line}\n${caret}`;
}

/** A node's own text; for one without text the place where it would stand. */
export function spanOfNode(file: RulesFile, node: YamlNode): Span {
  return file.span(node.start, node.end);
}

/** The innermost named thing around a place, for messages: `rule "Shell in container"`. */
export function nameOf(context: Context): string {
  for (let place: Context | null = context; place !== null; place = place.parent) {
    if (place.itemName !== "" && place.itemType !== "value for") {
      return `${place.itemType} ${quoted(place.itemName)}`;
    }
  }
  return context.itemType;
}

export function quoted(name: ByteString): string {
  return `"${decodeText(name)}"`;
}
