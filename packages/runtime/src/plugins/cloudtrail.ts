// SPDX-License-Identifier: Apache-2.0
import { type ByteString, canonicalInteger, encodeText } from "@falcoc/compiler/program";
import { at, itemsAt, type JsonNode, textAt } from "../json/json-node.ts";
import { marshalJson } from "../json/marshal-json.ts";
import { type Acceptance, type PluginField, type PluginSource, timedBy } from "./define.ts";
import { flagText, jsonOf, textOrEmpty, unsignedOf } from "./record-values.ts";

const request = (...path: readonly ByteString[]) => textOrEmpty("requestParameters", ...path);
const response = (...path: readonly ByteString[]) => textOrEmpty("responseElements", ...path);

/** Log records of AWS CloudTrail. Fields whose place holds no text, such as an object, are empty. */
export const CLOUDTRAIL: PluginSource = {
  name: "cloudtrail",
  source: "aws_cloudtrail",
  recognise: (json) =>
    itemsAt(json, "Records") !== null ||
    (textAt(json, "eventName") !== null && textAt(json, "eventSource") !== null),
  split: (json) => ({ ok: true, records: itemsAt(json, "Records") ?? [json] }),
  accept,
  fields: {
    "ct.id": textOrEmpty("eventID"),
    "ct.error": textOrEmpty("errorCode"),
    "ct.errormessage": textOrEmpty("errorMessage"),
    "ct.time": textOrEmpty("eventTime"),
    "ct.src": textOrEmpty("eventSource"),
    "ct.shortsrc": (record) => shortSource(record),
    "ct.name": textOrEmpty("eventName"),
    "ct.user": (record) => userOf(record),
    "ct.originaluser": (record) => sessionName(record) ?? userOf(record),
    "ct.user.accountid": (...args) =>
      textOrEmpty("userIdentity", "accountId")(...args) ?? textOrEmpty("recipientAccountId")(...args),
    "ct.user.identitytype": textOrEmpty("userIdentity", "type"),
    "ct.user.principalid": textOrEmpty("userIdentity", "principalId"),
    "ct.user.arn": textOrEmpty("userIdentity", "arn"),
    "ct.region": textOrEmpty("awsRegion"),
    "ct.response.subnetid": response("subnetId"),
    "ct.response.reservationid": response("reservationId"),
    "ct.response": jsonOf("responseElements"),
    "ct.request.availabilityzone": request("availabilityZone"),
    "ct.request.cluster": request("cluster"),
    "ct.request.functionname": request("functionName"),
    "ct.request.groupname": request("groupName"),
    "ct.request.host": request("Host"),
    "ct.request.name": request("name"),
    "ct.request.policy": request("policy"),
    "ct.request.reason": request("reason"),
    "ct.request.target": request("target"),
    "ct.request.documentname": request("documentName"),
    "ct.request.serialnumber": request("serialNumber"),
    "ct.request.servicename": request("serviceName"),
    "ct.request.subnetid": request("subnetId"),
    "ct.request.taskdefinition": request("taskDefinition"),
    "ct.request.username": request("userName"),
    "ct.request": jsonOf("requestParameters"),
    "ct.srcip": textOrEmpty("sourceIPAddress"),
    "ct.useragent": textOrEmpty("userAgent"),
    "ct.info": (record) => encodeText(summary(record)),
    "ct.managementevent": flagText("managementEvent"),
    "ct.readonly": flagText("readOnly"),
    "ct.requestid": textOrEmpty("requestID"),
    "ct.eventtype": textOrEmpty("eventType"),
    "ct.apiversion": textOrEmpty("apiVersion"),
    "ct.resources": (record) => (itemsAt(record, "resources") ?? []).map(marshalJson).join(",") || null,
    "ct.recipientaccountid": textOrEmpty("recipientAccountId"),
    "ct.serviceeventdetails": textOrEmpty("serviceEventDetails"),
    "ct.sharedeventid": textOrEmpty("sharedEventID"),
    "ct.vpcendpointid": textOrEmpty("vpcEndpointId"),
    "ct.eventcategory": textOrEmpty("eventCategory"),
    "ct.addendum.reason": textOrEmpty("addendum", "reason"),
    "ct.addendum.updatedfields": textOrEmpty("addendum", "updatedFields"),
    "ct.addendum.originalrequestid": textOrEmpty("addendum", "originalRequestID"),
    "ct.addendum.originaleventid": textOrEmpty("addendum", "originalEventID"),
    "ct.sessioncredentialfromconsole": flagText("sessionCredentialFromConsole"),
    "ct.edgedevicedetails": textOrEmpty("edgeDeviceDetails"),
    "ct.tlsdetails.tlsversion": textOrEmpty("tlsDetails", "tlsVersion"),
    "ct.tlsdetails.ciphersuite": textOrEmpty("tlsDetails", "cipherSuite"),
    "ct.tlsdetails.clientprovidedhostheader": textOrEmpty("tlsDetails", "clientProvidedHostHeader"),
    "ct.additionaleventdata": jsonOf("additionalEventData"),
    "s3.uri": (record) => objectUri(record),
    "s3.bucket": request("bucketName"),
    "s3.key": request("key"),
    "s3.bytes": (record) => transferred(record, "bytesTransferredIn", "bytesTransferredOut"),
    "s3.bytes.in": (record) => transferred(record, "bytesTransferredIn"),
    "s3.bytes.out": (record) => transferred(record, "bytesTransferredOut"),
    "s3.cnt.get": (record) => (textAt(record, "eventName") === "GetObject" ? 1 : null),
    "s3.cnt.put": (record) => (textAt(record, "eventName") === "PutObject" ? 1 : null),
    "s3.cnt.other": (record) =>
      ["GetObject", "PutObject"].includes(textAt(record, "eventName") ?? "") ? null : 1,
    "ec2.name": (record) => instanceName(record),
    "ec2.imageid": (record) => imageIds(record)[0] ?? null,
    "ec2.imageids": (record, { index }) =>
      index === null ? imageIds(record) : imageIds(record).slice(index, index + 1),
    "ecr.repository": request("repositoryName"),
    "ecr.imagetag": request("imageTag"),
    "iam.role": request("roleName"),
    "iam.policy": request("policyName"),
  } satisfies Record<string, PluginField>,
};

