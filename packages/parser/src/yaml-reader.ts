// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "./bytes.ts";
import { YamlError } from "./yaml-error.ts";
import type { YamlEntry, YamlMark, YamlNode } from "./yaml-node.ts";
import { YamlScanner, type YamlToken } from "./yaml-scanner.ts";

/**
 * Most that one document may hold: a value counts 1, and 1 more for each 64 bytes. What an alias stands for counts
 * each time, so that whoever walks the document has no more to do than this.
 */
export const YAML_WEIGHT_MAX = 1_000_000;
/** Nesting at which the engine gives up, too. */
export const YAML_DEPTH_MAX = 500;

/** What a YAML text holds: documents up to the first problem, and the things beside them. */
export interface YamlContent {
  /** Without the documents that the engine ignores. */
  readonly documents: readonly YamlNode[];
  /** Why reading stopped; null when all was read. */
  readonly error: { readonly mark: YamlMark; readonly message: string } | null;
  /** Byte ranges of comments: start, end, start, end, … */
  readonly comments: readonly number[];
  /** Marks of texts in quotes that only the end of the file closed. */
  readonly unclosed: readonly YamlMark[];
  /** Where an empty document keeps the engine from reading on; null when nothing follows it. */
  readonly ignoredFrom: YamlMark | null;
}

/** Reads the bytes of a YAML text as the engine does. Never throws. */
export function readYaml(text: ByteString): YamlContent {
  const scanner = new YamlScanner(text);
  const documents: YamlNode[] = [];
  let error: YamlContent["error"] = null;
  let ignoredFrom: YamlMark | null = null;
  try {
    for (;;) {
      const document = new DocumentComposer(scanner).document();
      if (document === null) break;
      if (document.kind === "null") {
        ignoredFrom = scanner.peek()?.mark ?? null;
        break;
      }
      documents.push(document);
    }
  } catch (caught) {
    if (!(caught instanceof YamlError)) throw caught;
    error = { mark: caught.mark, message: caught.message };
  }
  return { documents, error, comments: scanner.comments, unclosed: scanner.unclosed, ignoredFrom };
}

class DocumentComposer {
  readonly #scanner: YamlScanner;
  readonly #anchors = new Map<string, Anchored | "open">();
  #depth = 0;
  #weight = 0;
  /** Whether the innermost collection is a flow sequence, in which `a: b` is a mapping of its own. */
  #inFlowSequence = false;

  constructor(scanner: YamlScanner) {
    this.#scanner = scanner;
  }

  /** The next document; null when there is none. */
  document(): YamlNode | null {
    this.#skipDirectives();
    if (this.#peek() === undefined) return null;
    if (this.#peek() === "document-start") this.#scanner.next();
    const root = this.#node();
    while (this.#peek() === "document-end") this.#scanner.next();
    return root;
  }

  #skipDirectives(): void {
    for (let token = this.#scanner.peek(); token?.kind === "directive"; token = this.#scanner.peek()) {
      const { text, parameters, mark } = token;
      if (text === "YAML") {
        if (parameters.length !== 1) fail(mark, "YAML directives must have exactly one argument");
        const version = /^(\d+)\.(\d+)$/.exec(parameters[0] ?? "");
        if (version === null) fail(mark, `bad YAML version: ${parameters[0]}`);
        if (Number(version[1]) > 1) fail(mark, "YAML major version too large");
      }
      if (text === "TAG" && parameters.length !== 2)
        fail(mark, "TAG directives must have exactly two arguments");
      this.#scanner.next();
    }
  }

  #peek(): YamlToken["kind"] | undefined {
    return this.#scanner.peek()?.kind;
  }

  #node(): YamlNode {
    if (++this.#depth > YAML_DEPTH_MAX) fail(this.#scanner.mark(), "bad file: nested too deeply");
    this.#weigh(1);
    const node = this.#anyNode();
    this.#depth--;
    return node;
  }

  #weigh(weight: number): void {
    this.#weight += weight;
    if (this.#weight > YAML_WEIGHT_MAX) fail(this.#scanner.mark(), "bad file: too many values");
  }

  #anyNode(): YamlNode {
    const first = this.#scanner.peek();
    if (first === null) return nullAt(this.#scanner.mark());
    if (first.kind === "value") return this.#pair(first, null);
    if (first.kind === "alias") return this.#alias();
    const { anchor, tagged } = this.#properties();
    const before = this.#weight;
    if (anchor !== null) this.#anchors.set(anchor, "open");
    const node = this.#content(first.mark, tagged);
    if (anchor !== null) this.#anchors.set(anchor, { node, weight: this.#weight - before });
    return node;
  }

  #alias(): YamlNode {
    const token = this.#scanner.next() as YamlToken;
    const anchored = this.#anchors.get(token.text);
    if (anchored === undefined) fail(token.mark, `the referenced anchor is not defined: ${token.text}`);
    if (anchored === "open") fail(token.mark, `the referenced anchor contains this alias: ${token.text}`);
    this.#weigh(anchored.weight);
    return anchored.node;
  }

