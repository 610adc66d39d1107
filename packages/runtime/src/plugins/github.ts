// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/compiler/program";
import { at, itemsAt, type JsonNode, textAt } from "../json/json-node.ts";
import { oneRecord, type PluginSource } from "./define.ts";
import { alwaysText, unsignedOf } from "./record-values.ts";

/**
 * Webhook messages of GitHub. The plugin adds `webhook_type`, the matches of secrets and of miners to a message before
 * it becomes an event; in a message as GitHub sends it the fields about those are empty or missing. A text that a
 * message lacks is empty, so that hardly any field is missing.
 */
export const GITHUB: PluginSource = {
  name: "github",
  source: "github",
  recognise: (json) =>
    at(json, "webhook_type")?.kind === "string" ||
    (at(json, "sender", "login") !== null &&
      (at(json, "repository") !== null || at(json, "organization") !== null)),
  split: oneRecord,
  accept: () => ({ ok: true, timestampNs: null }),
  fields: {
    "github.type": alwaysText("webhook_type"),
    "github.action": alwaysText("action"),
    "github.user": alwaysText("sender", "login"),
    "github.repo": alwaysText("repository", "html_url"),
    "github.repo.url": alwaysText("repository", "html_url"),
    "github.repo.name": (record) => withoutHost(textAt(record, "repository", "html_url") ?? ""),
    "github.repo.description": alwaysText("repository", "description"),
    "github.org": alwaysText("organization", "login"),
    "github.owner": alwaysText("repository", "owner", "login"),
    "github.repo.public": (record) => (isTrue(at(record, "repository", "private")) ? "false" : "true"),
    "github.collaborator.name": alwaysText("member", "login"),
    "github.collaborator.role": alwaysText("changes", "permission", "to"),
    "github.webhook.id": (record) => String(unsignedOf(at(record, "hook", "id")) ?? 0n),
    "github.webhook.type": alwaysText("hook", "type"),
    "github.commit.added": (record) => committedFiles(record, "added"),
    "github.commit.modified": (record) => committedFiles(record, "modified"),
    "github.commit.removed": (record) => committedFiles(record, "removed"),
    "github.diff.has_secrets": hasSecrets,
    "github.diff.committed_secrets.desc": (record) =>
      secrets(record, (_, match) => textAt(match, "desc") ?? ""),
    "github.diff.committed_secrets.files": (record) => secrets(record, (file) => textAt(file, "name") ?? ""),
    "github.diff.committed_secrets.lines": (record) => secrets(record, (_, match) => lineOf(match)),
    "github.diff.committed_secrets.links": (record) => secretLinks(record) ?? "",
    "github.workflow.has_miners": (record) => {
      const matches = itemsAt(record, "workflow_miner_detections", "matches");
      return matches === null ? null : matches.length > 0 ? "true" : "false";
    },
    "github.workflow.miners.type": minerTypes,
    "github.workflow.filename": alwaysText("workflow", "path"),
  },
};

function withoutHost(url: ByteString): ByteString {
  const host = "https://github.com/";
  return url.startsWith(host) ? url.slice(host.length) : url;
}

function isTrue(node: JsonNode | null): boolean {
  return node?.kind === "boolean" && node.value;
}

/** Files of all commits, comma separated. As in the plugin no comma stands between those of two commits. */
function committedFiles(record: JsonNode, kind: ByteString): ByteString {
  const commits = itemsAt(record, "commits") ?? [];
  return commits.map((commit) => (itemsAt(commit, kind) ?? []).map(fileName).join(",")).join("");
}

function fileName(node: JsonNode): ByteString {
  return node.kind === "string" ? node.value : "";
}

function hasSecrets(record: JsonNode): ByteString {
  const files = itemsAt(record, "files");
  if (files === null) return "";
  return files.some((file) => (itemsAt(file, "matches") ?? []).length > 0) ? "true" : "false";
}

/** One text for each match in each file, comma separated within a file; null when no files were looked at. */
function secrets(record: JsonNode, show: (file: JsonNode, match: JsonNode) => ByteString): ByteString | null {
  const files = itemsAt(record, "files");
  if (files === null) return null;
  return files
    .map((file) => (itemsAt(file, "matches") ?? []).map((match) => show(file, match)).join(","))
    .join("");
}

function secretLinks(record: JsonNode): ByteString | null {
  const repository = textAt(record, "repository", "html_url") ?? "";
  const commit = textAt(record, "head_commit", "id") ?? "";
  return secrets(
    record,
    (file, match) => `${repository}/blob/${commit}/${textAt(file, "name") ?? ""}/#L${lineOf(match)}`,
  );
}

function lineOf(match: JsonNode): ByteString {
  return String(unsignedOf(at(match, "line")) ?? 0n);
}

/** Kinds of miners, each once; null when the workflow was not looked at. */
function minerTypes(record: JsonNode): ByteString | null {
  const matches = itemsAt(record, "workflow_miner_detections", "matches");
  if (matches === null) return null;
  return [...new Set(matches.map((match) => textAt(match, "type") ?? ""))].join(",");
}
