// SPDX-License-Identifier: Apache-2.0
import type { KnownDifference } from "./suite.ts";

/** Every case in which we knowingly differ from the engine. `docs/differences.md` is made from this table. */
export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    suite: "output/format",
    id: /^formatter\.ancestor_apid_no_arg_defaults_to_self\.1$/,
    reason:
      "The engine prints the id of the process itself, which the case does not give: it gives its ancestors.",
    instead: "`proc.apid` without index prints the id of the process itself as well, but not in this case.",
  },
];
