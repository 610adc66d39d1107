// SPDX-License-Identifier: Apache-2.0
import { createCatalog, PLUGINS } from "@falcoc/compiler/catalog";
import { decodeText, type FieldValue } from "@falcoc/compiler/program";
import { describe, expect, it } from "vitest";
import type { Event } from "../event.ts";
import { readEvents } from "../events/read-events.ts";
import { PLUGIN_SOURCES } from "./index.ts";

const CATALOG = createCatalog({ plugins: "all" });

/** Value of a field of an event; texts decoded. */
function value(event: Event, text: string): unknown {
  const lookup = CATALOG.resolve(text, event.source);
  if (!lookup.ok) throw new Error(lookup.message);
  const { definition, ...rest } = lookup.field;
  const read = event.binder.bind({ ...definition, ...rest })(event);
  const shown = (one: FieldValue | null) => (typeof one === "string" ? decodeText(one) : one);
  return Array.isArray(read) ? read.map(shown) : shown(read);
}

function eventsOf(...records: readonly object[]): readonly Event[] {
  const text = records.map((record) => JSON.stringify(record)).join("\n");
  const { cases, problems } = readEvents(text, { path: "in" });
  expect(problems).toEqual([]);
  return cases.flatMap((one) => one.events);
}

/** Checks fields of one record. */
function check(record: object, fields: Readonly<Record<string, unknown>>): void {
  const [event] = eventsOf(record) as [Event];
  expect(Object.fromEntries(Object.keys(fields).map((field) => [field, value(event, field)]))).toEqual(
    fields,
  );
}

describe("plugins", () => {
  it.each(PLUGIN_SOURCES.map(({ plugin }) => plugin))(
    "$name reads every field of the catalogue",
    (plugin) => {
      const known = PLUGINS.find(({ name }) => name === plugin.name);
      expect(plugin.source).toBe(known?.source);
      expect(Object.keys(plugin.fields).sort()).toEqual(known?.fields.map(({ name }) => name).sort());
    },
  );

  it("give the fields that every event has, and any JSON", () => {
    const record = { published: "2020-01-02T03:04:05.5Z", eventType: "x", a: { "b/c": [1, "é\u0000z"] } };
    check(record, {
      "evt.num": 1,
      "evt.source": "okta",
      "evt.pluginname": "okta",
      "evt.plugininfo": JSON.stringify(record),
      "evt.rawtime": 1_577_934_245_500_000_000n,
      "evt.is_async": false,
      "json.value[/a/b~1c/0]": "1",
      "json.value[/a/b~1c/1]": "é",
      "jevt.value[/a]": '{"b/c":[1,"é\\x00z"]}',
      "json.value[/none]": null,
      "json.rawtime": "1577934245500000000",
    });
  });
});

