// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { CaptureReader, type CaptureSink, CaptureWriter, type EventRecord } from "@falcoc/runtime";
import { expect, it } from "vitest";
import { describeShared } from "../shared.ts";

describeShared("captures that are read and written again", (shared) => {
  const folders = [
    "golden/captures",
    "spec/vectors",
    "corpus/captures",
    "corpus/captures/libs",
    "corpus/captures/psp",
  ];
  const paths = folders.flatMap((folder) =>
    readdirSync(join(shared, folder))
      .filter((name) => name.endsWith(".scap"))
      .map((name) => `${folder}/${name}`),
  );
  it.each(paths)("%s holds the same", (path) => {
    const packed = readFileSync(join(shared, path));
    const original = packed[0] === 0x1f ? gunzipSync(packed) : packed;
    const blocks: Buffer[] = [];
    read(original, new CaptureWriter((block) => blocks.push(block)));
    const written = Buffer.concat(blocks);
    expect(contents(written)).toEqual(contents(original));
  });
});

function read(bytes: Buffer, sink: CaptureSink): void {
  const reader = new CaptureReader("test.scap", sink);
  reader.push(bytes);
  reader.finish();
}

/** Everything a capture hands to a sink, as plain data. */
function contents(bytes: Buffer): unknown[] {
  const all: unknown[] = [];
  read(bytes, {
    section: () => all.push("section"),
    machine: (info) => all.push(info),
    interfaces: (list) => all.push(...list),
    users: (list) => all.push(...list),
    process: (entry) => all.push(entry),
    fds: (tid, list) => all.push(tid, ...list),
    metadataEnd: () => all.push("events"),
    event: (record) => all.push(eventContents(record)),
  });
  return all;
}

function eventContents({
  bytes,
  at,
  code,
  cpu,
  flags,
  count,
  lengthsAt,
  dataAt,
  end,
}: EventRecord): unknown[] {
  const hex = (start: number, stop: number) => bytes.toString("hex", start, stop);
  return [code, cpu, flags, count, hex(at, at + 16), hex(lengthsAt, dataAt), hex(dataAt, end)];
}
