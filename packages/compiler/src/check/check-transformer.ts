// SPDX-License-Identifier: Apache-2.0
import type { Transformer, TransformerArgument, TransformerName } from "@falcoc/parser";
import type { PrintFormat, ValueType } from "../catalog/types.ts";
import { type Operand, operandIsList, operandType, type TransformOperand } from "../ir/expr.ts";
import type { TransformName } from "../program/index.ts";
import { type CheckedOperand, operandName, operandPrint } from "./checked-operand.ts";
import { collect, type Failure, failure, type Result, success } from "./result.ts";
import { classOf } from "./value-types.ts";

/** Transformers of one argument with the types they take; `len` takes lists of any type besides. */
const SINGLE_TRANSFORMERS: Readonly<Record<string, readonly ValueType[]>> = {
  tolower: ["CHARBUF", "FSPATH", "FSRELPATH"],
  toupper: ["CHARBUF", "FSPATH", "FSRELPATH"],
  b64: ["CHARBUF", "BYTEBUF"],
  basename: ["CHARBUF", "FSPATH", "FSRELPATH"],
  len: ["CHARBUF", "FSPATH", "FSRELPATH", "BYTEBUF"],
};

type Arguments = readonly CheckedOperand[];

/** Transformers of several arguments: what is wrong with their arguments, and the type they give. */
const SEVERAL_TRANSFORMERS: Readonly<Record<string, SeveralTransformer>> = {
  join: {
    fault: joinFault,
    args: ([separator, list]) => [printed(separator!.operand), printed(list!.operand)],
    isList: () => false,
  },
  concat: { fault: concatFault, args: operands, isList: () => false },
  getopt: { fault: getoptFault, args: operands, isList: (selector) => selector === null },
};

interface SeveralTransformer {
  fault(args: Arguments, selector: string | null): Failure | null;
  args(args: Arguments): readonly Operand[];
  isList(selector: string | null): boolean;
}

/** Checks an argument of a transformer. */
type CheckArgument = (argument: TransformerArgument) => Result<CheckedOperand>;

/** Checks a transformer call. The engine tells calls of one argument from calls of several before it looks at names. */
export function checkTransformer(node: Transformer, check: CheckArgument): Result<CheckedOperand> {
  return node.args.length === 1 ? checkSingle(node, check) : checkSeveral(node, check);
}

function checkSingle(node: Transformer, check: CheckArgument): Result<CheckedOperand> {
  const { name } = node;
  if (node.argument !== null) return noFieldArguments(name);
  const accepted = Object.hasOwn(SINGLE_TRANSFORMERS, name) ? SINGLE_TRANSFORMERS[name] : undefined;
  if (accepted === undefined && name !== "val") {
    return failure("wrong-transformer", `unknown field transfomer '${name}'`);
  }
  const inner = check(node.args[0]!);
  if (!inner.ok || accepted === undefined) return inner;
  const { operand, base, definition } = inner.value;
  if (definition?.noTransformer) {
    return failure("wrong-transformer", `field '${definition.name}' does not support transformers`);
  }
  const type = operandType(operand);
  const isList = operandIsList(operand);
  if (!accepted.includes(type) && !(name === "len" && isList)) {
    const field = `${isList ? "list field" : "field"} '${operandName(inner.value)}'`;
    const reason = `type '${type}' is not supported by '${name}' transformer applied on ${field}`;
    return failure("wrong-transformer", `can't add field transformer: ${reason}`);
  }
  const isLength = name === "len";
  const transformed = transform(
    node,
    isLength ? "UINT64" : type,
    isList && !isLength,
    operandPrint(operand),
    [operand],
  );
  return success({ operand: transformed, base, definition });
}

function checkSeveral(node: Transformer, check: CheckArgument): Result<CheckedOperand> {
  const { name, argument } = node;
  const several = Object.hasOwn(SEVERAL_TRANSFORMERS, name) ? SEVERAL_TRANSFORMERS[name] : undefined;
  if (several === undefined) {
    return failure("wrong-transformer", `transformer '${name}' takes exactly one argument`);
  }
  if (argument !== null && name !== "getopt") return noFieldArguments(name);
  const args = collect(node.args, check);
  if (!args.ok) return args;
  const fault = several.fault(args.value, argument);
  if (fault !== null) return fault;
  const operand = transform(node, "CHARBUF", several.isList(argument), "NA", several.args(args.value));
  return success({ operand, base: operand, definition: null });
}

function transform(
  { name, start, end, argument }: Transformer,
  type: ValueType,
  isList: boolean,
  print: PrintFormat,
  args: readonly Operand[],
): TransformOperand {
  const call = { name: name as TransformerName, selector: argument, type, print };
  return { kind: "transform", start, end, call, isList, args };
}

function operands(args: Arguments): readonly Operand[] {
  return args.map(({ operand }) => operand);
}

/** What `join` puts together: numbers become texts in their print format. */
function printed(operand: Operand): Operand {
  if (operand.kind === "list") return { ...operand, items: operand.items.map(printed) };
  const valueClass = classOf(operandType(operand));
  if (valueClass === "string" || valueClass === "buffer") return operand;
  const name: TransformName = "print";
  const call = { name, selector: null, type: "CHARBUF", print: operandPrint(operand) } as const;
  const { start, end } = operand;
  return { kind: "transform", start, end, call, isList: operandIsList(operand), args: [operand] };
}

function joinFault(args: Arguments): Failure | null {
  if (args.length !== 2) return wrong("join() requires exactly 2 arguments: separator and list");
  const [separator, list] = args;
  if (isListBase(separator!)) {
    return wrong("join() first argument (separator) must be a single value, not a list");
  }
  return isListBase(list!) ? null : wrong("join() second argument must be a list");
}

function concatFault(args: Arguments): Failure | null {
  const strings = args.every((arg) => isTextBase(arg) && !isListBase(arg));
  return strings ? null : wrong("concat() arguments must be strings");
}

function getoptFault(args: Arguments, selector: string | null): Failure | null {
  if (args.length !== 2) return wrong("getopt() requires exactly 2 arguments: args list and optstring");
  const [list, options] = args;
  if (!isListBase(list!)) return wrong("getopt() first argument must be a list");
  if (isListBase(options!)) return wrong("getopt() second argument (optstring) must be a single value");
  if (!args.every(isTextBase)) return wrong("getopt() arguments must be strings");
  if (selector === null || selector.length === 1) return null;
  return wrong("getopt() field argument must be a single option character");
}

/** The engine looks under transformers, and takes no notice that a transformer of several arguments gives a list. */
function isListBase({ base }: CheckedOperand): boolean {
  return base.kind !== "transform" && operandIsList(base);
}

function isTextBase({ base }: CheckedOperand): boolean {
  if (base.kind === "list") return base.items.every((item) => operandType(item) === "CHARBUF");
  return operandType(base) === "CHARBUF";
}

function wrong(message: string): Failure {
  return failure("wrong-transformer", message);
}

function noFieldArguments(name: string): Failure {
  return wrong(`filter error: transformer '${name}' does not support field arguments`);
}
