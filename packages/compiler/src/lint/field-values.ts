// SPDX-License-Identifier: Apache-2.0
import { DESCRIPTOR_TYPES, EVENTS, TRANSPORT_PROTOCOLS } from "../catalog/index.ts";

/** What the engine writes as a text where it knows no value. */
export const NOT_AVAILABLE = "<NA>";

/** All values that some text fields can have. */
export const FIELD_VALUES: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    "fd.type": present([...DESCRIPTOR_TYPES.map(({ text }) => text), NOT_AVAILABLE]),
    "fd.types": present([...DESCRIPTOR_TYPES.map(({ text }) => text), NOT_AVAILABLE]),
    "fd.typechar": present(DESCRIPTOR_TYPES.map(({ char }) => char)),
    "fd.l4proto": present([...TRANSPORT_PROTOCOLS, NOT_AVAILABLE]),
    "fd.sockfamily": present(["ip", "unix"]),
    "evt.dir": present(["<", ">"]),
    "evt.io_dir": present(["read", "write"]),
    "evt.category": present(categories()),
  }),
);

/** Categories of the event table; those of reads and writes depend on what is read or written. */
function categories(): readonly string[] {
  const own = EVENTS.map(({ category }) => (category === "ipc" ? "IPC" : category));
  return [...own.filter((category) => !category.startsWith("io_")), "file", "net", "ipc", "unknown"];
}

function present(values: readonly (string | null)[]): ReadonlySet<string> {
  return new Set(values.filter((value) => value !== null));
}
