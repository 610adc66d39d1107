// SPDX-License-Identifier: Apache-2.0
import { PLUGINS, resolveTarget, TARGETS } from "@falcoc/compiler/catalog";
import { type Command, InvalidArgumentError } from "commander";

/** Flags of every command that needs to know which fields and sources there are. */
export interface CatalogFlags {
  readonly target?: string;
  readonly plugin?: readonly string[];
}

/** What compiler and catalogue are told. */
export interface CatalogSettings {
  readonly target?: string;
  readonly plugins: readonly string[] | "all";
}

/** Stands for no plugin at all. */
const NONE = "none";

export function addCatalogFlags(command: Command): void {
  command
    .option(
      "--target <version>",
      "Falco or engine version that the rules are for (default: the newest)",
      parseTarget,
    )
    .option(
      "--plugin <name>",
      "plugin that is loaded, repeatable; none for no plugin (default: every known one)",
      parsePlugin,
    );
}

export function catalogSettings({ target, plugin }: CatalogFlags): CatalogSettings {
  return { target, plugins: plugin?.filter((name) => name !== NONE) ?? "all" };
}

/** Gathers a flag that may be repeated. */
export function collect(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

/** Parses a flag that counts. */
export function parseCount(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("It is not a whole number.");
  return Number(text);
}

function parseTarget(text: string): string {
  if (resolveTarget(text) !== null) return text;
  const known = TARGETS.map(({ falco, engine }) => (engine === null ? falco : `${falco} (engine ${engine})`));
  throw new InvalidArgumentError(`Known versions are ${known.join(", ")}.`);
}

function parsePlugin(text: string, before?: readonly string[]): readonly string[] {
  const known = [...PLUGINS.map((plugin) => plugin.name), NONE];
  if (!known.includes(text)) throw new InvalidArgumentError(`Known plugins are ${known.join(", ")}.`);
  return collect(text, before);
}
