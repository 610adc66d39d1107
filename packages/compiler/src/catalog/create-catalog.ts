// SPDX-License-Identifier: Apache-2.0
import { fieldsOf, SUGGESTED } from "./fields/define.ts";
import { EVT_FIELDS } from "./fields/evt.ts";
import { FD_FIELDS } from "./fields/fd.ts";
import { FDLIST_FIELDS, UTIL_FIELDS } from "./fields/fdlist.ts";
import { FS_PATH_FIELDS } from "./fields/fs-path.ts";
import { GENERIC_FIELDS } from "./fields/generic.ts";
import { PROCESS_FIELDS } from "./fields/process.ts";
import { GROUP_FIELDS, USER_FIELDS } from "./fields/user-group.ts";
import { plainClass } from "./lookup/by-prefix.ts";
import { evtClass } from "./lookup/evt-class.ts";
import { fdClass } from "./lookup/fd-class.ts";
import { pluginClass } from "./lookup/plugin-class.ts";
import { processClass } from "./lookup/process-class.ts";
import { type FieldClassLookup, nonexistent } from "./lookup/result.ts";
import { PLUGINS, type PluginDefinition } from "./plugins/index.ts";
import type { FieldCatalog, FieldDefinition, FieldLookup } from "./types.ts";
import { availableIn, resolveTarget, type Target } from "./versions.ts";

export interface CatalogOptions {
  /** Plugins that are loaded, "all" for every known one; unknown names count for nothing. Default: container. */
  readonly plugins?: readonly string[] | "all";
  /** Names of the fields `static.NAME` that the configuration gives a constant value. Default: none. */
  readonly staticFields?: readonly string[];
  /** Version of Falco or its engine: leaves out what later ones brought. Unknown versions count as the newest. */
  readonly target?: string | null;
}

export const KERNEL_SOURCE = "syscall";

/** Makes the catalogue of fields for a set of plugins. */
export function createCatalog(options: CatalogOptions = {}): FieldCatalog {
  const plugins = loadedPlugins(options.plugins ?? DEFAULT_PLUGINS);
  const classes = fieldClasses(plugins, options.staticFields ?? [], resolveTarget(options.target ?? ""));
  const sources = [
    KERNEL_SOURCE,
    ...new Set(plugins.flatMap(({ source }) => (source === null ? [] : [source]))),
  ];
  const ofSource = new Map(sources.map((source) => [source, usableWith(classes, source)]));
  const resolved = new Map(sources.map((source) => [source, new Map<string, FieldLookup>()]));
  return {
    sources,
    asyncEvents: plugins.flatMap(({ asyncEvents }) => asyncEvents),
    resolve(text, source) {
      const known = resolved.get(source)?.get(text);
      if (known !== undefined) return known;
      const lookup = lookUpIn(ofSource.get(source) ?? usableWith(classes, source), text);
      const ofThis = resolved.get(source);
      if (ofThis !== undefined && ofThis.size < RESOLVED_MAX) ofThis.set(text, lookup);
      return lookup;
    },
    fields(source) {
      return (source === null ? classes : usableWith(classes, source)).flatMap(({ fields }) => fields);
    },
  };
}

const DEFAULT_PLUGINS = ["container"];

/** Most texts a source of which it is kept what they resolve to; more are looked up each time. */
const RESOLVED_MAX = 10_000;

function lookUpIn(classes: readonly LoadedClass[], text: string): FieldLookup {
  for (const { lookUp } of classes) {
    const answer = lookUp(text);
    if (answer !== null) return answer;
  }
  return nonexistent(text);
}

interface LoadedClass {
  readonly fields: readonly FieldDefinition[];
  readonly sources: readonly string[];
  readonly lookUp: FieldClassLookup;
}

function loadedPlugins(names: readonly string[] | "all"): readonly PluginDefinition[] {
  return names === "all" ? PLUGINS : PLUGINS.filter(({ name }) => names.includes(name));
}

/** All classes, in the order in which the engine asks them. */
function fieldClasses(
  plugins: readonly PluginDefinition[],
  staticNames: readonly string[],
  target: Target | null,
): readonly LoadedClass[] {
  const define = (
    all: readonly FieldDefinition[],
    lookUpIn: (fields: readonly FieldDefinition[]) => FieldClassLookup,
  ): LoadedClass => {
    const fields = target === null ? all : all.filter(({ name }) => availableIn(target, "field", name));
    return { fields, sources: fields[0]?.sources ?? [], lookUp: lookUpIn(fields) };
  };
  return [
    define(GENERIC_FIELDS, plainClass),
    define(EVT_FIELDS, evtClass),
    define(PROCESS_FIELDS, processClass),
    define(USER_FIELDS, plainClass),
    define(GROUP_FIELDS, plainClass),
    define(FD_FIELDS, fdClass),
    define(FS_PATH_FIELDS, plainClass),
    define(UTIL_FIELDS, plainClass),
    define(FDLIST_FIELDS, plainClass),
    define(staticNames.map(staticField), plainClass),
    ...plugins.map(({ fields }) => define(fields, pluginClass)),
  ];
}

function staticField(name: string): FieldDefinition {
  return fieldsOf("static", "native", ["*"])(
    `static.${name}`,
    "CHARBUF",
    "Constant that the configuration sets.",
    SUGGESTED,
  );
}

function usableWith(classes: readonly LoadedClass[], source: string): readonly LoadedClass[] {
  return classes.filter(({ sources }) => sources.includes("*") || sources.includes(source));
}
