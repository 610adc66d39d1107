// SPDX-License-Identifier: Apache-2.0
import { fieldsOf, optional } from "../fields/define.ts";
import type { PluginDefinition } from "./define.ts";

const field = fieldsOf("plugin", "anomalydetection", ["syscall"]);

/** How often a process has shown a behaviour before. */
// biome-ignore format: a table
export const ANOMALYDETECTION: PluginDefinition = {
  name: "anomalydetection",
  source: null,
  asyncEvents: [],
  fields: [
    field("anomaly.count_min_sketch", "UINT64", "Estimate of how often the profile with the given number was seen.", optional("index")),
    field("anomaly.count_min_sketch.profile", "CHARBUF", "Text of the profile with the given number.", optional("index")),
    field("anomaly.falco.duration_ns", "UINT64", "Time since the agent started, in ns."),
  ],
};
