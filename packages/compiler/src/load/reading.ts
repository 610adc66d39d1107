// SPDX-License-Identifier: Apache-2.0
import type { YamlMapping } from "@falcoc/parser";
import type { Target } from "../catalog/index.ts";
import type { FieldCatalog } from "../catalog/types.ts";
import type { Collection } from "./collection.ts";
import { type Context, type ItemType, nodeContext } from "./context.ts";
import type { Scope } from "./decode.ts";
import type { Findings } from "./findings.ts";

/** What reading the items of one file needs. */
export interface Reading {
  readonly collection: Collection;
  readonly findings: Findings;
  readonly catalog: FieldCatalog;
  /** Version of the engine whose rules are accepted, `x.y.z`. */
  readonly engineVersion: string;
  /** The version whose language is meant. */
  readonly target: Target;
}

export function scopeOf(
  { findings }: Reading,
  node: YamlMapping,
  parent: Context,
  itemType: ItemType,
  itemName = "",
): Scope {
  return { node, context: nodeContext(parent, itemType, node, itemName), findings };
}
