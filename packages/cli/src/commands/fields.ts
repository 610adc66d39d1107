// SPDX-License-Identifier: Apache-2.0
import {
  createCatalog,
  type FieldArgument,
  type FieldCatalog,
  type FieldDefinition,
} from "@falcoc/compiler/catalog";
import { EXIT } from "../exit-code.ts";
import { Failure } from "../failure.ts";
import { renderTable, tableWidth } from "../render/table.ts";
import { addCatalogFlags, type CatalogFlags, catalogSettings } from "./catalog-flags.ts";
import { addExamples, type CommandDefinition } from "./definition.ts";

interface FieldsOptions extends CatalogFlags {
  readonly source?: string;
  readonly json?: boolean;
}

export const command: CommandDefinition<[], FieldsOptions> = {
  define(fields) {
    fields
      .option("--source <source>", "only fields that events of this source can have")
      .option("--json", "print a JSON array of all that is known of each field");
    addCatalogFlags(fields);
    addExamples(fields, [
      ["all fields of system calls", "falcoc fields --source syscall"],
      [
        "names of the fields of Kubernetes audit events",
        "falcoc fields --source k8s_audit --json | jq -r '.[].name'",
      ],
    ]);
  },

  async run({ out }, _args, options) {
    const catalog = createCatalog(catalogSettings(options));
    const fields = catalog.fields(checkSource(catalog, options.source));
    if (options.json) out.write(`${JSON.stringify(fields, null, 2)}\n`);
    else out.write(renderTable(fields.map(fieldRow), tableWidth(out)));
    return EXIT.ok;
  },
};

function checkSource({ sources }: FieldCatalog, source: string | undefined): string | null {
  if (source === undefined || sources.includes(source)) return source ?? null;
  throw new Failure([`no source is called "${source}"; there are ${sources.join(", ")}`]);
}

function fieldRow({ name, argument, type, isList, deprecated, description }: FieldDefinition): string[] {
  const shown = `${name}${argumentText(argument)}`;
  return [shown, isList ? `${type} list` : type, deprecated ? `Deprecated. ${description}` : description];
}

/** How the argument is written: `[index]`, `.name`; a question mark where it can be left out. */
function argumentText({ need, form }: FieldArgument): string {
  if (form === null || need === "none") return "";
  const text = form === "suffix" ? ".name" : `[${form.replaceAll("-or-", "|")}]`;
  return need === "optional" ? `${text}?` : text;
}
