// SPDX-License-Identifier: Apache-2.0
import {
  type ByteString,
  type ConditionSyntaxError,
  decodeText,
  OPERATOR_NAMES,
  type SyntaxErrorCategory,
} from "@falcoc/parser";
import { didYouMean } from "../suggest.ts";

/** What is wrong with a condition, for people; null where the engine's words say it best. */
const WORDS: Readonly<Record<SyntaxErrorCategory, string | null>> = {
  "empty-input": "it is empty",
  "trailing-text": 'it should go on with "and" or "or" here',
  "operand-missing": "a check, a macro or an opening parenthesis is missing here",
  unclosed: "a closing parenthesis is missing here",
  "blank-missing": "a blank is missing here",
  "operator-missing": "an operator is missing here",
  "number-missing": "a number is missing here",
  "text-missing": "a value is missing here",
  "item-missing": "an item is missing here",
  "list-missing": "a list in parentheses is missing here",
  "field-argument-missing": "the argument between the brackets is missing here",
  "field-argument-unclosed": "a closing bracket is missing here",
  "call-argument-missing": "an argument is missing here",
  "call-unclosed": "a closing parenthesis is missing here",
  "call-item-missing": "an argument is missing here",
  "call-list-unclosed": "a closing parenthesis is missing here",
  "val-field-missing": 'a field is missing in "val()" here',
  "bad-escape": null,
  "too-deep": null,
};

export function syntaxWords({ category, message }: ConditionSyntaxError): string {
  return WORDS[category] ?? decodeText(message);
}

/** The operator that was meant, where an unknown word stands in its place. */
export function syntaxHint(text: ByteString, { category, offset }: ConditionSyntaxError): string | undefined {
  const word =
    category === "operator-missing" ? /^[\w!=<>~]+/.exec(text.slice(offset, offset + 20))?.[0] : undefined;
  return word === undefined ? undefined : didYouMean(word, OPERATOR_NAMES);
}