/** Records without time or type make no event, nor do the reports of CloudTrail's own analysis. */
function accept(record: JsonNode): Acceptance {
  const type = textAt(record, "eventType");
  if (type === null) return { ok: false, message: '"eventType" is missing' };
  if (type === "AwsCloudTrailInsight") return { ok: false, message: "Insights records are not events" };
  return timedBy("eventTime")(record);
}

function shortSource(record: JsonNode): ByteString | null {
  const source = at(record, "eventSource");
  if (source === null) return null;
  const name = source.kind === "string" ? source.value : "";
  return name.replace(/(?<=.)\.amazonaws\.com$/, "");
}

/** Whoever acted, by the kind of identity. */
function userOf(record: JsonNode): ByteString | null {
  const identity = at(record, "userIdentity");
  switch (textAt(identity, "type")) {
    case "Root":
    case "IAMUser":
      return nameOr(at(identity, "userName"), null);
    case "AWSService":
      return nameOr(at(identity, "invokedBy"), null);
    case "AssumedRole":
      return nameOr(at(identity, "sessionContext", "sessionIssuer", "userName"), "AssumedRole");
    case "AWSAccount":
      return "AWSAccount";
    case "FederatedUser":
      return "FederatedUser";
    default:
      return null;
  }
}

function nameOr(node: JsonNode | null, otherwise: ByteString | null): ByteString | null {
  if (node === null) return otherwise;
  return node.kind === "string" ? node.value : "";
}

/** Name that was given to the session of an assumed role: what follows the colon of the principal. */
function sessionName(record: JsonNode): ByteString | null {
  if (textAt(record, "userIdentity", "type") !== "AssumedRole") return null;
  const principal = textAt(record, "userIdentity", "principalId") ?? "";
  const colon = principal.indexOf(":");
  return colon < 0 ? null : principal.slice(colon + 1);
}

