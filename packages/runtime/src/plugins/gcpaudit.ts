// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/compiler/program";
import { at, textAt } from "../json/json-node.ts";
import { maybeTimedBy, oneRecord, type PluginField, type PluginSource } from "./define.ts";
import { jsonOf, textOrEmpty } from "./record-values.ts";

const label = (name: ByteString): PluginField => textOrEmpty("resource", "labels", name);
const payload = (...path: readonly ByteString[]): PluginField => textOrEmpty("protoPayload", ...path);

/** Audit log entries of Google Cloud. Fields whose place holds no text, such as an object, are empty. */
export const GCPAUDIT: PluginSource = {
  name: "gcpaudit",
  source: "gcp_auditlog",
  recognise: (json) => at(json, "protoPayload")?.kind === "object",
  split: oneRecord,
  accept: maybeTimedBy("timestamp"),
  fields: {
    "gcp.user": payload("authenticationInfo", "principalEmail"),
    "gcp.callerIP": payload("requestMetadata", "callerIp"),
    "gcp.userAgent": payload("requestMetadata", "callerSuppliedUserAgent"),
    "gcp.authorizationInfo": payload("authorizationInfo"),
    "gcp.serviceName": payload("serviceName"),
    "gcp.policyDelta": policyDelta,
    "gcp.request": payload("request"),
    "gcp.methodName": payload("methodName"),
    "gcp.cloudfunctions.function": label("function_name"),
    "gcp.cloudsql.databaseId": label("database_id"),
    "gcp.compute.instanceId": label("instance_id"),
    "gcp.compute.networkId": label("network_id"),
    "gcp.compute.subnetwork": label("subnetwork_name"),
    "gcp.compute.subnetworkId": label("subnetwork_id"),
    "gcp.dns.zone": label("zone_name"),
    "gcp.iam.serviceAccount": label("email_id"),
    "gcp.iam.serviceAccountId": label("unique_id"),
    "gcp.location": location,
    "gcp.logging.sink": sink,
    "gcp.projectId": label("project_id"),
    "gcp.resourceName": payload("resourceName"),
    "gcp.resourceType": textOrEmpty("resource", "type"),
    "gcp.resourceLabels": jsonOf("resource", "labels"),
    "gcp.storage.bucket": label("bucket_name"),
    "gcp.time": textOrEmpty("timestamp"),
  },
};

function policyDelta(...args: Parameters<PluginField>): ReturnType<PluginField> {
  const [record] = args;
  const isDataset = textAt(record, "resource", "type") === "bigquery_dataset";
  const read = isDataset
    ? payload("metadata", "datasetChange", "bindingDeltas")
    : payload("serviceData", "policyDelta", "bindingDeltas");
  return read(...args);
}

/** The location, else the region, else the zone without its last two characters: `us-central1-a`. */
function location(...args: Parameters<PluginField>): ReturnType<PluginField> {
  const given = label("location")(...args) ?? label("region")(...args);
  if (given !== null) return given;
  const zone = textAt(args[0], "resource", "labels", "zone");
  if (zone === null || zone === "") return null;
  return zone.length > 2 ? zone.slice(0, -2) : zone;
}

function sink(...args: Parameters<PluginField>): ReturnType<PluginField> {
  return textAt(args[0], "resource", "type") === "logging_sink" ? label("name")(...args) : null;
}
