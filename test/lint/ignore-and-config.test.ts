// SPDX-License-Identifier: Apache-2.0
import { compile, lint, readLintConfig } from "@falcoc/compiler";
import { describe, expect, it } from "vitest";
import { runEvent } from "./run-event.ts";

const RULE = `- rule: A
  desc: d
  condition: evt.type = open and fd.type = files
  output: o
  priority: INFO
`;

function codes(text: string, options: Parameters<typeof lint>[1] = {}): readonly string[] {
  return lint(compile([{ path: "rules.yaml", text }]), { run: runEvent, ...options }).map(({ code }) => code);
}

describe("falcoc-ignore", () => {
  it.each([
    ["nothing ignored", RULE, ["MISSING_EVENT_TYPE", "IMPOSSIBLE_VALUE"]],
    ["above an item", `# falcoc-ignore IMPOSSIBLE_VALUE: known\n${RULE}`, ["MISSING_EVENT_TYPE"]],
    ["two codes", `# falcoc-ignore IMPOSSIBLE_VALUE, MISSING_EVENT_TYPE: known\n${RULE}`, []],
    [
      "two comments",
      `# falcoc-ignore IMPOSSIBLE_VALUE: a\n# falcoc-ignore MISSING_EVENT_TYPE: b\n${RULE}`,
      [],
    ],
    [
      "with other comments and lines between",
      `# falcoc-ignore IMPOSSIBLE_VALUE, MISSING_EVENT_TYPE: known\n# about the rule\n\n${RULE}`,
      [],
    ],
    [
      "on the line",
      RULE.replace("files\n", "files # falcoc-ignore IMPOSSIBLE_VALUE, MISSING_EVENT_TYPE: known\n"),
      [],
    ],
    [
      "above a line within an item",
      RULE.replace(
        "  condition",
        "  # falcoc-ignore IMPOSSIBLE_VALUE, MISSING_EVENT_TYPE: known\n  condition",
      ),
      [],
    ],
    [
      "on another line",
      RULE.replace("desc: d", "desc: d # falcoc-ignore IMPOSSIBLE_VALUE: known"),
      ["IGNORE_UNUSED", "MISSING_EVENT_TYPE", "IMPOSSIBLE_VALUE"],
    ],
    [
      "without a reason",
      `# falcoc-ignore IMPOSSIBLE_VALUE\n${RULE}`,
      ["IGNORE_WITHOUT_REASON", "MISSING_EVENT_TYPE"],
    ],
    [
      "of a finding that is not made",
      `# falcoc-ignore DUPLICATE_ITEM: x\n${RULE}`,
      ["IGNORE_UNUSED", "MISSING_EVENT_TYPE", "IMPOSSIBLE_VALUE"],
    ],
    [
      "with an unknown code",
      `# falcoc-ignore IMPOSIBLE_VALUE: x\n${RULE}`,
      ["IGNORE_UNKNOWN_CODE", "MISSING_EVENT_TYPE", "IMPOSSIBLE_VALUE"],
    ],
    ["what compiling finds", "# falcoc-ignore LOAD_UNUSED_LIST: for others\n- list: a\n  items: [b]\n", []],
    [
      "errors never",
      `# falcoc-ignore LOAD_ERR_COMPILE_CONDITION: x\n${RULE.replace("fd.type", "fd.tipe")}`,
      ["LOAD_ERR_COMPILE_CONDITION"],
    ],
    [
      "nothing unused where a file does not load",
      `# falcoc-ignore SHADOWED_RULE: x\n${RULE.replace("fd.type", "fd.tipe")}`,
      ["LOAD_ERR_COMPILE_CONDITION"],
    ],
  ])("%s", (_title, text, expected) => {
    expect(codes(text)).toEqual(expected);
  });

  it("counts a code of a rule that is not run as neither used nor unused", () => {
    expect(codes("# falcoc-ignore SHADOWED_RULE: x\n- list: a\n  items: []\n", { run: undefined })).toEqual([
      "LOAD_UNUSED_LIST",
    ]);
  });
});

describe("configuration", () => {
  it("enables, disables and weighs findings", () => {
    const { options, diagnostics } = readLintConfig({
      path: "falcoc.yaml",
      text: "lint:\n  enable: [style]\n  disable: [IMPOSSIBLE_VALUE, STYLE_OUTPUT_FIELDS]\n  severity:\n    MISSING_EVENT_TYPE: error\n",
    });
    expect(diagnostics).toEqual([]);
    const found = lint(compile([{ path: "rules.yaml", text: RULE }]), options);
    expect(found.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      "info STYLE_DESCRIPTION",
      "error MISSING_EVENT_TYPE",
    ]);
  });

  it.each([
    ["nothing", "", []],
    ["other keys", "run:\n  a: b\n", []],
    ["a key that belongs under `lint`", "enable: [style]", [undefined]],
    ["an unknown code", "lint: {disable: [IMPOSIBLE_VALUE]}", ['did you mean "IMPOSSIBLE_VALUE"?']],
    ["an unknown group", "lint: {enable: [stile]}", ['did you mean "style"?']],
    ["an unknown key", "lint: {enabel: [style]}", ['did you mean "enable"?']],
    ["an unknown severity", "lint: {severity: {DUPLICATE_ITEM: fatal}}", ["use one of error, warning, info"]],
    ["no list", "lint: {enable: style}", [undefined]],
    ["no mapping", "- lint", [undefined]],
    ["no YAML", "lint: {", [undefined]],
  ])("%s", (_title, text, hints) => {
    expect(readLintConfig({ path: "falcoc.yaml", text }).diagnostics.map(({ hint }) => hint)).toEqual(hints);
  });

  it("keeps errors errors", () => {
    const found = lint(compile([{ path: "rules.yaml", text: RULE.replace("fd.type", "fd.tipe") }]), {
      disable: ["LOAD_ERR_COMPILE_CONDITION"],
      severities: { LOAD_ERR_COMPILE_CONDITION: "info" },
    });
    expect(found.map(({ severity }) => severity)).toEqual(["error"]);
  });
});
