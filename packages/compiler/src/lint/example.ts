// SPDX-License-Identifier: Apache-2.0

/** A rules file of one rule, for the examples of lint rules. */
export function ruleWith(condition: string, keys: Partial<ExampleKeys> = {}): string {
  const { name, desc, output, priority, rest } = { ...EXAMPLE, ...keys };
  return `- rule: ${name}
  desc: ${desc}
  condition: ${condition}
  output: ${output}
  priority: ${priority}
${rest}`;
}

interface ExampleKeys {
  readonly name: string;
  readonly desc: string;
  readonly output: string;
  readonly priority: string;
  /** Further keys, each line with its end. */
  readonly rest: string;
}

const EXAMPLE: ExampleKeys = {
  name: "Password file read",
  desc: "Somebody reads the file of passwords.",
  output: "Password file read | file=%fd.name process=%proc.name",
  priority: "WARNING",
  rest: "",
};