  #properties(): { anchor: string | null; tagged: boolean } {
    let anchor: string | null = null;
    let tagged = false;
    for (;;) {
      const token = this.#scanner.peek();
      if (token?.kind === "tag") {
        if (tagged) fail(token.mark, "cannot assign multiple tags to the same node");
        tagged = true;
      } else if (token?.kind === "anchor") {
        if (anchor !== null) fail(token.mark, "cannot assign multiple anchors to the same node");
        anchor = token.text;
      } else return { anchor, tagged };
      this.#scanner.next();
    }
  }

  #content(mark: YamlMark, tagged: boolean): YamlNode {
    const token = this.#scanner.peek();
    if (token === null) return nullAt(mark);
    switch (token.kind) {
      case "plain":
      case "quoted":
        this.#scanner.next();
        if (token.kind === "plain" && !tagged && isNull(token.text))
          return { kind: "null", mark, start: token.mark.offset, end: token.end };
        this.#weigh(token.text.length >> 6);
        return scalar(token, mark);
      case "sequence-start":
        return this.#blockSequence(mark);
      case "flow-sequence-start":
        return this.#flowSequence(mark);
      case "mapping-start":
        return this.#blockMapping(mark);
      case "flow-mapping-start":
        return this.#flowMapping(mark);
      case "key":
        if (this.#inFlowSequence) return this.#pair(token, token);
        break;
      default:
    }
    if (!tagged) return nullAt(mark);
    return { kind: "scalar", mark, start: mark.offset, end: mark.offset, text: "", plain: false, pieces: [] };
  }

  #blockSequence(mark: YamlMark): YamlNode {
    const items: YamlNode[] = [];
    const end = this.#collection(false, () => {
      for (;;) {
        const token = this.#scanner.next();
        if (token?.kind !== "item" && token?.kind !== "sequence-end")
          fail(token?.mark ?? this.#scanner.mark(), "end of sequence not found");
        if (token.kind === "sequence-end") return items.at(-1)?.end ?? token.mark.offset;
        const next = this.#scanner.peek();
        if (next?.kind === "item" || next?.kind === "sequence-end") items.push(nullAt(next.mark));
        else items.push(this.#node());
      }
    });
    return { kind: "sequence", mark, start: mark.offset, end, items };
  }

  #flowSequence(mark: YamlMark): YamlNode {
    const items: YamlNode[] = [];
    const end = this.#collection(true, () => {
      for (;;) {
        if (this.#peek() === "flow-sequence-end") return this.#scanner.next()?.end ?? 0;
        if (this.#peek() === undefined) fail(this.#scanner.mark(), "end of sequence flow not found");
        items.push(this.#node());
        const separator = this.#scanner.peek();
        if (separator?.kind === "comma") this.#scanner.next();
        else if (separator?.kind !== "flow-sequence-end")
          fail(separator?.mark ?? this.#scanner.mark(), "end of sequence flow not found");
      }
    });
    return { kind: "sequence", mark, start: mark.offset, end, items };
  }

  #blockMapping(mark: YamlMark): YamlNode {
    const entries: YamlEntry[] = [];
    const end = this.#collection(false, () => {
      for (;;) {
        const token = this.#scanner.peek();
        if (token?.kind === "mapping-end") {
          this.#scanner.next();
          return entries.at(-1)?.value.end ?? token.mark.offset;
        }
        if (token?.kind !== "key" && token?.kind !== "value")
          fail(token?.mark ?? this.#scanner.mark(), "end of map not found");
        entries.push(this.#entry(token));
      }
    });
    return { kind: "mapping", mark, start: mark.offset, end, entries };
  }

  #flowMapping(mark: YamlMark): YamlNode {
    const entries: YamlEntry[] = [];
    const end = this.#collection(false, () => {
      for (;;) {
        const token = this.#scanner.peek();
        if (token === null) fail(this.#scanner.mark(), "end of map flow not found");
        if (token.kind === "flow-mapping-end") return this.#scanner.next()?.end ?? 0;
        entries.push(this.#entry(token));
        const separator = this.#scanner.peek();
        if (separator?.kind === "comma") this.#scanner.next();
        else if (separator?.kind !== "flow-mapping-end")
          fail(separator?.mark ?? this.#scanner.mark(), "end of map flow not found");
      }
    });
    return { kind: "mapping", mark, start: mark.offset, end, entries };
  }

  /** A mapping of one pair without brackets: `key` is its token, or null where it begins with the `:`. */
  #pair(first: YamlToken, key: YamlToken | null): YamlNode {
    const { mark } = first;
    let entry: YamlEntry | null = null;
    this.#collection(false, () => {
      entry = this.#entry(key ?? first);
      return 0;
    });
    const entries = entry === null ? [] : [entry as YamlEntry];
    return { kind: "mapping", mark, start: mark.offset, end: entries[0]?.value.end ?? mark.offset, entries };
  }

  #entry(first: YamlToken): YamlEntry {
    let key: YamlNode = nullAt(first.mark);
    if (first.kind === "key") {
      this.#scanner.next();
      key = this.#node();
    }
    if (this.#peek() !== "value") return { key, value: nullAt(first.mark) };
    this.#scanner.next();
    return { key, value: this.#node() };
  }

  /** Reads a collection behind its start token, which block and flow collections have. */
  #collection(isFlowSequence: boolean, read: () => number): number {
    const outer = this.#inFlowSequence;
    const first = this.#peek();
    if (first?.endsWith("-start")) this.#scanner.next();
    this.#inFlowSequence = isFlowSequence;
    const end = read();
    this.#inFlowSequence = outer;
    return end;
  }
}

interface Anchored {
  readonly node: YamlNode;
  readonly weight: number;
}

function scalar(token: YamlToken, mark: YamlMark): YamlNode {
  const { text, pieces, end } = token;
  const plain = token.kind === "plain";
  return { kind: "scalar", mark, start: token.mark.offset, end, text, plain, pieces };
}

function nullAt(mark: YamlMark): YamlNode {
  return { kind: "null", mark, start: mark.offset, end: mark.offset };
}

function isNull(text: string): boolean {
  return text === "" || text === "~" || text === "null" || text === "Null" || text === "NULL";
}

function fail(mark: YamlMark, message: string): never {
  throw new YamlError(mark, message);
}
