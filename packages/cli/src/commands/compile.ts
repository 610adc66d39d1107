// SPDX-License-Identifier: Apache-2.0
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { EXIT } from "../exit-code.ts";
import { Failure } from "../failure.ts";
import { kindOf } from "../input/list-directory.ts";
import { readBytes, reason } from "../input/read-bytes.ts";
import { loadRules } from "../load-rules.ts";
import { type GeneratedFile, MARK, moduleFiles } from "../module/module-files.ts";
import { plural } from "../render/lint-report.ts";
import { replaceFile } from "../replace-file.ts";
import { toolVersion } from "../version.ts";
import { addCatalogFlags, type CatalogFlags, catalogSettings } from "./catalog-flags.ts";
import { addExamples, type CommandDefinition, RULES_ARGUMENT } from "./definition.ts";

interface CompileFlags extends CatalogFlags {
  readonly out: string;
}

/** A file of ours says so within this many bytes; what is larger is not read to find out. */
const OWN_FILE_BYTES_MAX = 256 * 1024 * 1024;

export const command: CommandDefinition<[rules: string[]], CompileFlags> = {
  define(compile) {
    compile
      .argument("<rules...>", RULES_ARGUMENT)
      .requiredOption(
        "-o, --out <dir>",
        "directory for index.js, index.d.ts and manifest.json; made when missing",
      );
    addCatalogFlags(compile);
    addExamples(compile, [
      ["a module that runs without the compiler", "falcoc compile rules/ -o build/rules"],
      [
        "the system calls that the rules need",
        "falcoc compile rules/ -o out && jq -r '.syscalls[]' out/manifest.json",
      ],
    ]);
  },

  async run(terminal, [rules], options) {
    const result = await loadRules(terminal, rules, catalogSettings(options));
    if (result === null) return EXIT.findings;
    const files = moduleFiles(result, toolVersion());
    await writeFiles(options.out, files);
    const { ruleset } = result;
    terminal.err.write(`${plural(ruleset.rules.length, "rule")} compiled into ${options.out}\n`);
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
