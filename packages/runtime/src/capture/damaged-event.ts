// SPDX-License-Identifier: Apache-2.0

/** One event can't be what it says it is. Its source tells where it lies and ends with a `SourceError`. */
export class DamagedEvent extends Error {
  override readonly name = "DamagedEvent";
}
