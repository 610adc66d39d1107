// SPDX-License-Identifier: Apache-2.0
import { type Code, code, joinCode, nameCode } from "./code.ts";
import type { TransformNode, ValueNode } from "./graph.ts";

/** Code of a value, null where it is missing, from the code of its arguments. */
export function emitValue(node: ValueNode, args: readonly Code[]): Code {
  switch (node.kind) {
    case "field":
      return code`${nameCode("f", node.slot)}(ev)`;
    case "text":
      return code`${node.text}`;
    case "list":
      return code`rt.list(${joinCode(args, code`, `)})`;
    case "transform":
      return emitTransform(node, args);
    default:
      return node satisfies never;
  }
}

function emitTransform({ call }: TransformNode, args: readonly Code[]): Code {
  const all = joinCode(args, code`, `);
  switch (call.name) {
    case "tolower":
      return code`rt.tolower(${all})`;
    case "toupper":
      return code`rt.toupper(${all})`;
    case "basename":
      return code`rt.basename(${all})`;
    case "b64":
      return code`rt.b64(${all}, ${call.type !== "BYTEBUF"})`;
    case "len":
      return code`rt.len(${all})`;
    case "join":
      return code`rt.join(${all})`;
    case "concat":
      return code`rt.concat(${all})`;
    case "getopt":
      return code`rt.getopt(${all}, ${call.selector})`;
    case "print":
      return code`rt.print(${all}, ${call.print})`;
    default:
      return call.name satisfies never;
  }
}
