// SPDX-License-Identifier: Apache-2.0
import { PRIORITIES, type Priority } from "./program.ts";

/** The priority that a text names, in any case; `info` is short for Informational. null for none. */
export function parsePriority(text: string): Priority | null {
  const name = text.toLowerCase();
  if (name === "info") return "Informational";
  return PRIORITIES.find((priority) => priority.toLowerCase() === name) ?? null;
}

/** Whether a rule of this priority is at least as urgent as the least that is loaded. */
export function reaches(priority: Priority, least: Priority): boolean {
  return PRIORITIES.indexOf(priority) <= PRIORITIES.indexOf(least);
}
