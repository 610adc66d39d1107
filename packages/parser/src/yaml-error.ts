// SPDX-License-Identifier: Apache-2.0
import type { YamlMark } from "./yaml-node.ts";

/** Thrown inside the YAML reader only; `readYaml` turns it into a result. */
export class YamlError extends Error {
  override readonly name = "YamlError";
  readonly mark: YamlMark;

  constructor(mark: YamlMark, message: string) {
    super(message);
    this.mark = mark;
  }
}
