// SPDX-License-Identifier: Apache-2.0
import { checkTemplate, FieldTable, resolvesInOutput } from "@falcoc/compiler";
import { createCatalog } from "@falcoc/compiler/catalog";
import { encodeText, parseTemplate } from "@falcoc/parser";
import { randomTemplate } from "./grammar.ts";
import { mutate } from "./mutate.ts";
import { ACCEPTED, type FuzzTarget, found, REFUSED } from "./target.ts";

const CONTEXT = { catalog: createCatalog({ plugins: "all" }), source: "syscall" };

/** Output templates: their parts cover them, and every token that was taken for one is. */
export const tryTemplate: FuzzTarget = {
  name: "templates",
  weight: 2,
  make(random) {
    const written = randomTemplate(random);
    return [random.chance(0.5) ? mutate(random, written) : written];
  },
  run([written = ""]) {
    const text = encodeText(written);
    const result = parseTemplate(text, (value) => resolvesInOutput(value, CONTEXT));
    if (!result.ok) {
      const { offset } = result.error;
      return offset < 0 || offset > text.length ? found("an error outside the text") : REFUSED;
    }
    const { template } = result;
    let at = template.tolerant ? 1 : 0;
    for (const part of template.parts) {
      if (part.start !== at) return found(`nothing covers ${at} to ${part.start}`);
      at = part.end;
    }
    if (at !== text.length) return found(`nothing covers what is behind ${at}`);
    const checked = checkTemplate(template, { ...CONTEXT, fields: new FieldTable() });
    return checked.ok ? ACCEPTED : found(`a token is none: ${checked.error.message}`);
  },
};
