// SPDX-License-Identifier: Apache-2.0

/** A version `major.minor.patch`. */
export type Version = readonly [major: number, minor: number, patch: number];

/** A plugin by name with a version: one that is loaded, or one that rules ask for. */
export interface PluginVersion {
  readonly name: string;
  readonly version: string;
}

export interface PluginRequirement extends PluginVersion {
  readonly alternatives: readonly PluginVersion[];
}

/** Reads three dotted numbers from the start of a text; what follows does not matter. Null: it is no version. */
export function parseVersion(text: string): Version | null {
  const match = /^\s*(\d+)\.(\d+)\.(\d+)/.exec(text);
  return match === null ? null : [Number(match[1]), Number(match[2]), Number(match[3])];
}

/** Negative, zero or positive as `a` is older than, the same as or newer than `b`. */
export function compareVersions(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

/**
 * The first requirement that the loaded plugins do not meet, in words; null when all are met. The first of a
 * requirement and its alternatives whose name is loaded decides: its version must have the same major number and be
 * new enough. Later alternatives are not tried then.
 */
export function unmetRequirement(
  requirements: readonly PluginRequirement[],
  loaded: readonly PluginVersion[],
): string | null {
  for (const requirement of requirements) {
    const choices = [requirement, ...requirement.alternatives];
    const choice = choices.find((one) => loaded.some((plugin) => plugin.name === one.name));
    if (choice === undefined) {
      const wanted = choices.map((one) => `${one.name} (>= ${one.version})`).join(", ");
      return `the rules need a plugin that is not loaded: ${wanted}`;
    }
    const plugin = loaded.find((one) => one.name === choice.name);
    const [needed, present] = [parseVersion(choice.version), parseVersion(plugin?.version ?? "")];
    const fits =
      needed !== null &&
      present !== null &&
      needed[0] === present[0] &&
      compareVersions(present, needed) >= 0;
    if (!fits) {
      return `the rules need version ${choice.version} of the plugin "${choice.name}", but ${plugin?.version} is loaded`;
    }
  }
  return null;
}
