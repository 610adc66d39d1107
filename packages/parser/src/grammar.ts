// SPDX-License-Identifier: Apache-2.0
import { EmbeddedActionsParser, type IToken } from "chevrotain";
import type {
  BinaryCheck,
  Condition,
  ExistsCheck,
  Field,
  List,
  Operand,
  Transformer,
  TransformerArgument,
  TransformerList,
  Value,
} from "./ast.ts";
import type { BinaryOperator, Modifier } from "./operators.ts";
import * as tokens from "./tokens.ts";

type CallItem = TransformerList["items"][number];
type Right = BinaryCheck["right"];

/**
 * The grammar of conditions over the scanner's tokens; it builds the tree as it goes. The scanner lets only
 * well-formed conditions through, so an error here is a mistake of ours. While Chevrotain records the grammar it
 * runs every rule once with hollow tokens and results, so no rule looks deeper into a result than one property.
 */
export class ConditionGrammar extends EmbeddedActionsParser {
  constructor() {
    super([...tokens.TOKENS], { maxLookahead: 1, recoveryEnabled: false, skipValidations: true });
    this.performSelfAnalysis();
  }

  /** `condition = disjunction` */
  // The engine places an outermost `or` before the blanks that lead in.
  readonly condition = this.RULE("condition", (): Condition => this.SUBRULE(this.disjunction, { ARGS: [0] }));

