// SPDX-License-Identifier: Apache-2.0
import { setFlagsFromString } from "node:v8";

/**
 * Keeps the space for new objects as small as it is at the start. It grows where many of them live on, as what is
 * loaded does, up to 64 MiB, and then stays that large. To be called before anything is loaded: by what runs for days,
 * and by what lets it grow once all is loaded. The price: what makes many objects that die at once, as printing does,
 * takes a fifth longer.
 */
export function keepNewSpaceSmall(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
}

/** Ends `keepNewSpaceSmall`. */
export function letNewSpaceGrow(): void {
  setFlagsFromString("--semi-space-growth-factor=2");
}
