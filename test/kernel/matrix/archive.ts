// SPDX-License-Identifier: Apache-2.0

/** When every file of an archive was changed, in seconds since 1970. */
export const MODIFIED_SECONDS = 1_700_000_000;

/** A file of an archive, by its path without a leading slash: a folder, a device, or contents. */
export type ArchiveEntry =
  | { readonly kind: "folder"; readonly path: string }
  | { readonly kind: "device"; readonly path: string; readonly major: number; readonly minor: number }
  | { readonly kind: "program"; readonly path: string; readonly contents: Uint8Array };

const MAGIC = "070701";
const ALIGNMENT = 4;
const FOLDER = 0o040755;
const CHARACTER_DEVICE = 0o020600;
const PROGRAM = 0o100755;
/** What the kernel takes for the end of the archive. */
const TRAILER = "TRAILER!!!";

/** The archive that a kernel unpacks as its first file system: cpio in the "new" form with ASCII headers. */
export function writeArchive(entries: readonly ArchiveEntry[]): Uint8Array {
  const parts = entries.map((entry, i) => writeEntry(entry, i + 1));
  return Buffer.concat([...parts, record(TRAILER, { inode: 0, mode: 0 })]);
}

function writeEntry(entry: ArchiveEntry, inode: number): Buffer {
  switch (entry.kind) {
    case "folder":
      return record(entry.path, { inode, mode: FOLDER });
    case "device":
      return record(entry.path, { inode, mode: CHARACTER_DEVICE, major: entry.major, minor: entry.minor });
    case "program":
      return record(entry.path, { inode, mode: PROGRAM, contents: entry.contents });
    default:
      return entry satisfies never;
  }
}

interface Attributes {
  readonly inode: number;
  readonly mode: number;
  readonly major?: number;
  readonly minor?: number;
  readonly contents?: Uint8Array;
}

/** A header of thirteen numbers, the name with its NUL, the contents; the last two padded. */
function record(path: string, attributes: Attributes): Buffer {
  const { inode, mode, major = 0, minor = 0, contents = new Uint8Array() } = attributes;
  const name = Buffer.from(`${path}\0`);
  const owner = 0;
  const links = 1;
  const checksum = 0;
  const numbers = [inode, mode, owner, owner, links, MODIFIED_SECONDS, contents.length];
  const devices = [0, 0, major, minor, name.length, checksum];
  const header =
    MAGIC + [...numbers, ...devices].map((number) => number.toString(16).padStart(8, "0")).join("");
  return Buffer.concat([padded(Buffer.concat([Buffer.from(header), name])), padded(contents)]);
}

function padded(bytes: Uint8Array): Uint8Array {
  return Buffer.concat([bytes, Buffer.alloc(-bytes.length & (ALIGNMENT - 1))]);
}
