// SPDX-License-Identifier: Apache-2.0

/** A value that is made when it is first asked for. `make` must be pure: indexes over tables, nothing else. */
export function lazy<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
