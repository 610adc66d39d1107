// SPDX-License-Identifier: Apache-2.0

/** Findings about files and options that the engine does not make: it reads such files in silence. */
export const OWN_CODES = {
  YAML_DUPLICATE_KEY: "A key occurs twice in a mapping; only the first counts.",
  YAML_UNCLOSED_QUOTE: "A quoted text ends only with the file.",
  YAML_IGNORED_DOCUMENT: "Documents behind an empty one are not read.",
  FILE_NOT_UTF8: "The file has bytes that are not UTF-8.",
  FILE_TOO_MANY_FINDINGS: "Only the first findings about the file are kept.",
  UNKNOWN_TARGET: "The version to compile for is not known.",
  PLUGIN_REQUIREMENT: "The loaded plugins do not meet what the rules require.",
} as const satisfies Record<string, string>;

export type OwnCode = keyof typeof OWN_CODES;
