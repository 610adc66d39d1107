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
  {
    suite: "vectors",
    id: /^fd-lifecycle\/(?:evt\.args|evt\.info|fd\.name|fd\.l4proto|fd\.containername)$/,
    reason:
      "When an IPv6 socket is connected to an IPv4 address in its IPv6 form, the engine keeps the connection in the place of another and loses its protocol and name.",
    instead: "The socket becomes one of IPv4, with its protocol and the name of the connection.",
  },
  {
    suite: "vectors",
    id: /^udp-ipv6-bound\/(?:evt\.args|evt\.info|fd\..*)$/,
    reason:
      "When a UDP socket bound to an IPv6 address receives or sends, the engine writes both ends of the conversation over its one address, and reads garbage from there.",
    instead: "The socket becomes one of a conversation, with client and server.",
  },
  {
    suite: "vectors",
    id: /^metadata-fd-list\/group\.name$/,
    reason: "The engine asks the machine that it runs on for the name of a group of the recorded machine.",
    instead: "A group that the capture does not name has no name.",
  },
  {
    suite: "vectors/real",
    id: /^psp_run_as_user_0_container\/evt\.args$/,
    reason:
      "The engine was run without the container plugin, so that it took the users of a container for those of the host.",
    instead:
      "Ids in a container are named by the users of that container, as the engine does with the plugin.",
  },
];
