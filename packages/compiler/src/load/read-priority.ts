// SPDX-License-Identifier: Apache-2.0
import { decodeText, lookup, type YamlNode } from "@falcoc/parser";
import { parsePriority } from "../program/priority.ts";
import { PRIORITIES, type Priority } from "../program/program.ts";
import { didYouMean } from "../suggest.ts";
import { nodeContext, quoted } from "./context.ts";
import { readText, type Scope, spanOfValue } from "./decode.ts";

/** Reads the priority, which must be there; null after reporting what is wrong with it. */
export function readPriority(scope: Scope): Priority | null {
  const text = readText(scope, "priority")?.text;
  if (text === undefined) return null;
  const priority = parsePriority(text);
  if (priority !== null) return priority;
  const { node, context, findings } = scope;
  const value = lookup(node, "priority") as YamlNode;
  const place = nodeContext(context, "rule priority", value);
  findings.error("LOAD_ERR_YAML_VALIDATE", place, "Invalid priority", {
    message: `${quoted(text)} is no priority`,
    span: spanOfValue(scope, "priority", value),
    hint: didYouMean(decodeText(text), PRIORITIES) ?? `use one of ${PRIORITIES.join(", ")}`,
  });
  return null;
}
