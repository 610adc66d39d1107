// SPDX-License-Identifier: Apache-2.0
import { postOrder } from "../ir/post-order.ts";
import { type Code, code, joinCode, type NameKind, nameCode } from "./code.ts";
import { Constants } from "./constants.ts";
import { emitCheck, emitTest } from "./emit-check.ts";
import { emitValue } from "./emit-value.ts";
import {
  childNodes,
  type GraphNode,
  isTestNode,
  isValueNode,
  type TestNode,
  type ValueNode,
} from "./graph.ts";
import { orderedChildren, type Plan } from "./plan.ts";
import { TestMemory } from "./test-memory.ts";

/** Longest code of a function, in characters: V8 gives up on optimising functions much longer than this. */
export const FUNCTION_LENGTH_MAX = 12_000;
/**
 * Longest code of a node that is written out where it is used. Several tests of one value may take some three times
 * as long, and two such operands must fit into a function.
 */
const INLINE_LENGTH_MAX = 1_000;
/** Most code that the copies of one node may take together. */
const COPIES_LENGTH_MAX = 4_000;
/** Deepest nesting of parentheses, so that no parser of JavaScript runs out of stack. */
const DEPTH_MAX = 12;

/** Code of a node where it is used: for tests an operand of `&&` and `||`, for values an expression. */
interface Emitted {
  readonly code: Code;
  readonly depth: number;
  /** Of a check that is written out, or of one that must not hold. */
  readonly check?: ValueTest;
}

/** A test of a value that may be null: then it fails. */
interface ValueTest {
  readonly value: ValueNode;
  readonly read: Code;
  /** Of `a`, which is not null. */
  readonly test: Code;
  readonly isNegated: boolean;
}

/**
 * Emits nodes as expressions and functions. Results that are kept for an event live in three arrays: `M` has `yes` or
 * `no` of the current event for each kept test, `E` has `no` of the current event for each kept value, `V` the value.
 * Those that are kept with the process of the event live in its memory, `P`, and those that are kept with a text in
 * the memory of that text (see `TestMemory`).
 */
export class NodeEmitter {
  readonly constants = new Constants();
  readonly functions: Code[] = [];
  readonly #plans: ReadonlyMap<GraphNode, Plan>;
  readonly #places: ReadonlyMap<GraphNode, number>;
  readonly #emitted = new Map<GraphNode, Emitted>();
  readonly #counts: Partial<Record<NameKind, number>> = {};
  /** Code of the fields by slot. */
  readonly #fields = new Map<number, Code>();
  readonly #process = new TestMemory(code`P`);
  /** By slot of the field; `texts` is what gives the memory of a text. */
  readonly #texts = new Map<number, { readonly memory: TestMemory; readonly texts: Code }>();

