// SPDX-License-Identifier: Apache-2.0
import { compile } from "@falcoc/compiler";
import { decodeText } from "@falcoc/compiler/program";
import {
  bindTemplate,
  createEngine,
  type Event,
  type FieldBinder,
  type TemplateRenderer,
  wantedEvents,
  writeFields,
} from "@falcoc/runtime";
import type { CatalogSettings } from "../commands/catalog-flags.ts";
import { Failure } from "../failure.ts";

/** A condition on events and a template that shows them, as they are given on a command line. */
export interface EventFilter {
  passes(event: Event): boolean;
  /** Names of the kernel's events that can pass; null: any. */
  readonly wanted: ReadonlySet<string> | null;
  /** The event in one line of text. */
  text(event: Event): string;
  /** The fields of the template as a JSON object, null where they have no value. */
  json(event: Event): string;
}

/** What an event looks like when nothing else is asked for. */
const DEFAULT_FORMAT = "%evt.num %evt.time %evt.cpu %proc.name (%thread.tid) %evt.dir %evt.type %evt.args";
const EVERY_EVENT = "evt.num > 0";
const RULE_NAME = "filter";

/** Throws a Failure when filter or format are none. Both may be left out. */
export function createEventFilter(
  filter: string | undefined,
  format: string | undefined,
  settings: CatalogSettings,
): EventFilter {
  // A rule is a condition and an output, so the two are compiled as one; its priority and name are never seen.
  const rule = {
    rule: RULE_NAME,
    desc: RULE_NAME,
    condition: filter ?? EVERY_EVENT,
    output: format ?? DEFAULT_FORMAT,
    priority: "DEBUG",
  };
  const { ruleset, diagnostics } = compile(
    [{ path: RULE_NAME, text: `- ${JSON.stringify(rule)}` }],
    settings,
  );
  const [compiled] = ruleset.rules;
  if (compiled === undefined) throw new Failure(diagnostics.filter(isError).map(problemOf));
  const engine = createEngine(ruleset);
  const renderers = new Map<FieldBinder, TemplateRenderer>();
  const rendererOf = ({ binder }: Event) => {
    const known = renderers.get(binder);
    if (known !== undefined) return known;
    const renderer = bindTemplate(compiled.output, ruleset.fields, binder, { transformedFields: true });
    renderers.set(binder, renderer);
    return renderer;
  };
  return {
    passes: (event) => engine.matches(event).length > 0,
    wanted: wantedEvents(ruleset, (rule) => engine.isEnabled(rule)),
    text: (event) => oneLine(decodeText(rendererOf(event).text(event).value)),
    json: (event) => writeFields(rendererOf(event).fields(event).value),
  };
}

function isError({ severity }: { readonly severity: string }): boolean {
  return severity === "error";
}

function problemOf({ message, hint }: { readonly message: string; readonly hint?: string }): string {
  const plain = message.replace(`rule "${RULE_NAME}": `, "").replace(` of rule "${RULE_NAME}"`, "");
  return hint === undefined ? plain : `${plain}; ${hint}`;
}

/** Control characters as they are written in JSON: what an event holds can neither end a line nor move a cursor. */
function oneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, (sign) => {
    const escaped = JSON.stringify(sign).slice(1, -1);
    return escaped === sign ? `\\u00${sign.charCodeAt(0).toString(16)}` : escaped;
  });
}
