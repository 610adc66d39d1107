// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "./bytes.ts";
import {
  bareEnd,
  blanksEnd,
  identifierEnd,
  isAlphanumeric,
  isBlank,
  isLetter,
  notSeparatorEnd,
  numberEnd,
  quotedEnd,
} from "./lexemes.ts";
import { MODIFIERS, type Modifier, OPERATOR_NAMES, OPERATORS, type Operator } from "./operators.ts";
import {
  close,
  fail,
  failTooDeep,
  lastTokenText,
  open,
  type Place,
  runScan,
  type Scan,
  type Scanned,
  skipBlanks,
  take,
  takeCharacter,
  takeQuoted,
  unescapeRange,
} from "./scan.ts";
import { failOperandMissing, reference, transformer, valCall } from "./scan-operand.ts";
import * as tokens from "./tokens.ts";

// Levels of the engine's recursion below its procedure for `or`. A group adds one, its own `or` the next.
const AND_LEVEL = 1;
const NOT_LEVEL = 2;
const OPERAND_LEVEL = 3;
const REFERENCE_LEVEL = 4;
/** A test takes one level, the choice of its right side one, the value or call one. */
const RIGHT_LEVEL = 6;

/** Cuts a whole condition into tokens. */
export function scanCondition(text: ByteString, depthMax: number): Scanned {
  const start: Place = text === "" ? (scan) => fail(scan, "empty-input") : either;
  return runScan(start, { text, at: 0, depthMax, outerArgument: true });
}

/** Connectives and groups: where a condition or the content of a group begins. */
function either(scan: Scan): Place | null {
  skipBlanks(scan);
  return scan.depth + NOT_LEVEL >= scan.depthMax ? failTooDeep(scan) : negation;
}

/** The content of a group whose parenthesis was read on a level below the current `or`. */
function group(scan: Scan, level: number, next: Place): Place | null {
  const depth = scan.depth + level + 1;
  if (depth >= scan.depthMax) return failTooDeep(scan);
  open(scan, depth + 1, next);
  return either;
}

function negation(scan: Scan): Place | null {
  const { text } = scan;
  skipBlanks(scan);
  while (text.startsWith("not", scan.at)) {
    const end = notSeparatorEnd(text, scan.at + 3);
    if (end > scan.at + 3) {
      take(scan, tokens.Not, scan.at + 3, "not");
      scan.at = end;
    } else if (text.charAt(end) === "(") {
      take(scan, tokens.NotGroup, end + 1, "not(");
      return group(scan, NOT_LEVEL, andOr);
    } else break;
  }
  return operand;
}

function operand(scan: Scan): Place | null {
  if (scan.depth + OPERAND_LEVEL >= scan.depthMax) return failTooDeep(scan);
  skipBlanks(scan);
  if (takeCharacter(scan, tokens.Group, "(")) return group(scan, OPERAND_LEVEL, andOr);
  return reference(scan, scan.depth + REFERENCE_LEVEL, test, macroName);
}

function macroName(scan: Scan): Place | null {
  const end = identifierEnd(scan.text, scan.at);
  if (end === scan.at) return failOperandMissing(scan);
  take(scan, tokens.MacroName, end);
  return andOr;
}

/** Behind an operand or a group. */
function andOr(scan: Scan): Place | null {
  skipBlanks(scan);
  return scan.text.startsWith("and", scan.at) ? connective(scan, AND) : orOnly(scan);
}

/** Behind the group of `or(`, where the engine looks for another `or` and never for an `and`. */
function orOnly(scan: Scan): Place | null {
  skipBlanks(scan);
  return scan.text.startsWith("or", scan.at) ? connective(scan, OR) : groupEnd(scan);
}

const AND = {
  word: "and",
  token: tokens.And,
  groupToken: tokens.AndGroup,
  level: AND_LEVEL,
  afterGroup: andOr,
};
const OR = { word: "or", token: tokens.Or, groupToken: tokens.OrGroup, level: 0, afterGroup: orOnly };

function connective(scan: Scan, { word, token, groupToken, level, afterGroup }: typeof AND): Place | null {
  const { text, at } = scan;
  const end = blanksEnd(text, at + word.length);
  if (end > at + word.length) {
    take(scan, token, at + word.length, word);
    scan.at = end;
    return negation;
  }
  if (text.charAt(end) === "(") {
    take(scan, groupToken, end + 1);
    return group(scan, level, afterGroup);
  }
  scan.at = end;
  return fail(scan, "blank-missing", word);
}

function groupEnd(scan: Scan): Place | null {
  if (scan.frames.length > 0) {
    return takeCharacter(scan, tokens.RightParenthesis, ")") ? close(scan) : fail(scan, "unclosed");
  }
  return scan.at === scan.text.length ? null : fail(scan, "trailing-text", lastTokenText(scan));
}

/** What follows the left side of a check; that side has used the level of the test before it. */
function test(scan: Scan): Place | null {
  skipBlanks(scan);
  const operator = operatorAt(scan.text, scan.at);
  if (operator === null) return fail(scan, "operator-missing");
  const { token, right } = OPERATOR_PLACES[OPERATORS[operator].shape];
  take(scan, token, scan.at + operator.length, operator);
  return right;
}