  /** `places` tells at how many places the code of a root is going to be written. */
  constructor(plans: ReadonlyMap<GraphNode, Plan>, places: ReadonlyMap<GraphNode, number>) {
    this.#plans = plans;
    this.#places = places;
    const operands = (node: GraphNode): readonly GraphNode[] =>
      node.kind === "and" || node.kind === "or" ? orderedChildren(node, plans) : childNodes(node);
    for (const node of postOrder<GraphNode>([...places.keys()], operands)) {
      const args = operands(node).map((child) => this.#emitted.get(child)!);
      this.#emitted.set(node, isTestNode(node) ? this.#emitTest(node, args) : this.#emitValue(node, args));
    }
  }

  /** Test that holds when all of these do; they are tested in this order. */
  conjunction(tests: readonly TestNode[]): Code {
    return this.#connect(
      tests.map((test) => this.#emitted.get(test)!),
      "and",
    );
  }

  /** Slots of the fields that tests read. */
  get slots(): readonly number[] {
    return [...this.#fields.keys()].sort((a, b) => a - b);
  }

  /** How many tests, and how many values, are kept while an event is processed. */
  get keptTests(): number {
    return this.#counts.t ?? 0;
  }

  get keptValues(): number {
    return this.#counts.g ?? 0;
  }

  /** What makes the memory that tests need beyond one event. */
  get memories(): readonly Code[] {
    const { words } = this.#process;
    const texts = [...this.#texts.values()];
    return [
      code`const remembered = ${words === 0 ? code`() => null` : code`remember(${words})`};`,
      code`let P = null;`,
      ...texts.map((one) => code`const ${one.texts} = rt.rememberTexts(${one.memory.words});`),
    ];
  }

  /** A name of its own for a function that others make. */
  name(kind: NameKind): Code {
    return nameCode(kind, this.#count(kind));
  }

  #count(kind: NameKind): number {
    const count = this.#counts[kind] ?? 0;
    this.#counts[kind] = count + 1;
    return count;
  }

  #emitValue(node: ValueNode, args: readonly Emitted[]): Emitted {
    const value = emitValue(
      node,
      args.map((arg) => arg.code),
    );
    const emitted = this.#asPlanned(node, value, args);
    if (node.kind === "field") this.#fields.set(node.slot, emitted.code);
    return emitted;
  }

  #asPlanned(node: ValueNode, value: Code, args: readonly Emitted[]): Emitted {
    if (this.#plans.get(node)!.kept !== "no") return { code: this.#keepValue(value), depth: 0 };
    const depth = 1 + Math.max(0, ...args.map((arg) => arg.depth));
    if (value.length <= INLINE_LENGTH_MAX && depth <= DEPTH_MAX) return { code: value, depth };
    const name = this.name("h");
    this.functions.push(code`function ${name}(ev) { return ${value}; }`);
    return { code: code`${name}(ev)`, depth: 0 };
  }

  #keepValue(value: Code): Code {
    const index = this.#count("g");
    const name = nameCode("g", index);
    this.functions.push(
      code`function ${name}(ev) { if (E[${index}] === no) return V[${index}]; const v = ${value}; E[${index}] = no; V[${index}] = v; return v; }`,
    );
    return code`${name}(ev)`;
  }

  #emitTest(node: TestNode, args: readonly Emitted[]): Emitted {
    const plan = this.#plans.get(node)!;
    const expression = this.#expression(node, args);
    const depth = 1 + Math.max(0, ...args.map((arg) => arg.depth));
    if (plan.kept === "event") return { code: this.#keepTest(expression), depth: 0 };
    if (plan.kept === "process") return { code: this.#remember(this.#process, expression), depth: 0 };
    if (plan.kept === "text")
      return { code: this.#remember(this.#memoryOfText(node.binding as number), expression), depth: 0 };
    const places = Math.max(plan.uses, this.#places.get(node) ?? 1);
    const copies = expression.length * places;
    const isInline = expression.length <= INLINE_LENGTH_MAX && depth <= DEPTH_MAX;
    if (isInline && (places === 1 || copies <= COPIES_LENGTH_MAX)) {
      const check = this.#valueTest(node, args);
      return { code: expression, depth, ...(check === null ? {} : { check }) };
    }
    return { code: this.#outline(expression), depth: 0 };
  }

  #valueTest(node: TestNode, [first]: readonly Emitted[]): ValueTest | null {
    if (node.counts || first === undefined) return null;
    if (node.kind === "not") {
      const check = first.check ?? null;
      return check === null ? null : { ...check, isNegated: !check.isNegated };
    }
    if (node.kind !== "check" || node.quantifier !== "one" || isValueNode(node.right)) return null;
    const test = emitTest(node, code`a`, this.constants);
    return { value: node.left, read: first.code, test, isNegated: false };
  }

  #keepTest(expression: Code): Code {
    const index = this.#count("t");
    const name = nameCode("t", index);
    this.functions.push(
      code`function ${name}(ev) { let a, b; const r = ${expression}; M[${index}] = r ? yes : no; return r; }`,
    );
    return code`(M[${index}] === yes || M[${index}] !== no && ${name}(ev))`;
  }

  #remember(memory: TestMemory, expression: Code): Code {
    const name = this.name("u");
    const bits = memory.add();
    this.functions.push(
      code`function ${name}(ev) { let a, b; const r = ${expression}; ${bits.keep(code`r`)} return r; }`,
    );
    return bits.test(code`${name}(ev)`);
  }

  /** Memory of the texts of a field, which is looked up once an event. */
  #memoryOfText(slot: number): TestMemory {
    const known = this.#texts.get(slot);
    if (known !== undefined) return known.memory;
    const index = this.#texts.size;
    const [find, array, texts] = [nameCode("x", index), nameCode("y", index), nameCode("z", index)];
    const kept = this.#count("g");
    this.functions.push(
      code`let ${array} = null;`,
      code`function ${find}(ev) { if (E[${kept}] === no) return ${array}; ${array} = ${texts}(${this.#fields.get(slot)!}); E[${kept}] = no; return ${array}; }`,
    );
    const memory = new TestMemory(code`${find}(ev)`);
    this.#texts.set(slot, { memory, texts });
    return memory;
  }

  #outline(expression: Code): Code {
    const name = this.name("p");
    this.functions.push(code`function ${name}(ev) { let a, b; return ${expression}; }`);
    return code`${name}(ev)`;
  }

