// SPDX-License-Identifier: Apache-2.0
import { createCatalog, type Target } from "@falcoc/compiler/catalog";
import { describe, expect, it } from "vitest";
import { loadFiles } from "../../packages/compiler/src/load/load-files.ts";
import { Session } from "../../packages/compiler/src/load/session.ts";
import { codes, list, loaded, macro, rule } from "./language.ts";

const ofOpen = (condition: string): string => rule(`evt.type=open and ${condition}`);
const withOutput = (output: string): string =>
  rule("evt.type=open").replace('output: "o"', `output: ${JSON.stringify(output)}`);

/** Findings of files for a target: message, hint, and what they point at. */
function report(texts: readonly string[], target: string): readonly string[] {
  return loaded(texts, { target }).diagnostics.map(({ message, hint, span }) => {
    const text = texts[Number(span?.path.slice(0, 1)) - 1] ?? "";
    return `${message}; ${hint} @ ${text.slice(span?.start, span?.end)}`;
  });
}

const says = (what: string, version: string, since: string, place: string): string =>
  `${what}, which Falco ${version} does not have; Falco ${since} is the first version that has it @ ${place}`;

describe("what a version lacks", () => {
  it.each<[string, string, string, readonly string[]]>([
    [
      "a modifier",
      ofOpen("proc.name = anyof (a, b)"),
      "0.43",
      [says('the condition of rule "r1" uses the modifier "anyof"', "0.43", "0.44", "anyof")],
    ],
    [
      "each modifier of a condition",
      ofOpen("proc.name = oneof (a) and fd.name startswith allof (b)"),
      "0.42",
      [
        says('the condition of rule "r1" uses the modifier "oneof"', "0.42", "0.44", "oneof"),
        says('the condition of rule "r1" uses the modifier "allof"', "0.42", "0.44", "allof"),
      ],
    ],
    [
      "a transformer on the right",
      ofOpen("proc.name = concat(proc.pname, proc.exe)"),
      "0.42",
      [says('the condition of rule "r1" uses the transformer "concat"', "0.42", "0.44", "concat")],
    ],
    [
      "a transformer in a macro",
      macro("m", 'evt.type=open and join(" ", (proc.exe)) = x') + rule("m"),
      "0.43",
      [says('the condition of macro "m" uses the transformer "join"', "0.43", "0.44", "join")],
    ],
    [
      "an escape",
      ofOpen("proc.name = 'a\\x41'"),
      "0.44",
      [says('the condition of rule "r1" uses the escape "\\x"', "0.44", "0.45", "\\\\x")],
    ],
    [
      "an escape in an argument",
      ofOpen("proc.env['\\x41'] exists"),
      "0.44",
      [says('the condition of rule "r1" uses the escape "\\x"', "0.44", "0.45", "\\\\x")],
    ],
    [
      "what a list brings",
      `${list("l", "'\\x41'")}${ofOpen("proc.name in (l)")}`,
      "0.44",
      [says('the condition of rule "r1" uses the escape "\\x"', "0.44", "0.45", "\\\\x")],
    ],
    [
      "a transformer in an output",
      withOutput("a %proc.name %concat(proc.name, proc.exe)"),
      "0.43",
      [says('the output of rule "r1" uses the transformer "concat"', "0.43", "0.44", "concat")],
    ],
  ])("%s", (_, text, target, expected) => {
    expect(report([text], target)).toEqual(expected);
    expect(codes([text])).toEqual(["ok"]);
    expect(loaded([text], { target }).ruleset.rules).toEqual([]);
  });

  it.each([
    ["a modifier's name as a text", ofOpen("proc.name = anyof")],
    ["a name of a transformer as a text", ofOpen("proc.name = join")],
    ["a backslash that is escaped", ofOpen("proc.name = 'a\\\\x41'")],
    ["a backslash outside of quotes", ofOpen("proc.name = a\\x41")],
    ["transformers that were always there", ofOpen("tolower(proc.name) = val(proc.pname)")],
  ])("is not %s", (_, text) => {
    expect(codes([text], { target: "0.42" })).toEqual(["ok"]);
    expect(codes([text], { target: "0.57.0" })).toEqual(["ok"]);
  });

  it("is an error for the engine of that version, too", () => {
    expect(codes([ofOpen("proc.name = anyof (a)")], { target: "0.43" })).toEqual(["ERR_COMPILE_CONDITION"]);
    expect(codes([withOutput("%join(' ', (proc.exe))")], { target: "0.43" })).toEqual(["ERR_COMPILE_OUTPUT"]);
  });

  it("is an engine that the rules require", () => {
    expect(codes(["- required_engine_version: 0.60.0\n"], { target: "0.44" })).toEqual(["ok"]);
    expect(codes(["- required_engine_version: 0.60.0\n"], { target: "0.42" })).toEqual(["ERR_VALIDATE"]);
  });
});

/** A version before all known ones, which therefore has nothing of what any of them brought. */
const ANCIENT: Target = { falco: "0.41", engine: "0.50.0" };

describe("what the oldest known version brought", () => {
  it.each([
    ["a key", rule("evt.type=open", "capture: true"), 'rule "r1" has the key "capture"', "capture"],
    ["a field", ofOpen("static.site = x"), 'rule "r1": "static.site" is no field', "static.site"],
    [
      "a field in an output",
      withOutput("%static.site"),
      'the output of rule "r1" names "static.site"',
      "%static.site",
    ],
  ])("%s", (_, text, message, place) => {
    const catalog = createCatalog({ target: null });
    const source = { path: "1.yaml", text };
    const { diagnostics } = loadFiles([source], new Session(catalog, ANCIENT), {
      engineVersion: "0.50.0",
      appendOutput: [],
    });
    const [finding] = diagnostics;
    expect(finding?.message.startsWith(message)).toBe(true);
    expect(finding?.hint).toBe("Falco 0.42 is the first version that has it");
    expect(text.slice(finding?.span?.start, finding?.span?.end)).toBe(place);
  });
});
