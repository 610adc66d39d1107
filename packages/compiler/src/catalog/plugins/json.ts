// SPDX-License-Identifier: Apache-2.0
import { fieldsOf, required } from "../fields/define.ts";
import type { PluginDefinition } from "./define.ts";

const field = fieldsOf("plugin", "json", ["*"]);

/** Any event whose payload is JSON. The fields exist for every source; events of the kernel have no value for them. */
// biome-ignore format: a table
export const JSON_PLUGIN: PluginDefinition = {
  name: "json",
  source: null,
  asyncEvents: [],
  fields: [
    field("json.value", "CHARBUF", "Value at a JSON pointer; missing when there is none.", required("key")),
    field("json.obj", "CHARBUF", "Whole payload, indented."),
    field("json.rawtime", "CHARBUF", "Time of the event in ns since 1970."),
    field("jevt.value", "CHARBUF", "The same as json.value.", required("key")),
    field("jevt.obj", "CHARBUF", "The same as json.obj."),
    field("jevt.rawtime", "CHARBUF", "The same as json.rawtime."),
  ],
};
