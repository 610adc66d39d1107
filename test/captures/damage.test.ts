// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gunzipSync, gzipSync } from "node:zlib";
import { createCatalog } from "@falcoc/compiler/catalog";
import type { Extractor, FieldUse } from "@falcoc/compiler/program";
import { type Event, openCapture, SourceError } from "@falcoc/runtime";
import { expect, it } from "vitest";
import { describeShared } from "../shared.ts";

const ROUNDS_PER_CAPTURE = 25;
/** Of a capture's events, one in so many has all of its fields read. */
const READ_EVERY = 61;

describeShared("damaged captures", (shared) => {
  const folder = join(shared, "golden", "captures");
  it.each(readdirSync(folder))(
    "%s: every damage ends in a reason and a place, or in events",
    async (file) => {
      const packed = readFileSync(join(folder, file));
      const bytes = gunzipSync(packed);
      const random = generator(file);
      for (let round = 0; round < ROUNDS_PER_CAPTURE; round++) {
        await replay(damaged(bytes, random));
      }
      await replay(damaged(packed, random));
      await replay(gzipSync(damaged(bytes, random)));
    },
  );
});

/** Reads all it can, and all fields of some events. Anything but a `SourceError` fails the test. */
async function replay(bytes: Buffer): Promise<void> {
  let readers: readonly Extractor<Event>[] | null = null;
  const read = openCapture(Readable.from([bytes]), {}, "damaged.scap").run((event) => {
    readers ??= fieldsOf(event);
    if (event.number % READ_EVERY === 0) for (const reader of readers) reader(event);
  });
  await read.catch((error: unknown) => {
    expect(error).toBeInstanceOf(SourceError);
    expect(error).toMatchObject({ path: "damaged.scap", message: expect.stringMatching(/./) });
  });
}

function fieldsOf(event: Event): Extractor<Event>[] {
  const definitions = createCatalog().fields("syscall");
  return definitions.flatMap(({ name, type, isList, print, filterOnly, provider, comparison }) =>
    ["0", "name"].map((argument) => {
      const text = `${name}[${argument}]`;
      const use: FieldUse = {
        text,
        name,
        argument,
        type,
        isList,
        print,
        comparison,
        filterOnly,
        provider,
      };
      return event.binder.bind(use);
    }),
  );
}

type Random = (below: number) => number;

/** A copy with some bytes changed, lost, or doubled, or with its end cut off. */
function damaged(bytes: Buffer, random: Random): Buffer {
  const copy = Buffer.from(bytes);
  switch (random(4)) {
    case 0:
      return copy.subarray(0, random(copy.length));
    case 1: {
      const at = random(copy.length);
      return Buffer.concat([copy.subarray(0, at), copy.subarray(at + 1 + random(64))]);
    }
    case 2: {
      const at = random(copy.length);
      return Buffer.concat([copy.subarray(0, at + random(256)), copy.subarray(at)]);
    }
    default:
      for (let count = 1 + random(20); count > 0; count--) copy[random(copy.length)] = random(256);
      return copy;
  }
}

/** Numbers that are the same on every run (mulberry32), seeded by a text. */
function generator(seed: string): Random {
  let state = [...seed].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) >>> 0, 7);
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
