// SPDX-License-Identifier: Apache-2.0
import type { ByteString, Condition, Template } from "@falcoc/parser";
import type { EventTypes } from "../analyse/event-types.ts";
import type { Expr } from "../ir/expr.ts";
import type { AddedField } from "./append-output.ts";
import type { RuleEntry } from "./collection.ts";
import type { WrittenCondition } from "./origins.ts";

/** A rule that every check of the load let through. */
export interface CompiledRule {
  readonly entry: RuleEntry;
  /** With exceptions and lists put in. */
  readonly written: WrittenCondition;
  /** With exceptions, lists and macros put in. */
  readonly condition: Condition;
  readonly expr: Expr;
  /** Events that the rule can match; null for sources other than that of system calls. */
  readonly eventTypes: EventTypes | null;
  /** With what the configuration adds. */
  readonly output: ByteString;
  readonly template: Template;
  readonly extraFields: readonly ExtraTemplate[];
  readonly exceptionFields: ReadonlySet<ByteString>;
}

export interface ExtraTemplate extends AddedField {
  readonly parsed: Template;
}