describe("k8saudit", () => {
  const base = {
    kind: "Event",
    apiVersion: "audit.k8s.io/v1",
    auditID: "id",
    stageTimestamp: "2020-01-02T03:04:05.000006Z",
  };
  const container = (name: string, more: object = {}) => ({ name, image: `reg:5000/${name}:1`, ...more });

  it("reads what every request has", () => {
    check(
      {
        ...base,
        verb: "get",
        requestURI: "/exec?command=ls&command=x&empty=&enc=a%20b+c%C3%A9#f",
        user: { username: "u", groups: ["a", "b"] },
        sourceIPs: ["1.2.3.4"],
        objectRef: { resource: "pods", name: "p", namespace: "n", subresource: "exec" },
        responseStatus: { code: 200, metadata: {} },
        annotations: { "authorization.k8s.io/decision": "allow", cluster_name: "c" },
      },
      {
        "ka.auditid": "id",
        "ka.verb": "get",
        "ka.uri.param[command]": "ls",
        "ka.uri.param[empty]": "",
        "ka.uri.param[enc]": "a b cé",
        "ka.uri.param[none]": null,
        "ka.user.groups": ["a", "b"],
        "ka.impuser.name": null,
        "ka.target.pod.name": "p",
        "ka.response.code": "200",
        "ka.auth.decision": "allow",
        "ka.auth.reason": null,
        "ka.cluster.name": "c",
        "ka.sourceips": null,
        "ka.req.binding.subject.has_name[x]": "true",
      },
    );
  });

  it("reads the containers of a pod, all or one", () => {
    const spec = {
      hostNetwork: true,
      containers: [
        container("a", {
          securityContext: { privileged: false },
          ports: [{ hostPort: 80 }, { containerPort: 81 }, {}],
        }),
        container("b", {
          command: ["sh", "-c"],
          securityContext: { privileged: true, runAsUser: 0, capabilities: { add: ["SYS_ADMIN"] } },
        }),
      ],
      volumes: [
        { name: "v", hostPath: { path: "/etc/x" } },
        { name: "w", secret: {} },
      ],
    };
    check(
      { ...base, requestObject: { spec } },
      {
        "ka.req.pod.containers.image": ["reg:5000/a:1", "reg:5000/b:1"],
        "ka.req.pod.containers.image[1]": ["reg:5000/b:1"],
        "ka.req.pod.containers.image[2]": null,
        "ka.req.container.image": "reg:5000/a:1",
        "ka.req.pod.containers.image.repository": ["reg", "reg"],
        "ka.req.pod.containers.privileged": ["false", "true"],
        "ka.req.container.privileged": "true",
        "ka.req.pod.containers.run_as_user": ["0"],
        "ka.req.pod.containers.eff_run_as_user": ["0", "0"],
        "ka.req.pod.containers.proc_mount": null,
        "ka.req.pod.containers.host_port": ["80", "81"],
        "ka.req.pod.containers.command": ['["sh","-c"]'],
        "ka.req.pod.containers.add_capabilities": ['["SYS_ADMIN"]'],
        "ka.req.pod.initContainers.image": null,
        "ka.req.pod.host_network": "true",
        "ka.req.pod.volumes.hostpath": ["/etc/x"],
        "ka.req.pod.volumes.volume_type": ["hostPath", "secret"],
        "ka.req.pod.volumes.volume_type[1]": ["secret"],
        "ka.req.volume.hostpath[/etc*]": "true",
        "ka.req.volume.hostpath[/etc]": "false",
      },
    );
  });

  it("has no images when one is missing", () => {
    const spec = { containers: [container("a"), { name: "b" }] };
    check(
      { ...base, requestObject: { spec } },
      { "ka.req.pod.containers.image": null, "ka.req.pod.containers.name": ["a", "b"] },
    );
  });

  it("reads roles and bindings", () => {
    const requestObject = {
      rules: [{ verbs: ["get", "list"], resources: ["pods"] }, { verbs: ["*"] }],
      subjects: [
        { kind: "ServiceAccount", name: "s", namespace: "n" },
        { kind: "User", name: "u" },
      ],
      roleRef: { name: "r" },
    };
    check(
      { ...base, requestObject },
      {
        "ka.req.role.rules": ['{"verbs":["get","list"],"resources":["pods"]}', '{"verbs":["*"]}'],
        "ka.req.role.rules.verbs": ["get", "list", "*"],
        "ka.req.role.rules.verbs[1]": ["*"],
        "ka.req.role.rules.resources": ["pods"],
        "ka.req.role.rules.nonResourceURLs": null,
        "ka.req.binding.role": "r",
        "ka.req.binding.subjects.user_names": ["u"],
        "ka.req.binding.subjects.serviceaccount_ns_names": ["n:s"],
        "ka.req.binding.subjects.group_names": null,
      },
    );
  });

  it("has no values without an audit id", () => {
    const { auditID: _, ...record } = base;
    check({ ...record, verb: "get" }, { "ka.verb": null, "ka.req.binding.subject.has_name[x]": null });
  });
});

describe("cloudtrail", () => {
  const base = {
    eventType: "AwsApiCall",
    eventTime: "2020-01-02T03:04:05Z",
    eventName: "GetObject",
    eventSource: "s3.amazonaws.com",
    sourceIPAddress: "1.2.3.4",
    userIdentity: { type: "IAMUser", userName: "alice", accountId: "1" },
  };

  it("reads requests, answers and sums", () => {
    check(
      {
        ...base,
        readOnly: true,
        requestParameters: { bucketName: "b", key: "k", policy: { x: 1 } },
        additionalEventData: { bytesTransferredIn: 0, bytesTransferredOut: 33.5 },
        resources: [{ a: 1 }, { b: 2 }],
      },
      {
        "ct.shortsrc": "s3",
        "ct.user": "alice",
        "ct.originaluser": "alice",
        "ct.error": null,
        "ct.readonly": "true",
        "ct.managementevent": null,
        "ct.request.policy": "",
        "ct.request": '{"bucketName":"b","key":"k","policy":{"x":1}}',
        "ct.response": null,
        "ct.resources": '{"a":1},{"b":2}',
        "s3.uri": "s3://b/k",
        "s3.bytes": 33,
        "s3.bytes.in": 0,
        "s3.cnt.get": 1,
        "s3.cnt.put": null,
        "s3.cnt.other": null,
        "ct.info": "alice via 1.2.3.4 ← GetObject Size=33 URI=s3://b/k",
      },
    );
  });

  it("names users by the kind of their identity", () => {
    const session = { sessionIssuer: { userName: "role" } };
    check(
      {
        ...base,
        eventName: "RunInstances",
        errorCode: "Denied",
        readOnly: false,
        userIdentity: { type: "AssumedRole", principalId: "AROA:bob", sessionContext: session },
        responseElements: { instancesSet: { items: [{ imageId: "ami-1" }, { imageId: "ami-2" }] } },
        requestParameters: {
          Host: "h",
          tagSpecificationSet: {
            items: [{ resourceType: "instance", tags: [{ key: "Name", value: "web" }] }],
          },
        },
      },
      {
        "ct.user": "role",
        "ct.originaluser": "bob",
        "ct.info": "role via 1.2.3.4 !→ RunInstances Host=h",
        "ec2.imageid": "ami-1",
        "ec2.imageids": ["ami-1", "ami-2"],
        "ec2.imageids[1]": ["ami-2"],
        "ec2.imageids[2]": null,
        "ec2.name": "web",
      },
    );
    check(
      { ...base, userIdentity: { type: "Alien" } },
      {
        "ct.user": null,
        "ct.info": "<invalid cloudtrail event: userIdentity field missing>",
      },
    );
  });
});

