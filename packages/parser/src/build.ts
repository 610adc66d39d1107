// SPDX-License-Identifier: Apache-2.0
import type { TokenType } from "chevrotain";
import type { Condition, Operand } from "./ast.ts";
import { ConditionGrammar } from "./grammar.ts";
import type { Scanned } from "./scan.ts";
import * as tokens from "./tokens.ts";

/**
 * Groups and calls that the grammar follows into each other. Each costs the parser some twenty frames of the stack,
 * and the engine's own limit would let a thousand through; so what is nested deeper is parsed first, from the inside
 * out, and stands in the rest as one token.
 */
const NESTING_MAX = 32;

/** The tree of a condition that was scanned without a fault. */
export function buildCondition(scanned: Scanned): Condition {
  return parse(shallow(scanned), (grammar) => grammar.condition());
}

/** The tree of a field reference or transformer call that was scanned without a fault. */
export function buildOperand(scanned: Scanned): Operand {
  return parse(shallow(scanned), (grammar) => grammar.operand());
}

/** Made at first use: Chevrotain's analysis of the grammar takes some milliseconds. Holds nothing between two parses. */
let grammar: ConditionGrammar | null = null;

function parse<Result>(input: tokens.Token[], rule: (grammar: ConditionGrammar) => Result): Result {
  grammar ??= new ConditionGrammar();
  grammar.input = input;
  const result = rule(grammar);
  const [error] = grammar.errors;
  grammar.input = [];
  if (error !== undefined) throw new Error(`scanner and grammar disagree: ${error.message}`);
  return result;
}

const OPENERS: ReadonlySet<TokenType> = new Set([
  tokens.Group,
  tokens.NotGroup,
  tokens.AndGroup,
  tokens.OrGroup,
  tokens.Call,
  tokens.ValCall,
  tokens.ListStart,
]);

/** A parenthesis that is open. */
interface Level {
  readonly opener: TokenType;
  /** Index in the output of the token behind the opener. */
  readonly start: number;
  /** Most levels that the content holds in the output. */
  height: number;
}

/** Tokens of the same text, nested no deeper than the grammar is to follow. */
function shallow(scanned: Scanned): tokens.Token[] {
  if (scanned.nesting <= NESTING_MAX) return scanned.tokens;
  const output: tokens.Token[] = [];
  const levels: Level[] = [];
  for (const token of scanned.tokens) {
    output.push(token);
    if (OPENERS.has(token.tokenType))
      levels.push({ opener: token.tokenType, start: output.length, height: 0 });
    const closed = token.tokenType === tokens.RightParenthesis ? levels.pop() : undefined;
    if (closed === undefined) continue;
    const parsed = closed.height + 1 >= NESTING_MAX && parseLevel(output, closed);
    const outer = levels.at(-1);
    if (outer !== undefined) outer.height = Math.max(outer.height, parsed ? 0 : closed.height + 1);
  }
  return output;
}

/** Replaces a level at the end of the output by one token; lists stay as they are. */
function parseLevel(output: tokens.Token[], level: Level): boolean {
  if (level.opener === tokens.ListStart) return false;
  const isCall = level.opener === tokens.Call;
  const phrase = output.splice(isCall ? level.start - 1 : level.start);
  output.push(
    isCall
      ? new tokens.ParsedToken(
          tokens.ParsedCall,
          phrase,
          parse([...phrase], (rules) => rules.call()),
        )
      : new tokens.ParsedToken(
          tokens.ParsedGroup,
          phrase,
          parse([...phrase], (rules) => rules.group()),
        ),
  );
  return true;
}
