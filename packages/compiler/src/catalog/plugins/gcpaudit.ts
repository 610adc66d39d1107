// SPDX-License-Identifier: Apache-2.0
import { fieldsOf } from "../fields/define.ts";
import type { PluginDefinition } from "./define.ts";

const field = fieldsOf("plugin", "gcpaudit", ["gcp_auditlog"]);

/** Audit log of Google Cloud. A field is missing when the entry lacks the part it shows. */
// biome-ignore format: a table
export const GCPAUDIT: PluginDefinition = {
  name: "gcpaudit",
  source: "gcp_auditlog",
  asyncEvents: [],
  fields: [
    field("gcp.user", "CHARBUF", "Mail address of who called."),
    field("gcp.callerIP", "CHARBUF", "Address that the call came from."),
    field("gcp.userAgent", "CHARBUF", "Program that called."),
    field("gcp.authorizationInfo", "CHARBUF", "Permissions that were checked, as JSON."),
    field("gcp.serviceName", "CHARBUF", "Service that was called."),
    field("gcp.policyDelta", "CHARBUF", "Changes of the policy, as JSON."),
    field("gcp.request", "CHARBUF", "Parameters of the call, as JSON."),
    field("gcp.methodName", "CHARBUF", "Name of the call."),
    field("gcp.cloudfunctions.function", "CHARBUF", "Function that the call is about."),
    field("gcp.cloudsql.databaseId", "CHARBUF", "Database that the call is about."),
    field("gcp.compute.instanceId", "CHARBUF", "Instance that the call is about."),
    field("gcp.compute.networkId", "CHARBUF", "Network that the call is about."),
    field("gcp.compute.subnetwork", "CHARBUF", "Name of the subnetwork that the call is about."),
    field("gcp.compute.subnetworkId", "CHARBUF", "Id of the subnetwork that the call is about."),
    field("gcp.dns.zone", "CHARBUF", "DNS zone that the call is about."),
    field("gcp.iam.serviceAccount", "CHARBUF", "Service account that the call is about."),
    field("gcp.iam.serviceAccountId", "CHARBUF", "Id of the service account that the call is about."),
    field("gcp.location", "CHARBUF", "Place of the resource."),
    field("gcp.logging.sink", "CHARBUF", "Log sink that the call is about."),
    field("gcp.projectId", "CHARBUF", "Project that the resource belongs to."),
    field("gcp.resourceName", "CHARBUF", "Name of the resource."),
    field("gcp.resourceType", "CHARBUF", "Kind of the resource."),
    field("gcp.resourceLabels", "CHARBUF", "Labels of the resource, as JSON."),
    field("gcp.storage.bucket", "CHARBUF", "Bucket that the call is about."),
    field("gcp.time", "CHARBUF", "Time of the entry."),
  ],
};
