// SPDX-License-Identifier: Apache-2.0
import { existsSync, readFileSync } from "node:fs";
import { release } from "node:os";

/** What of a machine and of this process decides whether kernel programs can be loaded. */
export interface HostFacts {
  /** `process.platform` and `process.arch`. */
  readonly platform: string;
  readonly architecture: string;
  /** `5.15.0-91-generic` */
  readonly kernelRelease: string;
  /** The kernel describes its own types. */
  readonly hasTypes: boolean;
  /** Effective capabilities, bit by number. */
  readonly capabilities: bigint;
}

const TYPES_PATH = "/sys/kernel/btf/vmlinux";
/**
 * 5.8 has ring buffers, but cannot run a program for the loader alone, by which we leave ourselves out; and no verifier
 * before that of 5.10 has been asked: it is the oldest kernel that test/kernel/matrix tries.
 */
const KERNEL_MIN = { major: 5, minor: 10 };

const CAP_SYS_ADMIN = 21;
const CAP_PERFMON = 38;
const CAP_BPF = 39;

/** Says, in one sentence, the first thing that keeps live events from being had; null: nothing is known to. */
export function checkHost(facts: HostFacts = readFacts()): string | null {
  if (facts.platform !== "linux") return `live events need Linux, and this is ${facts.platform}`;
  if (facts.architecture !== "x64" && facts.architecture !== "arm64") {
    return `live events need an x64 or arm64 processor, and this is ${facts.architecture}`;
  }
  if (!isRecent(facts.kernelRelease)) {
    return `live events need Linux ${KERNEL_MIN.major}.${KERNEL_MIN.minor} or later, the first that runs a tracing program on request, and this is ${facts.kernelRelease}`;
  }
  if (!facts.hasTypes) {
    return `live events need a kernel that describes its types (CONFIG_DEBUG_INFO_BTF): there is no ${TYPES_PATH}`;
  }
  return missingCapability(facts.capabilities);
}

function readFacts(): HostFacts {
  return {
    platform: process.platform,
    architecture: process.arch,
    kernelRelease: release(),
    hasTypes: existsSync(TYPES_PATH),
    capabilities: process.platform === "linux" ? readCapabilities() : 0n,
  };
}

function readCapabilities(): bigint {
  const line = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync("/proc/self/status", "latin1"));
  return line?.[1] === undefined ? 0n : BigInt(`0x${line[1]}`);
}

function isRecent(kernelRelease: string): boolean {
  const [major = 0, minor = 0] = kernelRelease.split(/[.-]/).map(Number);
  return major > KERNEL_MIN.major || (major === KERNEL_MIN.major && minor >= KERNEL_MIN.minor);
}

function missingCapability(capabilities: bigint): string | null {
  const has = (capability: number) => (capabilities & (1n << BigInt(capability))) !== 0n;
  if (has(CAP_SYS_ADMIN)) return null;
  const missing = [...(has(CAP_BPF) ? [] : ["CAP_BPF"]), ...(has(CAP_PERFMON) ? [] : ["CAP_PERFMON"])];
  if (missing.length === 0) return null;
  return `live events need root, or the capabilities CAP_BPF and CAP_PERFMON; this process lacks ${missing.join(" and ")}`;
}
