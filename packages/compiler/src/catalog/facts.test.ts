// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { describeShared } from "../../../../test/shared.ts";
import {
  CAPABILITY_NAMES,
  CONTAINER_TYPES,
  conversionRules,
  createCatalog,
  DESCRIPTOR_TYPES,
  dynamicTable,
  ERRNO_NAMES,
  EVENTS,
  type EventParameter,
  eventNameOfSyscall,
  type FieldDefinition,
  flagTable,
  type ParameterOrigin,
  SIGNAL_NAMES,
  SYSCALLS,
  THREAD_FLAGS,
  TRANSPORT_PROTOCOLS,
  VALUE_TYPES,
} from "./index.ts";

describeShared("our tables are the engine's", (shared) => {
  const facts = <T>(name: string) =>
    JSON.parse(readFileSync(join(shared, "facts", `${name}.json`), "utf8")) as T[];
  const flags = facts<FlagFact>("flags");
  const entries = (table: string) => flags.find((fact) => fact.table === table)?.entries ?? [];

  it("events", () => {
    expect(EVENTS.map(eventFact)).toEqual(facts<EventFact>("events").map(relevantOfEvent));
  });

  it("system calls", () => {
    const ours = SYSCALLS.map((syscall) => ({
      sc: syscall.code,
      name: syscall.name,
      x86_64: syscall.x86_64,
      aarch64: syscall.aarch64,
      generic: syscall.generic,
      evtType: eventNameOfSyscall(syscall),
      events: syscall.events,
    }));
    expect(ours).toEqual(facts<SyscallFact>("syscalls").map(relevantOfSyscall));
  });

  it("fields", () => {
    const ours = createCatalog({ plugins: "all" })
      .fields(null)
      .filter(({ provider }) => !provider.startsWith("dummy"))
      .map(fieldFact);
    expect(sorted(ours)).toEqual(sorted(facts<FieldFact>("fields").map(relevantOfField)));
  });

  it("fields of plugins", () => {
    const path = join(shared, "corpus/loader/plugin_fields.json");
    const plugins = JSON.parse(readFileSync(path, "utf8")) as Record<string, { fields: PluginFieldFact[] }>;
    for (const [name, plugin] of Object.entries(plugins)) {
      const ours = createCatalog({ plugins: [name] })
        .fields(null)
        .filter(({ provider }) => provider === name);
      expect(sorted(ours.map(pluginFieldFact)), name).toEqual(
        sorted(plugin.fields.map(relevantOfPluginField)),
      );
    }
  });

  it("flags of parameters", () => {
    for (const fact of flags.filter(({ usedBy }) => (usedBy ?? 0) > 0)) {
      const table = flagTable(fact.table);
      expect(table?.kind, fact.table).toBe(fact.kind === "bitmask" ? "bits" : fact.kind);
      expect(table?.entries, fact.table).toEqual(fact.entries.map(({ name, value }) => [name, value]));
    }
  });

  it("alternatives of dynamic parameters", () => {
    for (const fact of flags.filter(({ kind }) => kind === "dynamic-param")) {
      expect(dynamicTable(fact.table), fact.table).toEqual(
        fact.entries.map(({ type, format }) => ({ type: type?.toUpperCase(), print: format?.toUpperCase() })),
      );
    }
  });

  it("names of numbers", () => {
    const byNumber = (table: string) =>
      Object.fromEntries(entries(table).map(({ name, value }) => [value, name]));
    expect(ERRNO_NAMES).toEqual(byNumber("errno"));
    expect(SIGNAL_NAMES).toEqual(byNumber("signals"));
    expect({ ...CAPABILITY_NAMES }).toEqual(byNumber("capabilities"));
    expect(THREAD_FLAGS).toEqual(
      Object.fromEntries(entries("thread_flags").map(({ name, value }) => [name, value])),
    );
    expect(DESCRIPTOR_TYPES).toEqual(
      entries("fd_types").map(({ name, value, typechar, typestring }) => ({
        code: value,
        name,
        char: typechar,
        text: typestring === "<NA>" ? null : typestring,
      })),
    );
    expect(TRANSPORT_PROTOCOLS).toEqual(
      entries("l4proto").map(({ rendered }) => (rendered === "<NA>" ? null : rendered)),
    );
    expect(CONTAINER_TYPES).toEqual(
      Object.fromEntries(
        entries("container_types").flatMap(({ value, rendered }) =>
          rendered === "" ? [] : [[value, rendered]],
        ),
      ),
    );
  });

  it("types of values", () => {
    const engines = entries("param_types").map(({ name }) => name.toUpperCase());
    expect([...VALUE_TYPES].sort()).toEqual(engines.filter((name) => name !== "NONE").sort());
  });

  it("conversion of old events", () => {
    expect(conversionRules().map(conversionFact)).toEqual(
      facts<ConversionFact>("converter").map(relevantOfConversion),
    );
  });
});

interface EventFact {
  code: number;
  id: string;
  name: string;
  direction: string;
  source: string | null;
  category: string;
  flags: string[];
  old: boolean;
  unused: boolean;
  large: boolean;
  params: {
    name: string;
    type: string;
    format: string;
    table?: string;
    dynamic?: string;
    dirfdParam?: number;
  }[];
}

function eventFact({ parameters, ...event }: (typeof EVENTS)[number]) {
  return { ...event, params: parameters };
}

