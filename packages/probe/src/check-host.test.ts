// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { checkHost, type HostFacts } from "./check-host.ts";

const GOOD: HostFacts = {
  platform: "linux",
  architecture: "x64",
  kernelRelease: "6.18.44-generic",
  hasTypes: true,
  capabilities: 1n << 21n,
};
const BPF_AND_PERFMON = (1n << 39n) | (1n << 38n);

const CASES: readonly { readonly facts: Partial<HostFacts>; readonly problem: string | null }[] = [
  { facts: {}, problem: null },
  { facts: { capabilities: BPF_AND_PERFMON }, problem: null },
  { facts: { kernelRelease: "5.10.0", architecture: "arm64" }, problem: null },
  { facts: { platform: "darwin" }, problem: "live events need Linux, and this is darwin" },
  {
    facts: { architecture: "riscv64" },
    problem: "live events need an x64 or arm64 processor, and this is riscv64",
  },
  {
    facts: { kernelRelease: "5.9.16-arch1" },
    problem:
      "live events need Linux 5.10 or later, the first that runs a tracing program on request, and this is 5.9.16-arch1",
  },
  {
    facts: { hasTypes: false },
    problem:
      "live events need a kernel that describes its types (CONFIG_DEBUG_INFO_BTF): there is no /sys/kernel/btf/vmlinux",
  },
  {
    facts: { capabilities: 0n },
    problem:
      "live events need root, or the capabilities CAP_BPF and CAP_PERFMON; this process lacks CAP_BPF and CAP_PERFMON",
  },
  {
    facts: { capabilities: 1n << 39n },
    problem:
      "live events need root, or the capabilities CAP_BPF and CAP_PERFMON; this process lacks CAP_PERFMON",
  },
];

describe("checkHost", () => {
  it.each(CASES)("$facts", ({ facts, problem }) => {
    expect(checkHost({ ...GOOD, ...facts })).toBe(problem);
  });
});
