// SPDX-License-Identifier: Apache-2.0

import { captures } from "./captures.ts";
import { filterEventTypes, goldenEventTypes } from "./event-types.ts";
import { evtgen } from "./evtgen.ts";
import { evtgenAudit } from "./evtgen-audit.ts";
import { filterEscaping } from "./filter-escaping.ts";
import { filterEval, filterEvalOwn } from "./filter-eval.ts";
import { filterParse, filterParseOfficial } from "./filter-parse.ts";
import { filterDetails, filterMacros } from "./filter-references.ts";
import { filterWarnings } from "./filter-warnings.ts";
import { goldenAlerts } from "./golden-alerts.ts";
import { goldenFields, goldenText } from "./golden-fields.ts";
import { goldenFuzz } from "./golden-fuzz.ts";
import { loaderCases } from "./loader-cases.ts";
import { loaderEvents } from "./loader-events.ts";
import { loaderGolden } from "./loader-golden.ts";
import { loaderOfficial } from "./loader-official.ts";
import { loaderPluginRequirements, loaderSelection, loaderUtil } from "./loader-selection.ts";
import { outputAlerts } from "./output-alerts.ts";
import { outputFormat, outputFormatOwn } from "./output-format.ts";
import { outputUtil } from "./output-util.ts";
import { pluginExtract, pluginRecords } from "./plugin-events.ts";
import { cloudtrail, k8sAudit } from "./plugin-rules.ts";
import type { Suite } from "./suite.ts";
import { realVectors, vectors } from "./vectors.ts";

/** All suites, in the order in which the table shows them. */
export const SUITES: readonly Suite[] = [
  filterParse,
  filterParseOfficial,
  filterEscaping,
  filterEval,
  filterEvalOwn,
  filterWarnings,
  filterDetails,
  filterMacros,
  filterEventTypes,
  goldenEventTypes,
  ...loaderCases,
  loaderOfficial,
  loaderEvents,
  loaderSelection,
  loaderPluginRequirements,
  loaderUtil,
  loaderGolden,
  outputFormat,
  outputFormatOwn,
  outputUtil,
  outputAlerts,
  evtgen,
  evtgenAudit,
  k8sAudit,
  cloudtrail,
  pluginExtract,
  pluginRecords,
  vectors,
  realVectors,
  goldenFields,
  goldenText,
  goldenAlerts,
  goldenFuzz,
  captures,
];