function relevantOfEvent(fact: EventFact) {
  const { code, id, name, direction, category, flags, old, unused, large } = fact;
  const params = fact.params.map(
    (param): EventParameter => ({
      name: param.name,
      type: param.type.toUpperCase() as EventParameter["type"],
      print: param.format.toUpperCase() as EventParameter["print"],
      table: param.table ?? param.dynamic ?? null,
      directoryParameter: param.dirfdParam ?? null,
    }),
  );
  return {
    code,
    id,
    name,
    direction,
    category,
    flags,
    old,
    unused,
    large,
    source: fact.source ?? "none",
    params,
  };
}

interface SyscallFact {
  sc: number;
  name: string;
  x86_64: number | null;
  aarch64: number | null;
  generic: boolean;
  evtType: string;
  events: { code: number }[];
}

/** The facts leave out that events of accept4 stand for accept too, which the inferred system calls show. */
function relevantOfSyscall({ sc, name, x86_64, aarch64, generic, evtType, events }: SyscallFact) {
  const codes = events.map(({ code }) => code);
  return {
    sc,
    name,
    x86_64,
    aarch64,
    generic,
    evtType,
    events: name === "accept" ? [...codes, 388, 389] : codes,
  };
}

interface FieldFact {
  name: string;
  class: string;
  type: string;
  format?: string;
  isList: boolean;
  arg: string;
  argKind?: string;
  deprecated: boolean;
  flags: string[];
  sources: string[];
  provider: string;
  suggestedOutput?: boolean;
}

function fieldFact(field: FieldDefinition) {
  const { name, isList, deprecated, sources, provider, suggested, argument } = field;
  const { filterOnly, noTransformer, noRightHand } = field;
  return {
    ...{ name, isList, deprecated, sources, provider, suggested, filterOnly, noTransformer, noRightHand },
    class: field.class === "evt-generic" ? "evt" : field.class === "plugin" ? null : field.class,
    type: field.type === "DYN" ? "DYNAMIC" : field.type,
    print: field.class === "plugin" ? null : field.print,
    need: argument.need,
    form: argument.form,
  };
}

function relevantOfField(fact: FieldFact): ReturnType<typeof fieldFact> {
  const { name, type, isList, deprecated, sources, provider, flags } = fact;
  const native = provider === "native";
  return {
    ...{ name, type, isList, deprecated, sources, provider },
    suggested: fact.suggestedOutput ?? false,
    filterOnly: flags.includes("filterOnly"),
    noTransformer: flags.includes("noTransformer"),
    noRightHand: flags.includes("noRhs"),
    class: native ? (fact.class as FieldDefinition["class"] & "evt") : null,
    print: native ? (fact.format as FieldDefinition["print"]) : null,
    need: fact.arg as FieldDefinition["argument"]["need"],
    form: (fact.argKind ?? null) as FieldDefinition["argument"]["form"],
  };
}

interface PluginFieldFact {
  name: string;
  type: string;
  list?: boolean;
  arg?: { required: boolean; index: boolean; key: boolean };
}

const PLUGIN_TYPES: Readonly<Record<string, string>> = { string: "CHARBUF" };

function pluginFieldFact({ name, type, isList, argument }: FieldDefinition) {
  return { name, type: type as string, isList, need: argument.need, form: argument.form as string | null };
}

function relevantOfPluginField({
  name,
  type,
  list,
  arg,
}: PluginFieldFact): ReturnType<typeof pluginFieldFact> {
  const forms = arg === undefined ? [] : [...(arg.index ? ["index"] : []), ...(arg.key ? ["key"] : [])];
  return {
    name,
    type: PLUGIN_TYPES[type] ?? type.toUpperCase(),
    isList: list ?? false,
    need: arg === undefined ? "none" : arg.required ? "required" : "optional",
    form: forms.length === 0 ? null : forms.join("-or-"),
  };
}

function sorted<T extends { name: string }>(items: T[]): T[] {
  return items.sort((a, b) => (a.name < b.name ? -1 : 1));
}

interface FlagFact {
  table: string;
  kind: string;
  usedBy?: number;
  entries: {
    name: string;
    value: number;
    type?: string;
    format?: string;
    typechar?: string;
    typestring?: string;
    rendered?: string;
  }[];
}

interface ConversionFact {
  code: number;
  nparams: number;
  action: string;
  to?: number;
  params?: { from: string; index?: number; ifMissing?: string }[];
}

function conversionFact({ code, parameterCount, rule }: ReturnType<typeof conversionRules>[number]) {
  const params = "parameters" in rule ? rule.parameters.map(originFact) : [];
  const action = rule.action === "store" && rule.andPass ? "store+pass" : rule.action;
  return { code, nparams: parameterCount, action, to: rule.action === "retype" ? rule.code : null, params };
}

function originFact(origin: ParameterOrigin) {
  switch (origin.kind) {
    case "old":
      return `old ${origin.index}`;
    case "enter":
      return `enter ${origin.index} ${origin.ifMissing}`;
    default:
      return origin.kind;
  }
}

function relevantOfConversion(fact: ConversionFact): ReturnType<typeof conversionFact> {
  const params = (fact.params ?? []).map(({ from, index, ifMissing }) =>
    from === "old" ? `old ${index}` : from === "enter" ? `enter ${index} ${ifMissing}` : from,
  );
  const { code, nparams, to } = fact;
  return { code, nparams, action: fact.action as "pass", to: to ?? null, params };
}
