// SPDX-License-Identifier: Apache-2.0
// Holds a probe open until it is killed; says so on standard output.
import { openProbe } from "@falcoc/probe";

openProbe({ events: new Set() });
console.log("open");
setInterval(() => {}, 1000);
