// SPDX-License-Identifier: Apache-2.0
import type { AnyNode, BinaryCheck, ByteString, Condition, ExistsCheck, Operand } from "@falcoc/parser";
import {
  ASYNC_EVENT_CODE,
  eventCodesOfName,
  eventNameOfSyscall,
  syscallCodesOfName,
  syscallOfCode,
} from "../catalog/event-names.ts";
import { EVENTS } from "../catalog/events/index.ts";
import { GENERIC_EVENTS, SYSCALLS } from "../catalog/syscalls.ts";
import { CodeSet } from "./code-set.ts";
import { eventNumberBound } from "./event-number.ts";

/** Codes that an event must have for a condition to hold; both lists ascend. */
export interface EventTypes {
  /** Event codes. */
  readonly codes: readonly number[];
  /** Codes of the system calls behind the events. */
  readonly syscalls: readonly number[];
}

export type EventTypeInference =
  | { readonly ok: true; readonly types: EventTypes }
  | {
      readonly ok: false;
      /** The engine's wording. */
      readonly message: string;
      /** Byte offset into the condition of the part that cannot be searched. */
      readonly offset: number;
    };

/** Codes of every event, and of every system call but the unknown one. */
export const ALL_EVENT_TYPES: EventTypes = {
  codes: EVENTS.map((event) => event.code),
  syscalls: SYSCALLS.map((syscall) => syscall.code).filter((code) => syscallOfCode(code) !== null),
};

/** Sets of parts of conditions, which several conditions may share; its content is of use to this file only. */
export type KnownEventTypes = WeakMap<Condition, Map<boolean, TypeSets>>;

/**
 * Which events a condition without macros can match (spec 6.2). Sets follow the connectives, negation is pushed
 * down to the checks; only checks on the event's type, and those on its number that never or always hold, narrow.
 */
export function inferEventTypes(
  condition: Condition,
  known: KnownEventTypes = new WeakMap(),
): EventTypeInference {
  const problem = unsearchable(condition);
  if (problem !== null) return { ok: false, ...problem };
  const { events, syscalls } = typesOf(condition, false, known);
  return { ok: true, types: { codes: events.toArray(), syscalls: syscalls.toArray() } };
}

/** Whether every event is in the set. */
export function isEveryEvent(types: EventTypes): boolean {
  return types.codes.length === EVENTS.length;
}

/**
 * Names of event types as the engine's description of a rule lists them, sorted: those of the events and of the
 * system calls, and the ever present asyncevent.
 */
export function eventTypeNames(types: EventTypes): readonly string[] {
  const names = new Set([EVENTS[ASYNC_EVENT_CODE]?.name ?? ""]);
  for (const code of types.codes) {
    if (!GENERIC_EVENTS.includes(code)) names.add(EVENTS[code]?.name ?? "");
  }
  for (const code of types.syscalls) {
    const syscall = syscallOfCode(code);
    if (syscall !== null) names.add(eventNameOfSyscall(syscall));
  }
  return [...names].sort();
}

export interface TypeSets {
  readonly events: CodeSet;
  readonly syscalls: CodeSet;
}

const EVENT_LIMIT = EVENTS.length;
const SYSCALL_LIMIT = Math.max(...SYSCALLS.map((syscall) => syscall.code)) + 1;
const ALL = setsOf(ALL_EVENT_TYPES.codes, ALL_EVENT_TYPES.syscalls);
const NONE = setsOf([], []);

/** `negated`: the node is under an odd number of `not`. */
function typesOf(node: Condition, negated: boolean, known: KnownEventTypes): TypeSets {
  const ofNode = known.get(node) ?? new Map<boolean, TypeSets>();
  const found = ofNode.get(negated);
  if (found !== undefined) return found;
  const sets = makeTypes(node, negated, known);
  known.set(node, ofNode.set(negated, sets));
  return sets;
}

