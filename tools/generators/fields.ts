// SPDX-License-Identifier: Apache-2.0
import { createCatalog, type FieldDefinition, PLUGINS } from "@falcoc/compiler/catalog";
import { code, type Page, table } from "./page.ts";

export const fieldsPage: Page = {
  path: "docs/reference/fields.md",
  from: "`packages/compiler/src/catalog/fields` and `catalog/plugins`",
  text() {
    const fields = createCatalog({ plugins: "all" }).fields(null);
    const ofProvider = (provider: string) => fields.filter((field) => field.provider === provider);
    const plugins = PLUGINS.map(({ name, source }) => {
      const events =
        source === null ? "Adds fields to the events of others." : `Events of source ${code(source)}.`;
      return `## Plugin ${name}\n\n${events}\n\n${fieldTable(ofProvider(name))}`;
    });
    return `# Fields

What a condition or an output can ask an event for: ${fields.length} fields. \`falcoc fields\` prints the same.

An argument in brackets is a number (\`[3]\`) or a name (\`[HOME]\`); one behind a dot is part of the name. A question mark
means that it can be left out. A list has several values at once; *either end* and *every ancestor* stand for several
candidates, of which one must satisfy a comparison.

## Kernel events, and events of every source

${fieldTable(ofProvider("native"))}

${plugins.join("\n\n")}
`;
  },
};

function fieldTable(fields: readonly FieldDefinition[]): string {
  return table(
    ["Field", "Type", "Sources", "Meaning"],
    fields.map((field) => [
      code(`${field.name}${argumentText(field)}`),
      typeText(field),
      field.sources.join(", "),
      `${field.deprecated ? "**Deprecated.** " : ""}${field.filterOnly ? "Comparisons only. " : ""}${field.description}`,
    ]),
  );
}

function typeText({ type, isList, comparison }: FieldDefinition): string {
  if (isList) return `${type} list`;
  if (comparison === "endpoints") return `${type}, either end`;
  return comparison === "ancestors" ? `${type}, every ancestor` : type;
}

function argumentText({ argument: { need, form } }: FieldDefinition): string {
  if (form === null || need === "none") return "";
  const text = form === "suffix" ? ".name" : `[${form.replaceAll("-or-", " or ")}]`;
  return need === "optional" ? `${text}?` : text;
}
