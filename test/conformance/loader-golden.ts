// SPDX-License-Identifier: Apache-2.0
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { compile, type EngineItem } from "@falcoc/compiler";
import { readJsonLines } from "../shared.ts";
import type { Suite } from "./suite.ts";

interface Record {
  readonly id: number;
  readonly files: readonly { readonly name: string; readonly content: string }[];
  readonly result: {
    readonly valid: boolean;
    /** Absent when the engine ended without an answer: there is nothing to compare with. */
    readonly files?: readonly {
      readonly name: string;
      readonly valid: boolean;
      readonly schema_valid: boolean | null;
      readonly schema_warnings: readonly string[] | null;
      readonly errors: readonly Item[];
      readonly warnings: readonly Item[];
    }[];
    readonly first_error?: string | null;
    readonly first_error_context?: readonly unknown[] | null;
  };
}

interface Item {
  readonly code: string;
  readonly item_type?: string;
  readonly item_name?: string;
}

/** Generated rules files, validated by the engine with the container plugin. */
export const loaderGolden: Suite = {
  name: "golden/loader",
  cases: (shared) =>
    readJsonLines<Record>(join(shared, "golden/loader/dev.jsonl.gz")).map((record) => ({
      id: String(record.id),
      run: () => run(record),
    })),
};

function run({ files, result }: Record): string | null {
  const sources = files.map(({ name, content }) => ({ path: name, text: content }));
  const { loads } = compile(sources, { plugins: ["container"] });
  if (result.files === undefined) return null;
  const ours = loads.map(({ name, successful, schema, errors, warnings }) => ({
    name,
    valid: successful,
    schema_valid: schema.status === "none" ? null : schema.status === "ok",
    schema_warnings: schema.status === "none" ? null : schema.warnings,
    errors: errors.map(shortItem),
    warnings: warnings.map(shortItem),
  }));
  const [error] = loads.flatMap((load) => load.errors);
  const context = error?.report.locations.map(({ itemType, itemName, position }) => ({
    item_type: itemType,
    item_name: itemName,
    position: { ...position },
  }));
  const checks: readonly [string, unknown, unknown][] = [
    ...result.files.map((file, i): [string, unknown, unknown] => [file.name, ours[i], file]),
    ["first_error", error?.report.message, result.first_error ?? undefined],
    ["first_error_context", context, result.first_error_context ?? undefined],
  ];
  const differences = checks.filter(([, one, other]) => !isDeepStrictEqual(one, other));
  if (differences.length === 0) return null;
  return differences
    .map(([what, one, other]) => `${what}: ours ${JSON.stringify(one)}\n  expected ${JSON.stringify(other)}`)
    .join("\n");
}

function shortItem({ code, report }: EngineItem): Item {
  const innermost = report.locations.at(-1);
  const named = report.locations.at(-1)?.itemName === "" ? {} : { item_name: innermost?.itemName };
  return { code, item_type: innermost?.itemType, ...named };
}
