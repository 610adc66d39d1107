// SPDX-License-Identifier: Apache-2.0

/** An open probe as the addon knows it. */
export type NativeHandle = { readonly native: unique symbol };

export interface NativeOptions {
  /** Path of the compiled kernel programs. */
  readonly object: string;
  readonly ringBytes: number;
  readonly dataBytes: number;
  readonly excludeSelf: boolean;
}

/** The ring, mapped: what the kernel writes there is there without a copy. Gone when the probe is closed. */
export interface RingMemory {
  /** 8 bytes: how far the reader is. The only ones that may be written. */
  readonly consumer: ArrayBuffer;
  /** 8 bytes: how far the kernel is; then, from `dataOffset`, the data, twice in a row. */
  readonly producer: ArrayBuffer;
  readonly dataOffset: number;
  /** Size of the ring, a power of two. */
  readonly dataBytes: number;
}

export interface NativeProbe extends RingMemory {
  readonly handle: NativeHandle;
  /** When the machine was started, in ns since 1970, as the times of all records take it to be. */
  readonly bootTimeNs: bigint;
}

/** Records that found no room: the same ones twice. */
export interface NativeDrops {
  readonly byCode: BigUint64Array;
  /** By number of the processor, as many as there can be. */
  readonly byCpu: BigUint64Array;
}

export interface ProgramStats {
  readonly name: string;
  readonly runs: number;
  /** 0 while the kernel does not measure (`kernel.bpf_stats_enabled`). */
  readonly runTimeNs: number;
}

/** Functions of the addon. Each throws an `Error` that names the cause when the kernel refuses. */
export interface Native {
  /** Loads the kernel programs and maps their ring; nothing is attached yet. */
  open(options: NativeOptions): NativeProbe;
  /** Gives each native system call number, the index, its code of the schema. */
  setCodes(handle: NativeHandle, codes: Uint16Array): void;
  /** From now on a program handles a system call; null: none does. Compat: by its 32-bit number. */
  setHandler(handle: NativeHandle, number: number, program: string | null, isCompat: boolean): void;
  /** Attaches or detaches one of the programs named on_*. */
  setHook(handle: NativeHandle, program: string, attached: boolean): void;
  /** Calls back when there are records; then not again before `waitAgain`. */
  wait(handle: NativeHandle, ready: () => void): void;
  waitAgain(handle: NativeHandle): void;
  drops(handle: NativeHandle): NativeDrops;
  stats(handle: NativeHandle): ProgramStats[];
  /** Detaches, unloads and unmaps. May be called again. */
  close(handle: NativeHandle): void;
}
