// SPDX-License-Identifier: Apache-2.0
import { CLOUDTRAIL } from "./cloudtrail.ts";
import type { PluginSource } from "./define.ts";
import { GCPAUDIT } from "./gcpaudit.ts";
import { GITHUB } from "./github.ts";
import { K8SAUDIT } from "./k8saudit.ts";
import { OKTA } from "./okta.ts";

/** Every plugin whose events can be read, in the order in which they are tried on a record. */
export const PLUGIN_SOURCES: readonly PluginSource[] = [K8SAUDIT, CLOUDTRAIL, OKTA, GCPAUDIT, GITHUB];
