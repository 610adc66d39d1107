// SPDX-License-Identifier: Apache-2.0
import { fieldsOf, print } from "./define.ts";

const user = fieldsOf("user", "native", ["syscall"]);
const group = fieldsOf("group", "native", ["syscall"]);

/** Fields of the user that a thread runs as. */
// biome-ignore format: a table
export const USER_FIELDS = [
  user("user.uid", "UINT32", "Id of the user that the thread runs as.", print("ID")),
  user("user.name", "CHARBUF", "Name of the user that the thread runs as; <NA> when it is not known."),
  user("user.homedir", "CHARBUF", "Home directory of the user."),
  user("user.shell", "CHARBUF", "Login shell of the user."),
  user("user.loginuid", "INT64", "Id of the user who logged in (the audit user); -1 when nobody did.", print("ID")),
  user("user.loginname", "CHARBUF", "Name of the user who logged in."),
];

/** Fields of the group that a thread runs as. */
// biome-ignore format: a table
export const GROUP_FIELDS = [
  group("group.gid", "UINT32", "Id of the group that the thread runs as.", print("ID")),
  group("group.name", "CHARBUF", "Name of the group that the thread runs as; <NA> when it is not known."),
];
