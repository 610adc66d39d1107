// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from "node:fs";

/** Version of the command line, from its package.json: one level up from here, built or not. */
export function toolVersion(): string {
  const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    readonly version: string;
  };
  return manifest.version;
}
