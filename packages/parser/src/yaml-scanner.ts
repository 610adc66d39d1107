// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "./bytes.ts";
import { scanBlockScalar } from "./yaml-block-scalar.ts";
import { isBlank, isBlankOrBreak, isBreak, TAB, YamlCursor } from "./yaml-cursor.ts";
import type { YamlMark } from "./yaml-node.ts";
import { scanPlainScalar } from "./yaml-plain-scalar.ts";
import { scanQuotedScalar } from "./yaml-quoted-scalar.ts";
import { scanDirective, scanTag } from "./yaml-tag.ts";

export type YamlTokenKind =
  | "directive" | "document-start" | "document-end"
  | "sequence-start" | "sequence-end" | "mapping-start" | "mapping-end"
  | "flow-sequence-start" | "flow-sequence-end" | "flow-mapping-start" | "flow-mapping-end"
  | "item" | "comma" | "key" | "value" | "anchor" | "alias" | "tag" | "plain" | "quoted"; // biome-ignore format: a table

export interface YamlToken {
  readonly kind: YamlTokenKind;
  readonly mark: YamlMark;
  /** Offset behind the token. */
  readonly end: number;
  /** Scalar's value, or name of an anchor, alias or directive; empty for all others. */
  readonly text: ByteString;
  readonly pieces: readonly number[];
  /** Parameters of a directive. */
  readonly parameters: readonly string[];
  /** Whether the token counts; a possible key waits until its `:` comes, or does not. */
  state: "valid" | "waiting" | "void";
}

interface Indent {
  readonly column: number;
  readonly kind: "top" | "sequence" | "mapping";
  readonly start: YamlToken | null;
  state: YamlToken["state"];
}

/** What may turn out to be a key of a mapping, once a `:` follows on the same line. */
interface PossibleKey {
  readonly mark: YamlMark;
  readonly flowDepth: number;
  readonly indent: Indent | null;
  readonly key: YamlToken;
}

/** Farthest that a `:` may stand behind the start of its key, in bytes. */
const KEY_BYTES_MAX = 1024;
/** Open brackets at which to give up: the reader of nodes would refuse so deep a nesting anyway. */
const FLOW_DEPTH_MAX = 500;
/** Tokens that may wait until it is clear whether they begin with a key. */
const WAITING_TOKENS_MAX = 1_000_000;

const NO_PIECES: readonly number[] = [];
const FLOW_TOKENS: Readonly<Record<string, YamlTokenKind>> = {
  "[": "flow-sequence-start",
  "{": "flow-mapping-start",
  "]": "flow-sequence-end",
  "}": "flow-mapping-end",
};

/**
 * Cuts a YAML text into tokens, with the same idea of indentation, keys and errors as the engine's YAML reader.
 * It is stricter than YAML 1.2 in some things (tabs, keys over several lines) and laxer in others, so a general
 * YAML library would refuse files that the engine loads, load files that it refuses, and report other places.
 */
export class YamlScanner {
  readonly #cursor: YamlCursor;
  readonly #flows: string[] = [];
  readonly #possibleKeys: PossibleKey[] = [];
  readonly #indents: Indent[] = [{ column: -1, kind: "top", start: null, state: "valid" }];
  #queue: YamlToken[] = [];
  #head = 0;
  #keyAllowed = true;
  /** A `:` may follow at once, as in `{"a":1}`. */
  #colonMayTouch = false;
  #ended = false;

  /** Byte ranges of all comments seen so far: start, end, start, end, … */
  readonly comments: number[] = [];
  /** Marks of quoted scalars that the end of the text closed. */
  readonly unclosed: YamlMark[] = [];

  constructor(text: ByteString) {
    this.#cursor = new YamlCursor(text);
  }

