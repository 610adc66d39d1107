// SPDX-License-Identifier: Apache-2.0
import { RULES_FILE_LENGTH_MAX, type SourceFile } from "@falcoc/parser";
import { Failure } from "../failure.ts";
import { isRulesFileName } from "./event-file-name.ts";
import { kindOf, listDirectory } from "./list-directory.ts";
import { collect, decode, readBytes, STDIN_NAME } from "./read-bytes.ts";

/** A file of more bytes may have more characters than the parser takes: it is not read into memory. */
const RULES_FILE_BYTES_MAX = RULES_FILE_LENGTH_MAX;

/**
 * Reads RULES arguments in the order given: files, directories (their YAML files by name, not recursive), and `-`
 * for standard input. Throws a Failure that names everything that cannot be read.
 */
export async function readRulesFiles(
  rules: readonly string[],
  stdin: AsyncIterable<Uint8Array>,
): Promise<SourceFile[]> {
  const paths = await expandRules(rules);
  if (paths.filter((path) => path === "-").length > 1) throw new Failure(["- can be given only once"]);
  const files: SourceFile[] = [];
  const problems: string[] = [];
  for (const path of paths) {
    const name = path === "-" ? STDIN_NAME : path;
    const read =
      path === "-"
        ? await collect(stdin, name, RULES_FILE_BYTES_MAX)
        : await readBytes(path, RULES_FILE_BYTES_MAX);
    const decoded = decode(read, name);
    if (decoded.ok) files.push({ path: name, text: decoded.content });
    else problems.push(decoded.problem);
  }
  if (problems.length > 0) throw new Failure(problems);
  return files;
}

/** Paths of the rules files that RULES arguments stand for; `-` is kept. */
export async function expandRules(rules: readonly string[]): Promise<string[]> {
  const paths: string[] = [];
  const problems: string[] = [];
  for (const argument of rules) {
    if (/^https?:\/\//i.test(argument)) {
      problems.push(`${argument}: rules are not fetched over the network; download the file first`);
    } else if (argument === "-" || (await kindOf(argument)) !== "directory") paths.push(argument);
    else {
      const inside = (await listDirectory(argument)).files.filter(isRulesFileName);
      if (inside.length === 0) problems.push(`${argument}: no rules files (*.yaml, *.yml) in this directory`);
      paths.push(...inside);
    }
  }
  if (problems.length > 0) throw new Failure(problems);
  return paths;
}
