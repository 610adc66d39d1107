// SPDX-License-Identifier: Apache-2.0
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { EXIT } from "../exit-code.ts";
import { Failure } from "../failure.ts";
import { kindOf } from "../input/list-directory.ts";
import { readBytes, reason } from "../input/read-bytes.ts";
import { loadRules } from "../load-rules.ts";
import { type GeneratedFile, MARK, moduleFiles } from "../module/module-files.ts";
import { evaluationPlan } from "../render/evaluation-plan.ts";
import { plural } from "../render/lint-report.ts";
import { replaceFile } from "../replace-file.ts";
import { toolVersion } from "../version.ts";
import { addCatalogFlags, type CatalogFlags, catalogSettings } from "./catalog-flags.ts";
import { addExamples, type CommandDefinition, RULES_ARGUMENT } from "./definition.ts";

interface CompileFlags extends CatalogFlags {
  readonly out?: string;
  readonly explainPlan: boolean;
}

/** A file of ours says so within this many bytes; what is larger is not read to find out. */
const OWN_FILE_BYTES_MAX = 256 * 1024 * 1024;

export const command: CommandDefinition<[rules: string[]], CompileFlags> = {
  define(compile) {
    compile
      .argument("<rules...>", RULES_ARGUMENT)
      .option("-o, --out <dir>", "directory for index.js, index.d.ts and manifest.json; made when missing")
      .option(
        "--explain-plan",
        "print which tests are made for which events, in what order, and how often: once a process, once a text, once an event",
        false,
      );
    addCatalogFlags(compile);
    addExamples(compile, [
      ["a module that runs without the compiler", "falcoc compile rules/ -o build/rules"],
      ["how often each part of a condition is evaluated", "falcoc compile rules.yaml --explain-plan"],
      [
        "the system calls that the rules need",
        "falcoc compile rules/ -o out && jq -r '.syscalls[]' out/manifest.json",
      ],
    ]);
  },

  async run(terminal, [rules], options) {
    if (options.out === undefined && !options.explainPlan) {
      throw new Failure(["say where to write the module (--out), or ask for the plan (--explain-plan)"]);
    }
    const result = await loadRules(terminal, rules, catalogSettings(options));
    if (result === null) return EXIT.findings;
    if (options.explainPlan) terminal.out.write(`${evaluationPlan(result).join("\n")}\n`);
    if (options.out === undefined) return EXIT.ok;
    await writeFiles(options.out, moduleFiles(result, toolVersion()));
    terminal.err.write(`${plural(result.ruleset.rules.length, "rule")} compiled into ${options.out}\n`);
    return EXIT.ok;
  },
};

async function writeFiles(directory: string, files: readonly GeneratedFile[]): Promise<void> {
  try {
    await mkdir(directory, { recursive: true });
  } catch (error) {
    throw new Failure([`${directory}: ${reason(error)}`]);
  }
  const foreign = await Promise.all(files.map(({ name }) => isForeign(join(directory, name))));
  const problems = files.filter((_, index) => foreign[index]).map(({ name }) => join(directory, name));
  if (problems.length > 0) {
    throw new Failure(
      problems.map((path) => `${path}: exists and was not written by falcoc; it is left alone`),
    );
  }
  for (const { name, text } of files) await replaceFile(join(directory, name), text);
}

async function isForeign(path: string): Promise<boolean> {
  if ((await kindOf(path)) === "missing") return false;
  const read = await readBytes(path, OWN_FILE_BYTES_MAX);
  return !read.ok || !read.content.subarray(0, 200).includes(MARK);
}