  /** The next token; null at the end. Throws a YamlError where the text is no YAML. */
  peek(): YamlToken | null {
    for (;;) {
      const token = this.#queue[this.#head];
      if (token?.state === "valid") return token;
      if (token?.state === "void") this.#head++;
      else if (this.#ended) return token ?? null;
      else this.#scan();
    }
  }

  next(): YamlToken | null {
    const token = this.peek();
    if (token !== null) this.#head++;
    if (this.#head > 1024 && this.#head > this.#queue.length / 2) {
      this.#queue = this.#queue.slice(this.#head);
      this.#head = 0;
    }
    return token;
  }

  /** How far the text has been read, which is ahead of the tokens taken. */
  mark(): YamlMark {
    return this.#cursor.mark();
  }

  #scan(): void {
    const cursor = this.#cursor;
    this.#skipToToken();
    this.#closeBlocks();
    if (cursor.atEnd) this.#end();
    else if (!this.#scanDocumentToken()) this.#scanToken(String.fromCharCode(cursor.peek()), cursor.peek(1));
  }

  #scanToken(character: string, next: number): void {
    const cursor = this.#cursor;
    if (character === "[" || character === "{") this.#scanFlowStart(character);
    else if (character === "]" || character === "}") this.#scanFlowEnd(character);
    else if (character === ",") this.#scanComma();
    else if (character === "-" && cursor.endsWord(next)) this.#scanItem();
    else if (character === "?" && isBlankOrBreak(next)) this.#scanKey();
    else if (character === ":" && this.#isValueIndicator(next)) this.#scanValue();
    else if (character === "*" || character === "&") this.#scanAnchor(character);
    else if (character === "!") this.#scanTag();
    else if ((character === "|" || character === ">") && !this.#inFlow) this.#scanBlockScalar();
    else if (character === "'" || character === '"') this.#scanQuotedScalar();
    else if (this.#startsPlain(character, next)) this.#scanPlainScalar();
    else cursor.fail("unknown token");
  }

  get #inFlow(): boolean {
    return this.#flows.length > 0;
  }

  #skipToToken(): void {
    const cursor = this.#cursor;
    for (;;) {
      while (isBlank(cursor.peek())) {
        if (!this.#inFlow && cursor.peek() === TAB) this.#keyAllowed = false;
        cursor.skip();
      }
      if (cursor.peek() === 0x23) {
        const start = cursor.offset;
        cursor.skipLine();
        this.comments.push(start, cursor.offset);
      }
      if (!isBreak(cursor.peek())) return;
      cursor.skipBreak();
      this.#dropPossibleKey();
      if (!this.#inFlow) this.#keyAllowed = true;
    }
  }

  #end(): void {
    this.#cursor.endLine();
    this.#closeAllBlocks();
    this.#possibleKeys.length = 0;
    this.#keyAllowed = false;
    this.#ended = true;
  }

  #scanDocumentToken(): boolean {
    const cursor = this.#cursor;
    if (cursor.column > 0) return false;
    const kind =
      cursor.peek() === 0x25
        ? "directive"
        : cursor.atTripled(0x2d)
          ? "document-start"
          : cursor.atTripled(0x2e)
            ? "document-end"
            : null;
    if (kind === null) return false;
    this.#closeAllBlocks();
    this.#possibleKeys.length = 0;
    this.#keyAllowed = false;
    this.#colonMayTouch = false;
    const mark = cursor.mark();
    if (kind === "directive") {
      const { name, parameters } = scanDirective(cursor);
      this.#push(kind, mark, { text: name, parameters });
    } else {
      cursor.skip(3);
      this.#push(kind, mark);
    }
    return true;
  }

  #scanFlowStart(bracket: string): void {
    this.#addPossibleKey();
    this.#keyAllowed = true;
    this.#colonMayTouch = false;
    if (this.#flows.length >= FLOW_DEPTH_MAX) this.#cursor.fail("bad file: nested too deeply");
    this.#flows.push(bracket);
    this.#pushIndicator(FLOW_TOKENS[bracket] as YamlTokenKind);
  }

  #scanFlowEnd(bracket: string): void {
    const cursor = this.#cursor;
    if (!this.#inFlow) cursor.fail("illegal flow end");
    this.#endFlowEntry();
    this.#keyAllowed = false;
    this.#colonMayTouch = true;
    if (this.#flows.at(-1) !== (bracket === "]" ? "[" : "{")) cursor.fail("illegal flow end");
    this.#flows.pop();
    this.#pushIndicator(FLOW_TOKENS[bracket] as YamlTokenKind);
  }

  #scanComma(): void {
    if (this.#inFlow) this.#endFlowEntry();
    this.#keyAllowed = true;
    this.#colonMayTouch = false;
    this.#pushIndicator("comma");
  }

  /** In `{a, b}` the entries are keys without values; in `[a, b]` they are no keys. */
  #endFlowEntry(): void {
    if (this.#flows.at(-1) === "[") this.#dropPossibleKey();
    else if (this.#confirmPossibleKey()) this.#push("value", this.#cursor.mark());
  }

  #scanItem(): void {
    const cursor = this.#cursor;
    if (this.#inFlow || !this.#keyAllowed) cursor.fail("illegal block entry");
    this.#openBlock(cursor.column, "sequence", "valid");
    this.#keyAllowed = true;
    this.#colonMayTouch = false;
    this.#pushIndicator("item");
  }

  #scanKey(): void {
    const cursor = this.#cursor;
    if (!this.#inFlow) {
      if (!this.#keyAllowed) cursor.fail("illegal map key");
      this.#openBlock(cursor.column, "mapping", "valid");
    }
    this.#keyAllowed = !this.#inFlow;
    this.#pushIndicator("key");
  }

  #scanValue(): void {
    const cursor = this.#cursor;
    const confirmed = this.#confirmPossibleKey();
    this.#colonMayTouch = false;
    if (!confirmed && !this.#inFlow) {
      if (!this.#keyAllowed) cursor.fail("illegal map value");
      this.#openBlock(cursor.column, "mapping", "valid");
    }
    this.#keyAllowed = !confirmed && !this.#inFlow;
    this.#pushIndicator("value");
  }

  #isValueIndicator(next: number): boolean {
    if (!this.#inFlow) return this.#cursor.endsWord(next);
    return this.#colonMayTouch || isBlankOrBreak(next) || next === 0x2c || next === 0x5d || next === 0x7d;
  }

  #scanAnchor(indicator: "*" | "&"): void {
    const cursor = this.#cursor;
    const what = indicator === "*" ? "alias" : "anchor";
    this.#addPossibleKey();
    this.#keyAllowed = false;
    this.#colonMayTouch = false;
    const mark = cursor.mark();
    cursor.skip();
    const start = cursor.offset;
    while (!cursor.atEnd && !isBlankOrBreak(cursor.peek()) && !isOneOf(cursor.peek(), "[]{},")) cursor.skip();
    if (cursor.offset === start) cursor.fail(`${what} not found after ${indicator}`);
    if (!cursor.atEnd && !isBlankOrBreak(cursor.peek()) && !isOneOf(cursor.peek(), "?:,]}%@`"))
      cursor.fail(`illegal character found while scanning ${what}`);
    this.#push(what, mark, { text: cursor.text.slice(start, cursor.offset) });
  }

  #scanTag(): void {
    this.#addPossibleKey();
    this.#keyAllowed = false;
    this.#colonMayTouch = false;
    const mark = this.#cursor.mark();
    this.#push("tag", mark, { text: scanTag(this.#cursor) });
  }

  #scanBlockScalar(): void {
    const mark = this.#cursor.mark();
    const { text, end } = scanBlockScalar(this.#cursor, this.#indents.at(-1)?.column ?? 0);
    this.#keyAllowed = true;
    this.#colonMayTouch = false;
    this.#push("quoted", mark, { text: text.value, pieces: text.pieces, end });
  }

  #scanQuotedScalar(): void {
    this.#addPossibleKey();
    const mark = this.#cursor.mark();
    const { text, closed } = scanQuotedScalar(this.#cursor);
    if (!closed) this.unclosed.push(mark);
    this.#keyAllowed = false;
    this.#colonMayTouch = true;
    this.#push("quoted", mark, { text: text.value, pieces: text.pieces });
  }

  #startsPlain(character: string, next: number): boolean {
    if (",[]{}#&*!|>'\"%@`".includes(character)) return false;
    if (character === "-" || character === ":" || (character === "?" && !this.#inFlow))
      return !(this.#inFlow ? isBlank(next) || Number.isNaN(next) : this.#cursor.endsWord(next));
    return character !== "?";
  }

  #scanPlainScalar(): void {
    const indent = this.#inFlow ? 0 : (this.#indents.at(-1)?.column ?? -1) + 1;
    this.#addPossibleKey();
    const mark = this.#cursor.mark();
    const { text, end, endedByLine } = scanPlainScalar(this.#cursor, this.#inFlow, indent);
    this.#keyAllowed = endedByLine;
    this.#colonMayTouch = false;
    this.#push("plain", mark, { text: text.value, pieces: text.pieces, end });
  }

  #openBlock(column: number, kind: "sequence" | "mapping", state: YamlToken["state"]): Indent | null {
    const last = this.#indents.at(-1);
    if (this.#inFlow || last === undefined || column < last.column) return null;
    if (column === last.column && !(kind === "sequence" && last.kind === "mapping")) return null;
    const start = this.#push(`${kind}-start`, this.#cursor.mark(), { state });
    const indent: Indent = { column, kind, start, state };
    this.#indents.push(indent);
    return indent;
  }

  /** Closes the blocks that a token in this column is not part of. */
  #closeBlocks(): void {
    if (this.#inFlow) return;
    const { column } = this.#cursor;
    const atItem = this.#cursor.peek() === 0x2d && this.#cursor.endsWord(this.#cursor.peek(1));
    for (let last = this.#indents.at(-1); last !== undefined; last = this.#indents.at(-1)) {
      const belongs =
        last.column < column || (last.column === column && !(last.kind === "sequence" && !atItem));
      if (belongs && last.state !== "void") return;
      this.#closeBlock();
    }
  }

  #closeAllBlocks(): void {
    if (this.#inFlow) return;
    while ((this.#indents.at(-1)?.kind ?? "top") !== "top") this.#closeBlock();
  }

  #closeBlock(): void {
    const indent = this.#indents.pop();
    if (indent === undefined || indent.kind === "top") return;
    if (indent.state === "valid") this.#push(`${indent.kind}-end`, this.#cursor.mark());
    else this.#dropPossibleKey();
  }

  #addPossibleKey(): void {
    if (!this.#keyAllowed || this.#possibleKeys.at(-1)?.flowDepth === this.#flows.length) return;
    const indent = this.#inFlow ? null : this.#openBlock(this.#cursor.column, "mapping", "waiting");
    const key = this.#push("key", this.#cursor.mark(), { state: "waiting" });
    this.#possibleKeys.push({ mark: key.mark, flowDepth: this.#flows.length, indent, key });
  }

  #takePossibleKey(): PossibleKey | null {
    const possible = this.#possibleKeys.at(-1);
    if (possible === undefined || possible.flowDepth !== this.#flows.length) return null;
    this.#possibleKeys.pop();
    return possible;
  }

  #dropPossibleKey(): void {
    const possible = this.#takePossibleKey();
    if (possible !== null) decide(possible, "void");
  }

  #confirmPossibleKey(): boolean {
    const possible = this.#takePossibleKey();
    if (possible === null) return false;
    const { line, offset } = this.#cursor;
    const confirmed = line === possible.mark.line && offset - possible.mark.offset <= KEY_BYTES_MAX;
    decide(possible, confirmed ? "valid" : "void");
    return confirmed;
  }

  #pushIndicator(kind: YamlTokenKind): void {
    const mark = this.#cursor.mark();
    this.#cursor.skip();
    this.#push(kind, mark);
  }

  #push(kind: YamlTokenKind, mark: YamlMark, more: Partial<YamlToken> = {}): YamlToken {
    const { text = "", pieces = NO_PIECES, parameters = [], end = this.#cursor.offset } = more;
    const token: YamlToken = { kind, mark, end, text, pieces, parameters, state: more.state ?? "valid" };
    if (this.#queue.length - this.#head >= WAITING_TOKENS_MAX) this.#cursor.fail("bad file: too many values");
    this.#queue.push(token);
    return token;
  }
}

function decide({ indent, key }: PossibleKey, state: "valid" | "void"): void {
  key.state = state;
  if (indent === null) return;
  indent.state = state;
  if (indent.start !== null) indent.start.state = state;
}

function isOneOf(code: number, characters: string): boolean {
  return characters.includes(String.fromCharCode(code));
}
