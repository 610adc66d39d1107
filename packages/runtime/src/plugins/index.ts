// SPDX-License-Identifier: Apache-2.0
import type { FieldBinder } from "../event.ts";
import { bindPlugin } from "./bind-plugin.ts";
import { CLOUDTRAIL } from "./cloudtrail.ts";
import type { PluginSource } from "./define.ts";
import { GCPAUDIT } from "./gcpaudit.ts";
import { GITHUB } from "./github.ts";
import { K8SAUDIT } from "./k8saudit.ts";
import { OKTA } from "./okta.ts";

/** A plugin with what reads its fields. */
export interface LoadedPlugin {
  readonly plugin: PluginSource;
  /** One for all events of the plugin, so that an engine prepares its rules only once. */
  readonly binder: FieldBinder;
}

/** Every plugin whose events can be read, in the order in which they are tried on a record. */
export const PLUGIN_SOURCES: readonly LoadedPlugin[] = [K8SAUDIT, CLOUDTRAIL, OKTA, GCPAUDIT, GITHUB].map(
  (plugin) => ({ plugin, binder: bindPlugin(plugin) }),
);