  #expression(node: TestNode, args: readonly Emitted[]): Code {
    const [first, second] = args;
    switch (node.kind) {
      case "constant":
        return code`${node.value}`;
      case "and":
        return this.#connect(args, "and");
      case "or":
        return this.#connect(args, "or");
      case "not":
        return code`!(${first!.code})`;
      case "exactly-one":
        return this.#countHolding(args);
      case "exists":
        return code`${first!.code} !== null`;
      case "check":
        return emitCheck(node, first!.code, isValueNode(node.right) ? second!.code : null, this.constants);
      default:
        return node satisfies never;
    }
  }

  /** Operands that are too many for one function go into several, which are operands in turn. */
  #connect(args: readonly Emitted[], kind: "and" | "or"): Code {
    const connective = kind === "and" ? code` && ` : code` || `;
    let operands = withSharedReads(args, kind);
    while (totalLength(operands) > FUNCTION_LENGTH_MAX) {
      operands = chunks(operands).map((chunk) =>
        chunk.length === 1 ? chunk[0]! : this.#outline(code`(${joinCode(chunk, connective)})`),
      );
    }
    return code`(${joinCode(operands, connective)})`;
  }

  #countHolding(args: readonly Emitted[]): Code {
    const counts = chunks(args.map((arg) => code`if (${arg.code}) n++;`)).map((statements) => {
      const name = this.name("n");
      const body = joinCode(statements, code` `);
      this.functions.push(code`function ${name}(ev) { let a, b, n = 0; ${body} return n; }`);
      return code`${name}(ev)`;
    });
    return code`(${joinCode(counts, code` + `)} === 1)`;
  }
}

/** Operands, where several tests of the same value are one: whether any of them holds. */
function withSharedReads(args: readonly Emitted[], kind: "and" | "or"): Code[] {
  const groups = new Map<ValueNode | Emitted, Emitted[]>();
  for (const arg of args) {
    const { check } = arg;
    const key = check !== undefined && check.isNegated === (kind === "and") ? check.value : arg;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [arg]);
    else group.push(arg);
  }
  return [...groups.values()].flatMap((group) => {
    if (group.length === 1) return group.map((arg) => arg.code);
    const { read } = group[0]!.check!;
    const tests = group.map((arg) => arg.check!.test);
    return chunks(tests, INLINE_LENGTH_MAX).map((some) => {
      const any = code`((a = ${read}) !== null && (${joinCode(
        some.map((test) => code`(${test})`),
        code` || `,
      )}))`;
      return kind === "and" ? code`!${any}` : any;
    });
  });
}

/** Splits code into runs that fit into a function each, or into less. */
export function chunks(parts: readonly Code[], lengthMax = FUNCTION_LENGTH_MAX): Code[][] {
  const runs: Code[][] = [];
  let length = Number.POSITIVE_INFINITY;
  for (const part of parts) {
    if (length + part.length > lengthMax) {
      runs.push([]);
      length = 0;
    }
    runs.at(-1)!.push(part);
    length += part.length;
  }
  return runs;
}

function totalLength(parts: readonly Code[]): number {
  return parts.reduce((sum, part) => sum + part.length, 0);
}
