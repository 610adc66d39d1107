// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { readYamlEvents } from "./read-yaml-events.ts";

describe("YAML events", () => {
  it.each<[string, string, unknown]>([
    [
      "items of a sequence",
      "- a: 1\n- b: [x, true, null]\n",
      [
        [{ a: 1 }, 1],
        [{ b: ["x", true, null] }, 2],
      ],
    ],
    [
      "documents that are no sequence",
      "a: 1\n---\nb: 2\n",
      [
        [{ a: 1 }, 1],
        [{ b: 2 }, 3],
      ],
    ],
    ["nothing", "# only a comment\n", []],
    [
      "aliases",
      "- &e {a: 1}\n- *e\n",
      [
        [{ a: 1 }, 1],
        [{ a: 1 }, 2],
      ],
    ],
    [
      "integers beyond 2^53",
      "- [18446744073709551615, 9007199254740991]\n",
      [[[18446744073709551615n, 9007199254740991], 1]],
    ],
    ["words that YAML once took for booleans", "- [yes, No, off]\n", [[["yes", "No", "off"], 1]]],
    ["dates as they are written", "- 2026-01-02\n", [["2026-01-02", 1]]],
    ["texts that begin with a percent sign", "- a: %{ item }\n", [[{ a: "%{ item }" }, 1]]],
  ])("takes %s", (_title, text, expected) => {
    const { objects, problems } = readYamlEvents(text);
    expect(problems).toEqual([]);
    expect(objects.map(({ value, line }) => [value, line])).toEqual(expected);
  });

  const bomb = Array.from({ length: 9 }, (_, i) => `- &a${i + 1} [${`*a${i}, `.repeat(10)}]`).join("\n");

  it.each([
    ["what is no YAML", "a:\n- [b\n", 3],
    ["a tab for a blank", "a:\n\t- b\n", 2],
    ["an unknown alias", "- *b\n", null],
    ["aliases that multiply", `- &a0 [x]\n${bomb}\n`, null],
    ["nesting without end", "[".repeat(50_000), 1],
  ])("refuses %s", (_title, text, line) => {
    const { objects, problems } = readYamlEvents(text);
    expect(objects).toEqual([]);
    expect(problems[0]).toEqual({ line, message: expect.stringMatching(/^not YAML: \S/) });
  });
});
