// SPDX-License-Identifier: Apache-2.0
import type { AppendOutput } from "./append-output.ts";
import type { Collection, ListEntry, MacroEntry } from "./collection.ts";
import { type CompiledList, compileLists } from "./compile-lists.ts";
import { type CompiledMacros, compileMacros, type Usage } from "./compile-macros.ts";
import { compileRules } from "./compile-rules.ts";
import type { CompiledRule } from "./compiled-rule.ts";
import { nameOf } from "./context.ts";
import type { Findings } from "./findings.ts";
import type { Session } from "./session.ts";
import { ListSubstitution } from "./substitute-lists.ts";

/** Everything that was collected, compiled. */
export interface CompiledCollection {
  readonly lists: readonly CompiledList[];
  readonly macros: CompiledMacros;
  readonly rules: readonly CompiledRule[];
  readonly usage: Usage;
}

/** Compiles lists, macros and rules, in this order; goes on after errors, so that all of them are found. */
export function compileCollection(
  collection: Collection,
  session: Session,
  appendOutput: readonly AppendOutput[],
  findings: Findings,
): CompiledCollection {
  const lists = compileLists(collection);
  const usage: Usage = { lists: new Set(lists.flatMap((list) => list.lists)), macros: new Set() };
  const substitution = new ListSubstitution(lists, (text) => session.words(text));
  const macros = compileMacros(collection, substitution, session, usage, findings);
  const rules = compileRules(
    collection,
    { lists: substitution, macros, session, usage, appendOutput },
    findings,
  );
  if (findings.errors === 0) warnOfUnused(collection, usage, findings);
  return { lists, macros, rules, usage };
}

function warnOfUnused({ lists, macros }: Collection, usage: Usage, findings: Findings): void {
  for (const macro of macros.values()) {
    if (usage.macros.has(macro.name)) continue;
    const engine = "Macro not referred to by any other rule/macro";
    findings.warn("LOAD_UNUSED_MACRO", macro.context, engine, unused(macro));
  }
  for (const list of lists.values()) {
    if (usage.lists.has(list.name)) continue;
    const engine = "List not referred to by any other rule/macro";
    findings.warn("LOAD_UNUSED_LIST", list.context, engine, unused(list));
  }
}

function unused({ context, nameSpan }: MacroEntry | ListEntry) {
  return { message: `${nameOf(context)} is not used`, span: nameSpan };
}
