// SPDX-License-Identifier: Apache-2.0
import { fieldsOf } from "./define.ts";

const field = fieldsOf("fs.path", "native", ["syscall"]);

/** Paths that a successful call on the file system works on. All are missing for other events. */
// biome-ignore format: a table
export const FS_PATH_FIELDS = [
  field("fs.path.name", "CHARBUF", "Absolute path of a call that works on one path."),
  field("fs.path.nameraw", "CHARBUF", "Path of a call that works on one path, as the program gave it."),
  field("fs.path.source", "CHARBUF", "Absolute path that a renaming or linking call works from."),
  field("fs.path.sourceraw", "CHARBUF", "Path that a renaming or linking call works from, as the program gave it."),
  field("fs.path.target", "CHARBUF", "Absolute path that a renaming or linking call works to."),
  field("fs.path.targetraw", "CHARBUF", "Path that a renaming or linking call works to, as the program gave it."),
];
