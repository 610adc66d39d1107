// SPDX-License-Identifier: Apache-2.0

/** What the process gives back to the shell: part of the command line's contract. */
export const EXIT = {
  /** Done and clean. */
  ok: 0,
  /** Findings, failed tests, rules that do not load. */
  findings: 1,
  /** Wrong usage, or a file that cannot be read or is damaged. */
  failure: 2,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The worse of several outcomes. */
export function worst(...codes: readonly ExitCode[]): ExitCode {
  return codes.reduce((a, b) => (b > a ? b : a), EXIT.ok);
}
