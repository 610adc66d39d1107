// SPDX-License-Identifier: Apache-2.0
import { ANOMALYDETECTION } from "./anomalydetection.ts";
import { CLOUDTRAIL } from "./cloudtrail.ts";
import { CONTAINER } from "./container.ts";
import type { PluginDefinition } from "./define.ts";
import { DUMMIES } from "./dummy.ts";
import { GCPAUDIT } from "./gcpaudit.ts";
import { GITHUB } from "./github.ts";
import { JSON_PLUGIN } from "./json.ts";
import { K8SAUDIT } from "./k8saudit.ts";
import { K8SMETA } from "./k8smeta.ts";
import { OKTA } from "./okta.ts";

export type { PluginDefinition } from "./define.ts";

/** Every plugin that the catalogue knows, in the order in which their fields are looked up. */
export const PLUGINS: readonly PluginDefinition[] = [
  CONTAINER,
  K8SMETA,
  ANOMALYDETECTION,
  K8SAUDIT,
  CLOUDTRAIL,
  OKTA,
  GITHUB,
  GCPAUDIT,
  JSON_PLUGIN,
  ...DUMMIES,
];
