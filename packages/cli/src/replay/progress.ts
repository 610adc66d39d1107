// SPDX-License-Identifier: Apache-2.0
import type { Terminal } from "../terminal.ts";

const BAR_WIDTH = 30;
const CLEAR_LINE = "\r\u001b[K";

/** Shows how much of a file has been read, on a terminal that shows nothing else meanwhile. */
export interface Progress {
  update(bytesRead: number, bytesTotal: number | null): void;
  end(): void;
}

export function createProgress({ out, err }: Terminal): Progress {
  if (!err.isTerminal || out.isTerminal) return { update() {}, end() {} };
  let shown = -1;
  return {
    update(bytesRead, bytesTotal) {
      const percent = bytesTotal === null ? null : Math.min(100, Math.floor((100 * bytesRead) / bytesTotal));
      if (percent === null || percent === shown) return;
      shown = percent;
      const filled = Math.round((percent * BAR_WIDTH) / 100);
      err.write(`${CLEAR_LINE}[${"#".repeat(filled)}${" ".repeat(BAR_WIDTH - filled)}] ${percent}%`);
    },
    end() {
      if (shown >= 0) err.write(CLEAR_LINE);
    },
  };
}
