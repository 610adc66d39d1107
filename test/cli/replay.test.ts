// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeShared, readJsonLines } from "../shared.ts";
import { buildFalcoc, type Falcoc } from "./falcoc.ts";

let falcoc: Falcoc;
beforeAll(async () => {
  falcoc = await buildFalcoc();
});
afterAll(() => falcoc.remove());

type Alert = Record<string, unknown> & { output_fields: { "evt.num": number } };

describeShared("falcoc replay", (shared) => {
  const capture = join(shared, "golden", "captures", "docker1.scap");
  const rules = ["falco", "falco-incubating", "falco-sandbox"].map((name) =>
    join(shared, "corpus", "rules", `${name}_rules.yaml`),
  );
  const expected = readJsonLines<Alert>(join(shared, "golden", "alerts", "docker1.first.jsonl.gz"));
  const env = { TZ: "UTC", FALCO_HOSTNAME: "here" };

  it("gives the engine's alerts as JSON", async () => {
    const args = ["replay", capture, "--json", "--append-field", "evt.num", "-r", ...rules];
    const { status, stdout } = await falcoc.run(args, { env });
    expect(status).toBe(0);
    const alerts = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(alerts).toEqual(expected.map(({ message: _, ...alert }) => ({ ...alert, hostname: "here" })));
  });

  it("gives them as text, and a status where it is asked for", async () => {
    const { status, stdout } = await falcoc.run(["replay", capture, "--fail-on-alert", "-r", ...rules], {
      env,
    });
    expect(status).toBe(1);
    const [first] = expected;
    expect(stdout.split("\n")[0]).toBe(JSON.stringify(first?.output).slice(1, -1));
  });

  it("lets only the events of a filter and a range through", async () => {
    const num = expected[3]?.output_fields["evt.num"] ?? 0;
    const range = ["--from", String(num), "--to", String(num)];
    const through = await falcoc.run(["replay", capture, ...range, "-r", ...rules], { env });
    expect(through.stdout.trim().split("\n")).toHaveLength(1);
    const none = await falcoc.run(["replay", capture, "evt.num = 1", "-r", ...rules], { env });
    expect(none.stdout).toBe("");
  });

  it("prints events by a format, as text and as JSON", async () => {
    const args = ["replay", capture, "evt.type", "=", "execve", "-p", "%evt.num %proc.name %fd.name"];
    const [text, json] = await Promise.all([falcoc.run(args), falcoc.run([...args, "--json"])]);
    const objects = json.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(objects.length).toBeGreaterThan(10);
    expect(Object.keys(objects[0])).toEqual(["evt.num", "fd.name", "proc.name"]);
    expect(text.stdout).toBe(
      objects.map((one) => `${one["evt.num"]} ${one["proc.name"]} ${one["fd.name"] ?? "<NA>"}\n`).join(""),
    );
  });

  it("reads standard input, and says where it is damaged", async () => {
    const whole = readFileSync(capture);
    const good = await falcoc.run(["replay", "-"], { input: whole });
    expect([good.status, good.stderr]).toEqual([
      0,
      expect.stringMatching(/^\d+ events; \d+ events printed\n$/),
    ]);
    const bad = await falcoc.run(["replay", "-"], { input: whole.subarray(0, 20_000) });
    expect([bad.status, bad.stderr]).toEqual([2, expect.stringContaining("<stdin>: ")]);
    expect(good.stdout.startsWith(bad.stdout)).toBe(true);
  });

  it.each([
    ["a filter that is none", [capture, "evt.typ = open"], 'did you mean "evt.type"'],
    ["a format that is none", [capture, "-p", "%evt.nux"], "evt.nux"],
    ["a missing capture", ["no.scap"], "no.scap"],
    ["missing rules", [capture, "-r", "no.yaml"], "no.yaml: no such file"],
  ])("refuses %s", async (_title, args, message) => {
    const { status, stdout, stderr } = await falcoc.run(["replay", ...args]);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
  });
});
