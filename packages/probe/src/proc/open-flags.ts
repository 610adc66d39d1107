// SPDX-License-Identifier: Apache-2.0

/** Bits of the kernel, which differ by architecture for four of them, and the engine's for the same flag. */
const IS_ARM = process.arch === "arm64";
const O_DIRECTORY = IS_ARM ? 0o40000 : 0o200000;
const PAIRS: readonly (readonly [kernel: number, engine: number])[] = [
  [0o100, 0x4], // O_CREAT
  [0o2000, 0x8], // O_APPEND
  [0o10000, 0x10], // O_DSYNC
  [0o200, 0x20], // O_EXCL
  [0o4000, 0x40], // O_NONBLOCK
  [0o4010000, 0x80], // O_SYNC
  [0o1000, 0x100], // O_TRUNC
  [IS_ARM ? 0o200000 : 0o40000, 0x200], // O_DIRECT
  [O_DIRECTORY, 0x400],
  [IS_ARM ? 0o400000 : 0o100000, 0x800], // O_LARGEFILE
  [0o2000000, 0x1000], // O_CLOEXEC
  [0o20000000 | O_DIRECTORY, 0x2000], // O_TMPFILE
];
const ACCESS_MASK = 0o3;

/** Flags of an open file in the numbering of the engine, as `bpf/flags.h` converts those of a call. */
export function openFlags(flags: number): number {
  const access = flags & ACCESS_MASK;
  // 0, 1, 2 stand for reading, writing and both; the engine has a bit for each of the two.
  const converted = access === 1 ? 2 : access === 2 ? 3 : 1;
  return PAIRS.reduce((sum, [kernel, engine]) => ((flags & kernel) === 0 ? sum : sum | engine), converted);
}
