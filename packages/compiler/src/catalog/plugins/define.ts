// SPDX-License-Identifier: Apache-2.0
import type { FieldDefinition } from "../types.ts";

/** What the catalogue knows of one plugin. */
export interface PluginDefinition {
  readonly name: string;
  /** Source of the events that it makes; null when it only reads the events of others. */
  readonly source: string | null;
  /** Names of the asynchronous events that it injects: `evt.type` may be compared with them. */
  readonly asyncEvents: readonly string[];
  readonly fields: readonly FieldDefinition[];
}
