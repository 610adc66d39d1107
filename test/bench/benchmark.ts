// SPDX-License-Identifier: Apache-2.0

/** One benchmark: a question, and figures that answer it, all measured in the same run. */
export interface Benchmark {
  /** Name to pick it by on the command line. */
  readonly name: string;
  /** What is measured, on what, in one sentence. */
  readonly about: string;
  /** Measures; null with a reason when this machine lacks what it needs. */
  run(): Promise<readonly Figure[] | { readonly skipped: string }>;
}

export interface Figure {
  readonly label: string;
  /** Median of the samples. */
  readonly value: number;
  readonly unit: string;
  /** Smallest and largest sample; null for a figure derived from others. */
  readonly range?: readonly [number, number];
  /** What is aimed for, in the same unit, as text; null without an aim. */
  readonly aim?: string;
}

/** Median, smallest and largest of samples. */
export function summarise(samples: readonly number[]): { value: number; range: readonly [number, number] } {
  const sorted = samples.toSorted((a, b) => a - b);
  const middle = sorted[sorted.length >> 1] ?? Number.NaN;
  return { value: middle, range: [sorted[0] ?? Number.NaN, sorted.at(-1) ?? Number.NaN] };
}