  /** `disjunction = conjunction , { "or" , conjunction | "or(" , group }` */
  readonly disjunction = this.RULE("disjunction", (start: number): Condition => {
    const first = this.SUBRULE(this.conjunction);
    const children = [first];
    this.MANY(() => {
      children.push(
        this.OR([
          {
            ALT: () => {
              this.CONSUME(tokens.Or);
              return this.SUBRULE2(this.conjunction);
            },
          },
          {
            ALT: () => {
              this.CONSUME(tokens.OrGroup);
              return this.SUBRULE(this.group);
            },
          },
        ]),
      );
    });
    return children.length === 1 ? first : { kind: "or", start, end: this.#end(), children };
  });

  /** `conjunction = negation , { "and" , negation | "and(" , group }` */
  readonly conjunction = this.RULE("conjunction", (): Condition => {
    const start = this.#start();
    const first = this.SUBRULE(this.negation);
    const children = [first];
    this.MANY(() => {
      children.push(
        this.OR([
          {
            ALT: () => {
              this.CONSUME(tokens.And);
              return this.SUBRULE2(this.negation);
            },
          },
          {
            ALT: () => {
              this.CONSUME(tokens.AndGroup);
              return this.SUBRULE(this.group);
            },
          },
        ]),
      );
    });
    return children.length === 1 ? first : { kind: "and", start, end: this.#end(), children };
  });

  /** `negation = { "not" } , ( "not(" , group | "(" , group | check | macro )` */
  readonly negation = this.RULE("negation", (): Condition => {
    const start = this.#start();
    let negated = false;
    this.MANY(() => {
      this.CONSUME(tokens.Not);
      negated = !negated;
    });
    const child = this.OR([
      {
        ALT: () => {
          this.CONSUME(tokens.NotGroup);
          negated = !negated;
          return this.SUBRULE(this.group);
        },
      },
      {
        ALT: () => {
          this.CONSUME(tokens.Group);
          return this.SUBRULE2(this.group);
        },
      },
      { ALT: () => this.SUBRULE(this.check) },
      { ALT: () => this.SUBRULE(this.macro) },
    ]);
    return negated ? { kind: "not", start, end: this.#end(), child } : child;
  });

  /** `group = disjunction , ")" | ParsedGroup` */
  readonly group = this.RULE(
    "group",
    (): Condition =>
      this.OR([
        {
          ALT: () => {
            const content = this.SUBRULE(this.disjunction, { ARGS: [this.#start()] });
            this.CONSUME(tokens.RightParenthesis);
            return content;
          },
        },
        { ALT: () => (this.CONSUME(tokens.ParsedGroup) as tokens.ParsedToken<Condition>).parsed },
      ]),
  );

  /** `macro = MacroName` */
  readonly macro = this.RULE("macro", (): Condition => {
    const name = this.CONSUME(tokens.MacroName);
    return { kind: "macro", start: name.startOffset, end: endOf(name), name: name.image };
  });

  /**
   * ```
   * check = operand , ( "exists"
   *                   | NumberOperator , ( computed | number )
   *                   | TextOperator , ( computed | text | Modifier , listOrName )
   *                   | ListOperator , ( computed | listOrName ) )
   * ```
   */
  readonly check = this.RULE("check", (): ExistsCheck | BinaryCheck => {
    const left = this.SUBRULE(this.operand);
    return this.OR([
      {
        ALT: (): ExistsCheck => {
          this.CONSUME(tokens.Exists);
          return { kind: "exists", start: left.start, end: this.#end(), left };
        },
      },
      {
        ALT: () => {
          const operator = this.CONSUME(tokens.NumberOperator);
          const right = this.OR1([
            { ALT: () => this.SUBRULE1(this.computed) },
            { ALT: () => this.SUBRULE(this.number) },
          ]);
          return this.#binary(left, operator, null, right);
        },
      },
      {
        ALT: () => {
          const operator = this.CONSUME(tokens.TextOperator);
          let modifier: IToken | null = null;
          const right = this.OR2([
            { ALT: () => this.SUBRULE2(this.computed) },
            { ALT: () => this.SUBRULE(this.text) },
            {
              ALT: () => {
                modifier = this.CONSUME(tokens.ModifierWord);
                return this.SUBRULE1(this.listOrName);
              },
            },
          ]);
          return this.#binary(left, operator, modifier, right);
        },
      },
      {
        ALT: () => {
          const operator = this.CONSUME(tokens.ListOperator);
          const right = this.OR3([
            { ALT: () => this.SUBRULE3(this.computed) },
            { ALT: () => this.SUBRULE2(this.listOrName) },
          ]);
          return this.#binary(left, operator, null, right);
        },
      },
    ]);
  });

  /** `operand = field | call` */
  readonly operand = this.RULE(
    "operand",
    (): Operand => this.OR([{ ALT: () => this.SUBRULE(this.field) }, { ALT: () => this.SUBRULE(this.call) }]),
  );

  /** `field = FieldName , [ Argument ]` */
  readonly field = this.RULE("field", (): Field => {
    const name = this.CONSUME(tokens.FieldName);
    const argument = this.SUBRULE(this.argument);
    return { kind: "field", start: name.startOffset, end: this.#end(), name: name.image, argument };
  });

  /** `argument = [ Argument ]` */
  readonly argument = this.RULE("argument", (): string | null => {
    const argument = this.OPTION(() => this.CONSUME(tokens.Argument));
    return argument === undefined ? null : argument.image;
  });

  /** `computed = call | val` */
  readonly computed = this.RULE(
    "computed",
    (): Transformer =>
      this.OR([{ ALT: () => this.SUBRULE(this.call) }, { ALT: () => this.SUBRULE(this.val) }]),
  );

  /** `val = "val(" , field , ")" , argument` */
  readonly val = this.RULE("val", (): Transformer => {
    const { startOffset: start, image: name } = this.CONSUME(tokens.ValCall);
    const args = [this.SUBRULE(this.field)];
    this.CONSUME(tokens.RightParenthesis);
    const argument = this.SUBRULE(this.argument);
    return { kind: "transformer", start, end: this.#end(), name, args, argument };
  });

  /** `call = ( Call , callArgument , { "," , callArgument } , ")" | ParsedCall ) , argument` */
  readonly call = this.RULE("call", (): Transformer => {
    const call = this.OR([
      {
        ALT: () => {
          const { startOffset: start, image: name } = this.CONSUME(tokens.Call);
          const args: TransformerArgument[] = [];
          this.AT_LEAST_ONE_SEP({
            SEP: tokens.Comma,
            DEF: () => {
              // The engine places an argument right behind the comma, before the blanks that lead in.
              const place = args.length === 0 ? this.#start() : this.#end();
              args.push(this.SUBRULE(this.callArgument, { ARGS: [place] }));
            },
          });
          this.CONSUME(tokens.RightParenthesis);
          return { start, name, args };
        },
      },
      { ALT: () => (this.CONSUME(tokens.ParsedCall) as tokens.ParsedToken<Transformer>).parsed },
    ]);
    const argument = this.SUBRULE(this.argument);
    return {
      kind: "transformer",
      start: call.start,
      end: this.#end(),
      name: call.name,
      args: call.args,
      argument,
    };
  });

  /** `callArgument = callList | callItem` */
  readonly callArgument = this.RULE(
    "callArgument",
    (start: number): TransformerArgument =>
      this.OR([
        { ALT: () => this.SUBRULE(this.callList, { ARGS: [start] }) },
        { ALT: () => this.SUBRULE(this.callItem, { ARGS: [start] }) },
      ]),
  );

  /** `callList = "(" , [ callItem , { "," , callItem } ] , ")"` */
  readonly callList = this.RULE("callList", (start: number): TransformerList => {
    this.CONSUME(tokens.ListStart);
    const items: CallItem[] = [];
    // The engine places every item where its list is.
    this.MANY_SEP({
      SEP: tokens.Comma,
      DEF: () => items.push(this.SUBRULE(this.callItem, { ARGS: [start] })),
    });
    this.CONSUME(tokens.RightParenthesis);
    return { kind: "transformer-list", start, end: this.#end(), items };
  });

  /** `callItem = number | text | operand` */
  readonly callItem = this.RULE("callItem", (start: number): CallItem => {
    const item = this.OR([
      { ALT: () => this.SUBRULE(this.number) },
      { ALT: () => this.SUBRULE(this.text) },
      { ALT: () => this.SUBRULE(this.operand) },
    ]);
    return item.start === start ? item : { ...item, start };
  });

  /** `listOrName = list | ListName` */
  readonly listOrName = this.RULE("listOrName", (): List | Value =>
    this.OR([
      { ALT: () => this.SUBRULE(this.list) },
      { ALT: () => valueNode(this.CONSUME(tokens.ListName), false) },
    ]),
  );

  /** `list = "(" , [ text , { "," , text } ] , ")"` */
  readonly list = this.RULE("list", (): List => {
    const { startOffset: start } = this.CONSUME(tokens.ListStart);
    const items: Value[] = [];
    this.MANY_SEP({ SEP: tokens.Comma, DEF: () => items.push(this.SUBRULE(this.text)) });
    this.CONSUME(tokens.RightParenthesis);
    return { kind: "list", start, end: this.#end(), items };
  });

  /** `text = QuotedText | BareText` */
  readonly text = this.RULE(
    "text",
    (): Value =>
      this.OR([
        { ALT: () => valueNode(this.CONSUME(tokens.QuotedText), true) },
        { ALT: () => valueNode(this.CONSUME(tokens.BareText), false) },
      ]),
  );

  /** `number = NumberText` */
  readonly number = this.RULE("number", (): Value => valueNode(this.CONSUME(tokens.NumberText), false));

  /** Offset of the next token. */
  #start(): number {
    return this.LA(1).startOffset;
  }

  /** Offset behind the last token consumed. */
  #end(): number {
    return endOf(this.LA(0));
  }

  #binary(left: Operand, operator: IToken, modifier: IToken | null, right: Right): BinaryCheck {
    return {
      kind: "check",
      start: left.start,
      end: this.#end(),
      operator: operator.image as BinaryOperator,
      modifier: modifier === null ? null : (modifier.image as Modifier),
      left,
      right,
    };
  }
}

function valueNode(token: IToken, quoted: boolean): Value {
  return { kind: "value", start: token.startOffset, end: endOf(token), text: token.image, quoted };
}

function endOf(token: IToken): number {
  return (token.endOffset ?? token.startOffset) + 1;
}
