// SPDX-License-Identifier: Apache-2.0

/** First word of every section: also what a capture file begins with. */
export const SECTION_HEADER = 0x0a0d0d0a;
export const MACHINE_INFO = 0x201;
export const PROCESS_LIST_V9 = 0x215;
export const FD_LIST_V2 = 0x218;
export const INTERFACE_LIST_V2 = 0x219;
export const USER_LIST_V2 = 0x220;
export const EVENT_V2 = 0x216;
export const EVENT_FLAGS_V2 = 0x217;
export const EVENT_V2_LARGE = 0x221;
export const EVENT_FLAGS_V2_LARGE = 0x222;

export type BlockKind =
  | { readonly kind: "section" }
  | { readonly kind: "machine" }
  | { readonly kind: "processes"; readonly version: number }
  | { readonly kind: "fds"; readonly version: 1 | 2 }
  | { readonly kind: "interfaces"; readonly version: 1 | 2 }
  | { readonly kind: "users"; readonly version: 1 | 2 }
  | {
      readonly kind: "event";
      /** Headers of version 1 do not say how many parameters there are. */
      readonly version: 1 | 2;
      /** Four bytes of flags follow the processor. */
      readonly flagged: boolean;
      /** May be longer than 64 KiB. */
      readonly large: boolean;
    };

const event = (version: 1 | 2, flagged: boolean, large = false): BlockKind => ({
  kind: "event",
  version,
  flagged,
  large,
});

/** Types of blocks that mean something; the high ones were used before the format was released. */
const KINDS: ReadonlyMap<number, BlockKind> = new Map([
  [SECTION_HEADER, { kind: "section" }],
  [MACHINE_INFO, { kind: "machine" }],
  [0x8002abcd, { kind: "machine" }],
  [0x202, { kind: "processes", version: 1 }],
  [0x8000abcd, { kind: "processes", version: 1 }],
  [0x207, { kind: "processes", version: 2 }],
  [0x8013abcd, { kind: "processes", version: 2 }],
  [0x209, { kind: "processes", version: 3 }],
  [0x8014abcd, { kind: "processes", version: 3 }],
  [0x210, { kind: "processes", version: 4 }],
  [0x211, { kind: "processes", version: 5 }],
  [0x212, { kind: "processes", version: 6 }],
  [0x213, { kind: "processes", version: 7 }],
  [0x214, { kind: "processes", version: 8 }],
  [PROCESS_LIST_V9, { kind: "processes", version: 9 }],
  [0x203, { kind: "fds", version: 1 }],
  [0x8001abcd, { kind: "fds", version: 1 }],
  [FD_LIST_V2, { kind: "fds", version: 2 }],
  [0x205, { kind: "interfaces", version: 1 }],
  [0x8011abcd, { kind: "interfaces", version: 1 }],
  [INTERFACE_LIST_V2, { kind: "interfaces", version: 2 }],
  [0x206, { kind: "users", version: 1 }],
  [0x8012abcd, { kind: "users", version: 1 }],
  [USER_LIST_V2, { kind: "users", version: 2 }],
  [0x204, event(1, false)],
  [0x8010abcd, event(1, false)],
  [0x208, event(1, true)],
  [EVENT_V2, event(2, false)],
  [EVENT_FLAGS_V2, event(2, true)],
  [EVENT_V2_LARGE, event(2, false, true)],
  [EVENT_FLAGS_V2_LARGE, event(2, true, true)],
]);

/** Types of released formats follow each other, and are looked up by their place. */
const RELEASED_FIRST = MACHINE_INFO;
const RELEASED: readonly (BlockKind | null)[] = Array.from(
  { length: EVENT_FLAGS_V2_LARGE - RELEASED_FIRST + 1 },
  (_, i) => KINDS.get(RELEASED_FIRST + i) ?? null,
);

/** What a block of this type holds; null: nothing we know. */
export function blockKind(type: number): BlockKind | null {
  const place = type - RELEASED_FIRST;
  if (place >= 0 && place < RELEASED.length) return RELEASED[place] as BlockKind | null;
  return KINDS.get(type) ?? null;
}
