// SPDX-License-Identifier: Apache-2.0

/** Live events cannot be had: the message says in one sentence what is missing. */
export class ProbeError extends Error {
  override readonly name = "ProbeError";
}
