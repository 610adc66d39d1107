// SPDX-License-Identifier: Apache-2.0
// Writes bpf/generated/event_layout.h from the catalogue of events; with --check only says whether it would change.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { EVENTS } from "@falcoc/compiler/catalog";
import { eventLayoutHeader } from "./event-layout.ts";

const path = fileURLToPath(new URL("../bpf/generated/event_layout.h", import.meta.url));
const text = eventLayoutHeader(EVENTS);

if (!process.argv.includes("--check")) {
  writeFileSync(path, text);
} else if (readFileSync(path, "utf8") !== text) {
  console.error(`${path} is out of date: run npm run generate`);
  process.exitCode = 1;
}
