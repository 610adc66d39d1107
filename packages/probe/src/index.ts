// SPDX-License-Identifier: Apache-2.0
export { checkHost, type HostFacts } from "./check-host.ts";
export type { ProgramStats } from "./native.ts";
export {
  createProbeSource,
  openProbe,
  type Probe,
  type ProbeCounters,
  type ProbeOptions,
  type ProbeSource,
} from "./probe.ts";
export { ProbeError } from "./probe-error.ts";
