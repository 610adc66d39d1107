// SPDX-License-Identifier: Apache-2.0
import { type LintConfig, readLintConfig } from "@falcoc/compiler";
import { LineIndex } from "@falcoc/parser";
import { Failure } from "../failure.ts";
import { kindOf } from "./list-directory.ts";
import { decode, readBytes } from "./read-bytes.ts";

/** The configuration that is read where none is named. */
const CONFIG_NAME = "falcoc.yaml";
const CONFIG_BYTES_MAX = 1024 * 1024;

/**
 * What a configuration file says about findings: the one at `path`, or `falcoc.yaml` in the current directory where
 * there is one. Throws a Failure that names everything that is wrong with it.
 */
export async function loadLintConfig(path: string | undefined): Promise<LintConfig["options"]> {
  const name = path ?? CONFIG_NAME;
  if (path === undefined && (await kindOf(name)) === "missing") return {};
  const decoded = decode(await readBytes(name, CONFIG_BYTES_MAX), name);
  if (!decoded.ok) throw new Failure([decoded.problem]);
  const { options, diagnostics } = readLintConfig({ path: name, text: decoded.content });
  if (diagnostics.length === 0) return options;
  const lines = new LineIndex(decoded.content);
  throw new Failure(
    diagnostics.map(({ message, hint, span }) => {
      const { line, column } = lines.position(span?.start ?? 0);
      return `${name}:${line}:${column}: ${message}${hint === undefined ? "" : `; ${hint}`}`;
    }),
  );
}
