// SPDX-License-Identifier: Apache-2.0

/** One suite of cases with the engine's answers, from the shared corpus or golden data. */
export interface Suite {
  /** Short name, e.g. `filter/parse`. */
  readonly name: string;
  /** Loads all cases; `shared` is the folder of the shared data. */
  cases(shared: string): Iterable<Case> | AsyncIterable<Case>;
}

export interface Case {
  /** Unique within its suite and stable. */
  readonly id: string;
  /** Runs the case; null when our answer is the engine's, else what differs, in a line or a few. */
  run(): string | null | Promise<string | null>;
}

/** A case in which we knowingly do not follow the engine: it crashes, depends on hash order, or contradicts itself. */
export interface KnownDifference {
  readonly suite: string;
  /** Matches the ids of the cases concerned. */
  readonly id: RegExp;
  /** What the engine does, and why we do not. */
  readonly reason: string;
  /** What we do instead. */
  readonly instead: string;
}

export interface SuiteResult {
  readonly suite: string;
  readonly cases: number;
  readonly passed: number;
  readonly known: readonly string[];
  readonly failed: readonly { readonly id: string; readonly message: string }[];
}

export async function runSuite(
  suite: Suite,
  shared: string,
  differences: readonly KnownDifference[],
): Promise<SuiteResult> {
  const known: string[] = [];
  const failed: { id: string; message: string }[] = [];
  let cases = 0;
  for await (const one of suite.cases(shared)) {
    cases++;
    const message = await answer(one);
    if (message === null) continue;
    if (differences.some((d) => d.suite === suite.name && d.id.test(one.id))) known.push(one.id);
    else failed.push({ id: one.id, message });
  }
  return { suite: suite.name, cases, passed: cases - known.length - failed.length, known, failed };
}

async function answer(one: Case): Promise<string | null> {
  try {
    return await one.run();
  } catch (error) {
    return error instanceof Error ? `threw ${error.stack ?? error.message}` : `threw ${String(error)}`;
  }
}
