// SPDX-License-Identifier: Apache-2.0
import { createToken, type IToken, type TokenType } from "chevrotain";

// A token's type says what its text means at its place: only the scanner knows, so no type has a pattern.

export const Not = token("Not");
export const And = token("And");
export const Or = token("Or");
/** `(`, `not(`, `and(`, `or(`: a word and its parenthesis at once. */
export const Group = token("Group");
export const NotGroup = token("NotGroup");
export const AndGroup = token("AndGroup");
export const OrGroup = token("OrGroup");
/** The parenthesis that opens a list. */
export const ListStart = token("ListStart");
export const RightParenthesis = token("RightParenthesis");
export const Comma = token("Comma");

export const MacroName = token("MacroName");
export const FieldName = token("FieldName");
/** `[…]` with its brackets; the image is the decoded text between them. */
export const Argument = token("Argument");
/** A transformer's name and its parenthesis; the image is the name. */
export const Call = token("Call");
/** `val(` */
export const ValCall = token("ValCall");

export const Exists = token("Exists");
/** Binary operators, by what may stand on their right. */
export const NumberOperator = token("NumberOperator");
export const TextOperator = token("TextOperator");
export const ListOperator = token("ListOperator");
export const ModifierWord = token("ModifierWord");

export const NumberText = token("NumberText");
/** A text in quotes; the image is the decoded text. */
export const QuotedText = token("QuotedText");
export const BareText = token("BareText");
/** An identifier in the place of a list. */
export const ListName = token("ListName");

/** A group's content with the closing parenthesis, and a call without its argument, that were parsed before. */
export const ParsedGroup = token("ParsedGroup");
export const ParsedCall = token("ParsedCall");

export const TOKENS: readonly TokenType[] = [
  Not,
  And,
  Or,
  Group,
  NotGroup,
  AndGroup,
  OrGroup,
  ListStart,
  RightParenthesis,
  Comma,
  MacroName,
  FieldName,
  Argument,
  Call,
  ValCall,
  Exists,
  NumberOperator,
  TextOperator,
  ListOperator,
  ModifierWord,
  NumberText,
  QuotedText,
  BareText,
  ListName,
  ParsedGroup,
  ParsedCall,
];

function token(name: string): TokenType {
  return createToken({ name });
}

/** A token of a condition. Offsets are bytes; `endOffset` is that of the last byte, as Chevrotain has it. */
export class Token implements IToken {
  readonly image: string;
  readonly startOffset: number;
  readonly endOffset: number;
  readonly tokenType: TokenType;
  readonly tokenTypeIdx: number;

  constructor(tokenType: TokenType, startOffset: number, end: number, image: string) {
    this.image = image;
    this.startOffset = startOffset;
    this.endOffset = end - 1;
    this.tokenType = tokenType;
    this.tokenTypeIdx = tokenType.tokenTypeIdx ?? 0;
  }
}

/** Stands for tokens that were parsed before the rest. */
export class ParsedToken<Parsed> extends Token {
  readonly parsed: Parsed;

  constructor(tokenType: TokenType, tokens: readonly Token[], parsed: Parsed) {
    super(tokenType, tokens[0]?.startOffset ?? 0, (tokens.at(-1)?.endOffset ?? 0) + 1, "");
    this.parsed = parsed;
  }
}