function objectUri(record: JsonNode): ByteString | null {
  const bucket = textAt(record, "requestParameters", "bucketName");
  const key = textAt(record, "requestParameters", "key");
  return bucket === null || key === null ? null : `s3://${bucket}/${key}`;
}

/** Sum of the byte counts that the record has; null when it has none. */
function transferred(record: JsonNode, ...names: readonly ByteString[]): number | bigint | null {
  const counts = names.flatMap((name) => at(record, "additionalEventData", name) ?? []);
  if (counts.length === 0) return null;
  const sum = counts.reduce((total, count) => total + (unsignedOf(count) ?? 0n), 0n);
  return canonicalInteger(BigInt.asUintN(64, sum));
}

/** Value of the tag "Name" of the last instance that has one. */
function instanceName(record: JsonNode): ByteString | null {
  const items = itemsAt(record, "requestParameters", "tagSpecificationSet", "items") ?? [];
  const names = items
    .filter((item) => textAt(item, "resourceType") === "instance")
    .flatMap((item) => (itemsAt(item, "tags") ?? []).find((tag) => textAt(tag, "key") === "Name") ?? [])
    .map((tag) => textAt(tag, "value") ?? "");
  return names.at(-1) || null;
}

function imageIds(record: JsonNode): readonly ByteString[] {
  const instances = itemsAt(record, "responseElements", "instancesSet", "items") ?? [];
  const started = instances.flatMap((instance) => textAt(instance, "imageId") ?? []);
  if (started.length > 0) return started;
  const asked = at(record, "requestParameters");
  return [textAt(asked, "imageId"), textAt(asked, "DescribeFastLaunchImagesRequest", "ImageId", "content")]
    .filter((id) => id !== null && id !== "")
    .slice(0, 1) as ByteString[];
}

/** `USER via ADDRESS → ACTION`, with `←` for what only reads and `!` for what failed, and what it was done to. */
function summary(record: JsonNode): string {
  const user = userOf(record);
  if (user === null) return "<invalid cloudtrail event: userIdentity field missing>";
  const address = nameOr(at(record, "sourceIPAddress"), null);
  if (address === null) return "<invalid cloudtrail event: eventSource field missing>";
  const name = nameOr(at(record, "eventName"), null);
  if (name === null) return "<invalid cloudtrail event: eventName field missing>";
  const failed = at(record, "errorCode") === null ? "" : "!";
  const readOnly = at(record, "readOnly");
  const changes = readOnly !== null && !(readOnly.kind === "boolean" && readOnly.value);
  const who = user === address ? user : `${user} via ${address}`;
  return `${who} ${failed}${changes ? "→" : "←"} ${name}${details(record, name)}`;
}

function details(record: JsonNode, name: ByteString): ByteString {
  if (name === "PutBucketPublicAccessBlock") return publicAccess(record);
  const bytes = transferred(record, "bytesTransferredIn", "bytesTransferredOut");
  const size = bytes === null ? "" : ` Size=${bytes}`;
  const parameter = (key: ByteString) => nameOr(at(record, "requestParameters", key), null);
  const targets: readonly (readonly [string, ByteString | null])[] = [
    ["URI", objectUri(record)],
    ["Bucket", parameter("bucketName")],
    ["Key", parameter("key")],
    ["Host", parameter("Host")],
  ];
  const [label, target] = targets.find(([, value]) => value !== null) ?? [];
  return label === undefined ? size : `${size} ${label}=${target}`;
}

/** The plugin looks for the settings outside the block that holds them, so it always shows false. */
function publicAccess(record: JsonNode): ByteString {
  const block = at(record, "requestParameters", "PublicAccessBlockConfiguration");
  if (block?.kind !== "object") return "";
  const settings = ["BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"];
  const shown = settings.map((setting) => {
    const value = at(record, setting);
    return `${setting}=${value?.kind === "boolean" && value.value}`;
  });
  return ` ${shown.join(" ")} `;
}