/** Token and right side of each shape of operators. */
const OPERATOR_PLACES = {
  none: { token: tokens.Exists, right: andOr },
  number: { token: tokens.NumberOperator, right: numberRight },
  text: { token: tokens.TextOperator, right: textRight },
  list: { token: tokens.ListOperator, right: listRight },
} as const;

/** Operators by their first character, in the engine's order. */
const OPERATORS_BY_INITIAL = groupByInitial(OPERATOR_NAMES);

function groupByInitial(names: readonly Operator[]): ReadonlyMap<string, readonly Operator[]> {
  const initials = new Set(names.map((name) => name.charAt(0)));
  return new Map([...initials].map((initial) => [initial, names.filter((name) => name.startsWith(initial))]));
}

function operatorAt(text: ByteString, at: number): Operator | null {
  for (const name of OPERATORS_BY_INITIAL.get(text.charAt(at)) ?? []) {
    if (!text.startsWith(name, at)) continue;
    if (!OPERATORS[name].blankAfter || isBlank(text, at + name.length)) return name;
  }
  return null;
}

function numberRight(scan: Scan): Place | null {
  skipBlanks(scan);
  return computed(scan, number);
}

function textRight(scan: Scan): Place | null {
  const start = scan.at;
  skipBlanks(scan);
  const modifier = scan.at > start ? modifierAt(scan.text, scan.at) : null;
  if (modifier === null) return computed(scan, plainText);
  take(scan, tokens.ModifierWord, scan.at + modifier.length, modifier);
  skipBlanks(scan);
  return listOrName;
}

function listRight(scan: Scan): Place | null {
  skipBlanks(scan);
  return scan.text.charAt(scan.at) === "(" ? listOrName : computed(scan, listOrName);
}

/** `val(…)` or a transformer call on the right side of a check, else what the operator takes. */
function computed(scan: Scan, otherwise: Place): Place | null {
  const depth = scan.depth + RIGHT_LEVEL;
  if (depth >= scan.depthMax) return failTooDeep(scan);
  const { text, at } = scan;
  if (!isLetter(text, at)) return otherwise;
  return text.startsWith("val(", at)
    ? valCall(scan, depth, andOr)
    : transformer(scan, depth, andOr, otherwise);
}

function number(scan: Scan): Place | null {
  const end = numberEnd(scan.text, scan.at);
  if (end === scan.at) return fail(scan, "number-missing");
  take(scan, tokens.NumberText, end);
  return andOr;
}

function plainText(scan: Scan): Place | null {
  return quotedOrBare(scan, andOr, "text-missing");
}

/** A text in quotes or a bare one. */
function quotedOrBare(scan: Scan, next: Place, missing: "text-missing" | "item-missing"): Place | null {
  const quoted = quotedEnd(scan.text, scan.at);
  if (quoted > scan.at) return takeQuoted(scan, quoted, next);
  const bare = bareEnd(scan.text, scan.at);
  if (bare === scan.at) return fail(scan, missing);
  take(scan, tokens.BareText, bare);
  return next;
}

/**
 * The modifier at an offset, null when the word there is an ordinary text: a blank and a list or identifier must
 * follow, and that identifier must not be a connective of its own.
 */
function modifierAt(text: ByteString, at: number): Modifier | null {
  const modifier = MODIFIERS.find((word) => text.startsWith(word, at));
  if (modifier === undefined || !isBlank(text, at + modifier.length)) return null;
  const next = blanksEnd(text, at + modifier.length);
  if (text.charAt(next) === "(") return modifier;
  return isLetter(text, next) && !isConnectiveAt(text, next) ? modifier : null;
}

/** The underscore ends a word here, as it does in the engine: `not_list` begins with a connective. */
function isConnectiveAt(text: ByteString, at: number): boolean {
  return ["and", "or", "not"].some(
    (word) => text.startsWith(word, at) && !isAlphanumeric(text, at + word.length),
  );
}

function listOrName(scan: Scan): Place | null {
  if (scan.depth + RIGHT_LEVEL >= scan.depthMax) return failTooDeep(scan);
  if (takeCharacter(scan, tokens.ListStart, "(")) return firstItem;
  const end = identifierEnd(scan.text, scan.at);
  if (end === scan.at) return fail(scan, "list-missing");
  take(scan, tokens.ListName, end);
  return andOr;
}

/** The engine takes a list whose first item fails for an empty one, and wants its end where the item's scan stopped. */
function firstItem(scan: Scan): Place | null {
  skipBlanks(scan);
  const quoted = quotedEnd(scan.text, scan.at);
  if (quoted > scan.at && !unescapeRange(scan, quoted).ok) {
    scan.at = quoted;
    return listEnd;
  }
  return quoted > scan.at || bareEnd(scan.text, scan.at) > scan.at ? item : listEnd;
}

function item(scan: Scan): Place | null {
  return quotedOrBare(scan, afterItem, "item-missing");
}

function afterItem(scan: Scan): Place | null {
  skipBlanks(scan);
  if (!takeCharacter(scan, tokens.Comma, ",")) return listEnd;
  skipBlanks(scan);
  return item;
}

function listEnd(scan: Scan): Place | null {
  return takeCharacter(scan, tokens.RightParenthesis, ")") ? andOr : fail(scan, "unclosed");
}