describe("okta", () => {
  const failure = (seconds: number, id: string) => ({
    published: new Date(1_600_000_000_000 + seconds * 1000).toISOString(),
    eventType: "user.authentication.auth_via_mfa",
    outcome: { result: "FAILURE" },
    actor: { id },
  });

  it("counts the failures of the same actor", () => {
    const events = eventsOf(
      failure(0, "a"),
      failure(30, "a"),
      failure(40, "b"),
      failure(59, "a"),
      failure(59, "a"),
      {
        ...failure(60, "a"),
        outcome: { result: "SUCCESS" },
      },
    );
    expect(events.map((event) => value(event, "okta.mfa.failure.countlast[60]"))).toEqual([
      1,
      2,
      1,
      3,
      3,
      null,
    ]);
    expect(events.map((event) => value(event, "okta.mfa.deny.countlast[20]"))).toEqual([1, 1, 1, 1, 1, null]);
  });

  it("has empty texts for what is missing", () => {
    check(
      {
        published: "2020-01-02T03:04:05Z",
        eventType: "x",
        debugContext: { debugData: { requestUri: "/app/google/x" } },
        target: [
          { type: "User", id: "1", displayName: "U" },
          { type: "UserGroup", id: "2" },
        ],
        client: { geographicalContext: { geolocation: { lat: 1.5 } } },
        securityContext: { asNumber: 64_512, isProxy: true },
      },
      {
        "okta.app": "google",
        "okta.severity": "",
        "okta.target.user.name": "U",
        "okta.target.group.name": "",
        "okta.target.app.alternateid": null,
        "okta.targets.displayName": "U,",
        "okta.targets.displayName[0]": "U",
        "okta.client.geo.lat": "1.5",
        "okta.client.geo.lon": "0",
        "okta.authentication.step": "0",
        "okta.security.asnumber": 64_512,
        "okta.security.isproxy": "true",
      },
    );
  });
});

describe("github", () => {
  it("reads messages and what was found in them", () => {
    check(
      {
        webhook_type: "push",
        repository: { html_url: "https://github.com/o/r", private: false, owner: { login: "o" } },
        head_commit: { id: "abc" },
        commits: [{ added: ["x", "y"] }, { added: ["z"] }],
        files: [{ name: "f", matches: [{ desc: "key", line: 3 }] }, { name: "g" }],
        hook: { id: 12 },
      },
      {
        "github.type": "push",
        "github.action": "",
        "github.webhook.id": "12",
        "github.repo.name": "o/r",
        "github.repo.public": "true",
        "github.commit.added": "x,yz",
        "github.diff.has_secrets": "true",
        "github.diff.committed_secrets.desc": "key",
        "github.diff.committed_secrets.links": "https://github.com/o/r/blob/abc/f/#L3",
        "github.workflow.has_miners": null,
      },
    );
    check(
      {
        webhook_type: "star",
        workflow_miner_detections: { matches: [{ type: "a" }, { type: "b" }, { type: "a" }] },
      },
      {
        "github.diff.has_secrets": "",
        "github.diff.committed_secrets.desc": null,
        "github.workflow.has_miners": "true",
        "github.workflow.miners.type": "a,b",
        "github.webhook.id": "0",
      },
    );
  });
});

describe("gcpaudit", () => {
  it.each<[object, object, Readonly<Record<string, unknown>>]>([
    [{ zone: "us-central1-a" }, {}, { "gcp.location": "us-central1", "gcp.logging.sink": null }],
    [{ region: "r", zone: "z" }, {}, { "gcp.location": "r" }],
    [
      { name: "s" },
      { type: "logging_sink" },
      { "gcp.logging.sink": "s", "gcp.resourceLabels": '{"name":"s"}' },
    ],
    [{}, { type: "project" }, { "gcp.location": null, "gcp.policyDelta": "text", "gcp.request": "" }],
    [{}, { type: "bigquery_dataset" }, { "gcp.policyDelta": null, "gcp.user": null }],
  ])("reads entries about %j", (labels, resource, fields) => {
    const protoPayload = { request: { a: 1 }, serviceData: { policyDelta: { bindingDeltas: "text" } } };
    check({ protoPayload, resource: { ...resource, labels } }, fields);
  });
});
