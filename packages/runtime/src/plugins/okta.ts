// SPDX-License-Identifier: Apache-2.0
import { type ByteString, canonicalInteger } from "@falcoc/compiler/program";
import { at, itemsAt, type JsonNode, textAt } from "../json/json-node.ts";
import { oneRecord, type PluginEvent, type PluginField, type PluginSource, timedBy } from "./define.ts";
import { alwaysText, unsignedOf } from "./record-values.ts";

const actor = (key: ByteString) => alwaysText("actor", key);
const client = (...path: readonly ByteString[]) => alwaysText("client", ...path);
const geography = (key: ByteString) => client("geographicalContext", key);
const debug = (...path: readonly ByteString[]) => alwaysText("debugContext", "debugData", ...path);
const authentication = (key: ByteString) => alwaysText("authenticationContext", key);
const security = (key: ByteString) => alwaysText("securityContext", key);

/** System log events of Okta. A text that a record lacks is empty, so that hardly any field is missing. */
export const OKTA: PluginSource = {
  name: "okta",
  source: "okta",
  recognise: (json) => textAt(json, "published") !== null && textAt(json, "eventType") !== null,
  split: oneRecord,
  accept: timedBy("published"),
  fields: {
    "okta.app": (record) => application(record),
    "okta.behaviors": debug("behaviors"),
    "okta.org": () => "",
    "okta.evt.type": alwaysText("eventType"),
    "okta.evt.legacytype": alwaysText("legacyEventType"),
    "okta.severity": alwaysText("severity"),
    "okta.message": alwaysText("displayMessage"),
    "okta.published": alwaysText("published"),
    "okta.logonlysecuritydata": debug("logOnlySecurityData"),
    "okta.actor.id": actor("id"),
    "okta.actor.Type": actor("type"),
    "okta.actor.alternateid": actor("alternateId"),
    "okta.actor.name": actor("displayName"),
    "okta.client.zone": client("zone"),
    "okta.client.ip": client("ipAddress"),
    "okta.client.device": client("device"),
    "okta.client.id": client("id"),
    "okta.client.geo.city": geography("city"),
    "okta.client.geo.state": geography("state"),
    "okta.client.geo.country": geography("country"),
    "okta.client.geo.postalcode": geography("postalCode"),
    "okta.client.geo.lat": (record) => coordinate(record, "lat"),
    "okta.client.geo.lon": (record) => coordinate(record, "lon"),
    "okta.useragent.os": client("userAgent", "os"),
    "okta.useragent.browser": client("userAgent", "browser"),
    "okta.useragent.raw": client("userAgent", "rawUserAgent"),
    "okta.result": alwaysText("outcome", "result"),
    "okta.reason": alwaysText("outcome", "reason"),
    "okta.transaction.id": alwaysText("transaction", "id"),
    "okta.transaction.type": alwaysText("transaction", "type"),
    "okta.requesturi": debug("requestUri"),
    "okta.principal.id": debug("originalPrincipal", "id"),
    "okta.principal.alternateid": debug("originalPrincipal", "alternateId"),
    "okta.principal.type": debug("originalPrincipal", "type"),
    "okta.principal.name": debug("originalPrincipal", "displayName"),
    "okta.authentication.step": (record) =>
      String(unsignedOf(at(record, "authenticationContext", "authenticationStep")) ?? 0n),
    "okta.authentication.sessionid": authentication("externalSessionId"),
    "okta.authentication.provider": authentication("authenticationProvider"),
    "okta.authentication.credentialprovider": authentication("credentialProvider"),
    "okta.security.asnumber": (record) =>
      canonicalInteger(unsignedOf(at(record, "securityContext", "asNumber")) ?? 0n),
    "okta.security.asorg": security("asOrg"),
    "okta.security.isp": security("isp"),
    "okta.security.domain": security("domain"),
    "okta.security.isproxy": (record) => {
      const proxy = at(record, "securityContext", "isProxy");
      return proxy?.kind === "boolean" && proxy.value ? "true" : "false";
    },
    "okta.target.user.id": target("User", "id"),
    "okta.target.user.alternateid": target("User", "alternateId"),
    "okta.target.user.name": target("User", "displayName"),
    "okta.target.group.id": target("UserGroup", "id"),
    "okta.target.group.alternateid": target("UserGroup", "alternateId"),
    "okta.target.group.name": target("UserGroup", "displayName"),
    "okta.target.app.alternateid": target("AppInstance", "alternateId"),
    "okta.targets.displayName": (record, { index }) => targetName(record, index),
    "okta.mfa.failure.countlast": countRecent,
    "okta.mfa.deny.countlast": countRecent,
  },
};

/** Name of the application in the path of the request. */
function application(record: JsonNode): ByteString | null {
  const uri = textAt(record, "debugContext", "debugData", "requestUri") ?? "";
  return uri.startsWith("/app/") ? (uri.split("/")[2] ?? null) : null;
}

function coordinate(record: JsonNode, key: ByteString): ByteString {
  const node = at(record, "client", "geographicalContext", "geolocation", key);
  return node?.kind === "number" ? String(Number(node.text)) : "0";
}

/** A text of the last target of a type; null when nothing of that type was acted upon. */
function target(type: ByteString, key: ByteString): PluginField {
  return (record) => {
    const found = (itemsAt(record, "target") ?? []).findLast((item) => textAt(item, "type") === type);
    return found === undefined ? null : (textAt(found, key) ?? "");
  };
}

function targetName(record: JsonNode, index: number | null): ByteString | null {
  const names = (itemsAt(record, "target") ?? []).map((item) => textAt(item, "displayName") ?? "");
  return index === null ? names.join(",") : (names[index] ?? null);
}

/** Failures that the plugin remembers of one user. */
const REMEMBERED_MAX = 200;
/** Events among which they are looked for, so that the cost of one event has a bound. */
const LOOK_BACK_MAX = 10_000;
const NS_PER_S = 1_000_000_000n;

/**
 * How often the same actor failed or denied the second factor within the last seconds, this event included; null for
 * other events. Like the plugin it tells failures and denials apart by the event, not by the field.
 */
function countRecent(record: JsonNode, { index }: { readonly index: number | null }, event: PluginEvent) {
  const key = factorKey(record);
  if (key === null || index === null) return null;
  const since = event.timestampNs - BigInt(index) * NS_PER_S;
  const times = event.siblings
    .slice(Math.max(event.position + 1 - LOOK_BACK_MAX, 0), event.position + 1)
    .filter((sibling) => factorKey(sibling.record) === key)
    .map((sibling) => sibling.timestampNs);
  return [...new Set(times)].slice(-REMEMBERED_MAX).filter((time) => time > since).length;
}

/** Who failed or denied the second factor; null for events of other kinds. */
function factorKey(record: JsonNode): ByteString | null {
  const type = textAt(record, "eventType");
  const failed =
    type === "user.mfa.okta_verify.deny_push" ||
    (type === "user.authentication.auth_via_mfa" && textAt(record, "outcome", "result") === "FAILURE");
  return failed ? `${type}:${textAt(record, "actor", "id") ?? ""}` : null;
}
