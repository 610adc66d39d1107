// SPDX-License-Identifier: Apache-2.0
import type { CompileResult } from "@falcoc/compiler";
import { EVENTS, PLUGIN_EVENT_CODE } from "@falcoc/compiler/catalog";

/** The events that a rule can match. */
export interface RuleEvents {
  readonly rule: string;
  readonly source: string;
  readonly enabled: boolean;
  /** Names of event types as `evt.type` shows them, sorted; "all" for every one of the source. */
  readonly events: readonly string[] | "all";
}

/** The event types of each rule of a program, in load order. */
export function ruleEvents({ ruleset, description }: CompileResult): RuleEvents[] {
  const named = new Map(description.rules.map(({ info, details }) => [info.name, details.events]));
  return ruleset.rules.map(({ name, source, enabled, events }) => ({
    rule: name,
    source,
    enabled,
    events: events === "all" ? "all" : isPluginEvent(events) ? [PLUGIN_EVENT] : (named.get(name) ?? []),
  }));
}

/** The one event type of all sources but the kernel's. */
export const PLUGIN_EVENT = EVENTS[PLUGIN_EVENT_CODE]?.name ?? "";

/** Rules of every source but the kernel's see the events of plugins, which have one type. */
function isPluginEvent(codes: readonly number[]): boolean {
  return codes.length === 1 && codes[0] === PLUGIN_EVENT_CODE;
}