function makeTypes(node: Condition, negated: boolean, known: KnownEventTypes): TypeSets {
  switch (node.kind) {
    case "and":
    case "or": {
      const join = (node.kind === "and") !== negated ? intersection : union;
      return node.children.map((child) => typesOf(child, negated, known)).reduce(join);
    }
    case "not":
      return typesOf(node.child, !negated, known);
    case "exists":
      return isTypeField(node.left) && negated ? NONE : ALL;
    case "check":
      return typesOfCheck(node, negated);
    case "macro":
      return ALL;
    default: {
      const never: never = node;
      return never;
    }
  }
}

function typesOfCheck(check: BinaryCheck, negated: boolean): TypeSets {
  if (comparesType(check)) {
    const named = namedTypes(literals(check));
    return (check.operator === "!=") !== negated ? difference(ALL, named) : named;
  }
  const bound = eventNumberBound(check);
  return bound === null || (bound === "always") !== negated ? ALL : NONE;
}

/** Whether the check compares the event's type with literals in a way that the engine follows. */
function comparesType(check: BinaryCheck): boolean {
  return FOLLOWED.has(check.operator) && check.modifier === null && isTypeField(check.left);
}

const FOLLOWED: ReadonlySet<string> = new Set(["=", "==", "!=", "in"]);
const TYPE_FIELDS: ReadonlySet<string> = new Set(["evt.type", "syscall.type"]);

function isTypeField(operand: AnyNode): boolean {
  return operand.kind === "field" && TYPE_FIELDS.has(operand.name) && (operand.argument ?? "") === "";
}

function literals(check: BinaryCheck): readonly ByteString[] {
  switch (check.right.kind) {
    case "value":
      return [check.right.text];
    case "list":
      return check.right.items.map((item) => item.text);
    case "transformer":
      return [];
  }
}

function namedTypes(names: readonly ByteString[]): TypeSets {
  return setsOf(names.flatMap(eventCodesOfName), names.flatMap(syscallCodesOfName));
}

/** The first check whose left side the engine visits and cannot search; null when there is none. */
function unsearchable(node: Condition): { readonly message: string; readonly offset: number } | null {
  switch (node.kind) {
    case "and":
    case "or":
      for (const child of node.children) {
        const problem = unsearchable(child);
        if (problem !== null) return problem;
      }
      return null;
    case "not":
      return unsearchable(node.child);
    case "exists":
      return transformedType(node);
    case "check":
      if (!FOLLOWED.has(node.operator) || node.modifier !== null) return null;
      return transformedType(node) ?? comparedWithField(node);
    case "macro":
      return null;
    default: {
      const never: never = node;
      return never;
    }
  }
}

function transformedType({ left }: ExistsCheck | BinaryCheck) {
  return left.kind === "transformer" && mentionsType(left)
    ? {
        message: "event code search does not support `evt.type` checks with transformers",
        offset: left.start,
      }
    : null;
}

function comparedWithField(check: BinaryCheck) {
  return check.right.kind === "transformer" && isTypeField(check.left)
    ? {
        message:
          "right-hand field comparisons on `evt.type`/`syscall.type` checks are not supported by event code search",
        offset: check.right.start,
      }
    : null;
}

function mentionsType(operand: Operand): boolean {
  if (operand.kind === "field") return isTypeField(operand);
  return operand.args
    .flatMap((argument) => (argument.kind === "transformer-list" ? argument.items : [argument]))
    .some((argument) => argument.kind !== "value" && mentionsType(argument));
}

function setsOf(events: Iterable<number>, syscalls: Iterable<number>): TypeSets {
  return { events: CodeSet.of(EVENT_LIMIT, events), syscalls: CodeSet.of(SYSCALL_LIMIT, syscalls) };
}

function union(a: TypeSets, b: TypeSets): TypeSets {
  if (a === b || a === ALL) return a;
  if (b === ALL) return b;
  return { events: a.events.union(b.events), syscalls: a.syscalls.union(b.syscalls) };
}

function intersection(a: TypeSets, b: TypeSets): TypeSets {
  if (a === b || b === ALL) return a;
  if (a === ALL) return b;
  return { events: a.events.intersection(b.events), syscalls: a.syscalls.intersection(b.syscalls) };
}

function difference(a: TypeSets, b: TypeSets): TypeSets {
  return { events: a.events.difference(b.events), syscalls: a.syscalls.difference(b.syscalls) };
}
