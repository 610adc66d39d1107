// SPDX-License-Identifier: Apache-2.0
import type { ByteString, FieldUse, ScalarValue } from "@falcoc/compiler/program";
import type { Thread } from "../../state/thread.ts";
import type { ThreadTable } from "../../state/thread-table.ts";
import { type Factory, type Fields, fromThread, indexOf, ofThread, type Read } from "./factory.ts";
import { knownId, variable } from "./process.ts";

/** How far up an environment variable is looked for. */
const VARIABLE_ANCESTORS_MAX = 20;
const SHELL_SUFFIX = "sh";

/** Ancestors of a process: one by number (0: itself), or all from the parent upwards. */
export const PROCESS_ANCESTOR_FIELDS: Fields = {
  "proc.aname": ancestors((process) => process.comm),
  "proc.aexe": ancestors((process) => process.exe),
  "proc.aexepath": ancestors((process) => process.exepath),
  "proc.acmdline": ancestors((process) => process.commandLine),
  "proc.aargs": ancestors((process) => process.args.joined),
  "proc.apid": ancestorIds,
  "proc.aenv": ancestorEnvironment,
  "proc.loginshellid": ofThread((thread, event) => {
    const lineage = [thread, ...event.state.threads.ancestors(thread)];
    const shell = lineage.findLast((one) => one.comm.endsWith(SHELL_SUFFIX));
    return shell === undefined ? null : knownId(shell.pid);
  }),
};

/** Without level the texts of all ancestors: candidates in conditions, in outputs one text, if any is not empty. */
function ancestors(read: (process: Thread) => ByteString): Factory {
  return ({ argument, comparison }) => {
    const level = indexOf(argument);
    if (level !== null) return ancestorAt(level, read);
    return fromThread((thread, event) => {
      const all = event.state.threads.ancestors(thread).map(read);
      if (comparison !== "ancestors") return joined(all);
      return all.length === 0 ? null : all;
    });
  };
}

/** Texts with blanks between them, but for empty ones in front; null when all are empty. */
function joined(texts: readonly ByteString[]): ByteString | null {
  const text = texts.reduce((before, one) => (before === "" ? one : `${before} ${one}`), "");
  return text === "" ? null : text;
}

/** Without level outputs show the process itself. */
function ancestorIds({ argument, comparison }: FieldUse): Read {
  const level = indexOf(argument);
  if (level !== null) return ancestorAt(level, (process) => knownId(process.pid));
  if (comparison !== "ancestors") return ancestorAt(0, (process) => knownId(process.pid));
  return fromThread((thread, event) => {
    const all = event.state.threads.ancestors(thread).map((process) => process.pid);
    return all.length === 0 ? null : all;
  });
}

function ancestorAt(level: number, read: (process: Thread) => ScalarValue | null): Read {
  return fromThread((thread, event) => {
    const process = event.state.threads.ancestor(thread, level);
    return process === null ? null : read(process);
  });
}

/** A name asks for a variable. Without one, conditions test whole environments, and outputs show that of a level. */
function ancestorEnvironment({ argument, comparison }: FieldUse): Read {
  const isName = argument !== null && !/^[0-9]*$/.test(argument);
  if (isName) return fromThread((thread, event) => inherited(event.state.threads, thread, argument));
  const whole = (process: Thread) => process.environment.joined;
  if (comparison !== "ancestors") {
    const read = ancestorAt(Number(argument ?? 0), whole);
    return fromThread((thread, event) => (thread.isInvalid ? "" : read(event)));
  }
  return fromThread((thread, event) => {
    const all = event.state.threads.ancestors(thread).map(whole);
    return all.length === 0 ? null : all;
  });
}

/** The first value of a variable among the ancestors that is not empty. */
function inherited(threads: ThreadTable, thread: Thread, name: ByteString): ByteString {
  for (const ancestor of threads.ancestors(thread).slice(0, VARIABLE_ANCESTORS_MAX)) {
    const value = variable(ancestor.environment.items, name);
    if (value !== "") return value;
  }
  return "";
}
