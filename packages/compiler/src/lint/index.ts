// SPDX-License-Identifier: Apache-2.0
import type { LintRule } from "./define.ts";
import { alwaysTrue } from "./rules/always-true.ts";
import { ancestorNotEqual } from "./rules/ancestor-not-equal.ts";
import { comparedWithNa } from "./rules/compared-with-na.ts";
import { deprecatedField } from "./rules/deprecated-field.ts";
import { duplicateCheck } from "./rules/duplicate-check.ts";
import { duplicateDefinition } from "./rules/duplicate-definition.ts";
import { duplicateItem } from "./rules/duplicate-item.ts";
import { eventTypeNotIndexed } from "./rules/event-type-not-indexed.ts";
import { exceptionHidesEverything } from "./rules/exception-hides-everything.ts";
import { exceptionHidesNothing } from "./rules/exception-hides-nothing.ts";
import { firstValueOnly } from "./rules/first-value-only.ts";
import { ignoreUnknownCode } from "./rules/ignore-unknown-code.ts";
import { ignoreUnused } from "./rules/ignore-unused.ts";
import { ignoreWithoutReason } from "./rules/ignore-without-reason.ts";
import { impossibleComparison } from "./rules/impossible-comparison.ts";
import { impossibleValue } from "./rules/impossible-value.ts";
import { literalWraps } from "./rules/literal-wraps.ts";
import { missingEventType } from "./rules/missing-event-type.ts";
import { mixedAndOr } from "./rules/mixed-and-or.ts";
import { neverTrue } from "./rules/never-true.ts";
import { outputAlwaysMissing } from "./rules/output-always-missing.ts";
import { pathContains } from "./rules/path-contains.ts";
import { plainRegex } from "./rules/plain-regex.ts";
import { shadowedRule } from "./rules/shadowed-rule.ts";
import { styleDescription } from "./rules/style-description.ts";
import { styleDoubleNegation } from "./rules/style-double-negation.ts";
import { styleEventTypeFirst } from "./rules/style-event-type-first.ts";
import { styleExceptions } from "./rules/style-exceptions.ts";
import { styleItemName } from "./rules/style-item-name.ts";
import { styleKeyOrder } from "./rules/style-key-order.ts";
import { styleNegatedEventType } from "./rules/style-negated-event-type.ts";
import { styleOrNot } from "./rules/style-or-not.ts";
import { styleOutputFields } from "./rules/style-output-fields.ts";
import { stylePositiveFirst } from "./rules/style-positive-first.ts";
import { stylePriority } from "./rules/style-priority.ts";
import { styleRuleName } from "./rules/style-rule-name.ts";
import { styleTagOrder } from "./rules/style-tag-order.ts";
import { styleUnrelatedEventTypes } from "./rules/style-unrelated-event-types.ts";
import { undefinedList } from "./rules/undefined-list.ts";
import { unknownKey } from "./rules/unknown-key.ts";
import { unknownMitreTag } from "./rules/unknown-mitre-tag.ts";

/** All lint rules, in the order of the reference. */
export const LINT_RULES: readonly LintRule[] = [
  unknownKey,
  undefinedList,
  duplicateDefinition,
  duplicateItem,
  duplicateCheck,
  mixedAndOr,
  neverTrue,
  alwaysTrue,
  impossibleComparison,
  impossibleValue,
  literalWraps,
  shadowedRule,
  exceptionHidesNothing,
  exceptionHidesEverything,
  missingEventType,
  eventTypeNotIndexed,
  comparedWithNa,
  pathContains,
  plainRegex,
  ancestorNotEqual,
  firstValueOnly,
  deprecatedField,
  outputAlwaysMissing,
  unknownMitreTag,
  ignoreWithoutReason,
  ignoreUnknownCode,
  ignoreUnused,
  styleKeyOrder,
  styleRuleName,
  styleItemName,
  styleDescription,
  styleEventTypeFirst,
  styleNegatedEventType,
  styleUnrelatedEventTypes,
  stylePositiveFirst,
  styleOrNot,
  styleDoubleNegation,
  stylePriority,
  styleOutputFields,
  styleTagOrder,
  styleExceptions,
];
