// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compile } from "@falcoc/compiler";
import type { Program } from "@falcoc/compiler/program";
import { createEngine, readEvents } from "@falcoc/runtime";
import { parseAllDocuments } from "yaml";
import type { Case, Suite } from "./suite.ts";

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
  readonly spec?: { readonly template?: { readonly metadata: object; readonly spec: object } };
}

/** Rules that have been divided since the manifests were written, and the part that a manifest is for. */
const RENAMED: Readonly<Record<string, string>> = {
  "k8s-role-clusterrole-created": "k8s-role-created",
  "k8s-role-clusterrolebinding-created": "k8s-rolebinding-created",
};

/** The published file allows every image, and leaves it to the site to say which. */
const SITE = `
- macro: allowed_k8s_containers
  condition: (ka.req.pod.containers.image.repository in (site/image))
`;

/** The event-generator's manifests: what the API server logs when they are applied must raise the rule of their label. */
export const evtgenAudit: Suite = {
  name: "evtgen/k8saudit",
  *cases(shared) {
    const path = join(shared, "corpus", "rules", "plugins", "k8s_audit_rules.yaml");
    const { ruleset } = compile([
      { path, text: readFileSync(path, "utf8") },
      { path: "site.yaml", text: SITE },
    ]);
    const folder = join(shared, "corpus", "evtgen", "k8saudit");
    for (const file of readdirSync(folder).sort()) {
      const documents = parseAllDocuments(readFileSync(join(folder, file), "utf8"));
      for (const document of documents) yield manifestCase(ruleset, file, document.toJS() as Manifest);
    }
  },
};

function manifestCase(program: Program, file: string, manifest: Manifest): Case {
  const { labels, name } = manifest.metadata;
  const label = (labels["falco.org/rule"] ?? labels["falco.rules"] ?? "").toLowerCase();
  const wanted = RENAMED[label] ?? label;
  return {
    id: `${file}/${name}`,
    run() {
      const matched: string[] = [];
      const select = { by: "name", pattern: "*" } as const;
      const engine = createEngine(program, {
        ruleMatching: "all",
        rules: [{ enable: true, select }],
        onAlert: ({ rule }) => matched.push(rule),
      });
      const log = auditLog(manifest).map((entry) => JSON.stringify(entry));
      const { cases, problems } = readEvents(log.join("\n"), { path: file });
      for (const { events } of cases) for (const event of events) engine.process(event);
      if (problems.length > 0) return problems.map(({ message }) => message).join("\n");
      return matched.some((rule) => labelOf(rule) === wanted)
        ? null
        : `${wanted}: only ${matched.join(", ")}`;
    },
  };
}

/** A rule's name as it stands in a label, where only some signs may. */
function labelOf(rule: string): string {
  return rule.toLowerCase().replace(/[^a-z0-9]+/g, "-");
}

/** The manifest created by a user; pods of a deployment, by the controller. */
function auditLog(manifest: Manifest): object[] {
  const template = manifest.spec?.template;
  const created = createEvent(manifest, { username: "ada", groups: ["system:authenticated"] });
  if (template === undefined) return [created];
  const metadata = { ...template.metadata, name: `${manifest.metadata.name}-1` };
  const pod = { apiVersion: "v1", kind: "Pod", metadata, spec: template.spec };
  return [created, createEvent(pod, { username: "system:serviceaccount:kube-system:replicaset-controller" })];
}

function createEvent(
  object: {
    readonly apiVersion: string;
    readonly kind: string;
    readonly metadata: { readonly name: string };
  },
  user: object,
): object {
  const [version = "", group] = object.apiVersion.split("/").reverse();
  const resource = `${object.kind.toLowerCase()}s`;
  const api = group === undefined ? `/api/${version}` : `/apis/${group}/${version}`;
  return {
    kind: "Event",
    apiVersion: "audit.k8s.io/v1",
    auditID: "9a2bb12c-b9f7-4d34-809c-671e8c7e1e06",
    level: "RequestResponse",
    stage: "ResponseComplete",
    verb: "create",
    user,
    sourceIPs: ["192.0.2.7"],
    requestURI: `${api}/namespaces/default/${resource}`,
    objectRef: {
      resource,
      namespace: "default",
      name: object.metadata.name,
      apiVersion: version,
      ...(group === undefined ? {} : { apiGroup: group }),
    },
    requestObject: object,
    responseObject: object,
    responseStatus: { code: 201, metadata: {} },
    requestReceivedTimestamp: "2026-01-02T03:04:05.000000Z",
    stageTimestamp: "2026-01-02T03:04:05.004000Z",
  };
}
