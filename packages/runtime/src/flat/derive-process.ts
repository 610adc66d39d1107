// SPDX-License-Identifier: Apache-2.0
import type { ByteString, FieldValue, ScalarValue } from "@falcoc/compiler/program";
import { type Derivation, type Known, sameAs } from "./derivation.ts";

/** Generations that are looked through for ancestors. */
const ANCESTORS_MAX = 64;

/** A property of a process, with the fields that show it for its parent and its ancestors. */
interface Lineage {
  readonly own: string;
  readonly parent: string;
  readonly ancestor: string;
}

const LINEAGES: readonly Lineage[] = [
  { own: "proc.name", parent: "proc.pname", ancestor: "proc.aname" },
  { own: "proc.exe", parent: "proc.pexe", ancestor: "proc.aexe" },
  { own: "proc.exepath", parent: "proc.pexepath", ancestor: "proc.aexepath" },
  { own: "proc.cmdline", parent: "proc.pcmdline", ancestor: "proc.acmdline" },
  { own: "proc.pid", parent: "proc.ppid", ancestor: "proc.apid" },
];

/** Fields of `proc.*` and `thread.*` that follow from names, arguments and ids. */
export const PROCESS_DERIVATIONS: readonly Derivation[] = [
  {
    field: "proc.cmdline",
    from: ["proc.name", "proc.args"],
    description: "the name and the arguments",
    derive: ({ text }) => joined(text("proc.name"), text("proc.args")),
  },
  {
    field: "proc.exeline",
    from: ["proc.exe", "proc.args"],
    description: "the executable as it was called and the arguments",
    derive: ({ text }) => {
      const exe = text("proc.exe");
      const args = text("proc.args");
      return exe === null || args === null ? null : `${exe} ${args}`;
    },
  },
  {
    field: "proc.args",
    from: ["proc.cmdline", "proc.name"],
    description: "what follows the name in the command line",
    derive: argumentsText,
  },
  ...LINEAGES.flatMap(lineage),
  sameAs("thread.tid", "proc.pid", "the id of the process, as for a process of one thread"),
  {
    field: "thread.ismain",
    from: ["proc.pid", "thread.tid"],
    description: "whether both ids are the same",
    derive: ({ integer }) => {
      const pid = integer("proc.pid");
      return pid === null ? null : pid === integer("thread.tid");
    },
  },
];

function lineage({ own, parent, ancestor }: Lineage): readonly Derivation[] {
  return [
    sameAs(parent, `${ancestor}[1]`, "that of the first ancestor"),
    {
      field: ancestor,
      from: [own, parent, `${ancestor}[N]`],
      description:
        "[0] that of the process, [1] of the parent; without a number all of them from the parent on",
      derive: (known, argument) => {
        if (argument === "0") return known.get(own);
        if (argument === "1") return known.get(parent);
        return argument === null || argument === "-1" ? ancestors(known, ancestor) : null;
      },
    },
  ];
}

/** Values of the generations from the parent on, until one is unknown. */
function ancestors({ get }: Known, ancestor: string): FieldValue | null {
  const values: ScalarValue[] = [];
  for (let i = 1; i <= ANCESTORS_MAX; i++) {
    const value = get(`${ancestor}[${i}]`);
    if (value === null || typeof value === "object") break;
    values.push(value);
  }
  return values.length === 0 ? null : values;
}

function joined(name: ByteString | null, args: ByteString | null): ByteString | null {
  if (name === null || args === null) return null;
  return args === "" ? name : `${name} ${args}`;
}

function argumentsText({ text }: Known): ByteString | null {
  const line = text("proc.cmdline");
  const name = text("proc.name");
  if (line === null || name === null) return null;
  if (line === name) return "";
  return line.startsWith(`${name} `) ? line.slice(name.length + 1) : null;
}
