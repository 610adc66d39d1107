// SPDX-License-Identifier: Apache-2.0
export { type ConversionRule, conversionRule, conversionRules, type ParameterOrigin } from "./converter.ts";
export { type CatalogOptions, createCatalog, KERNEL_SOURCE } from "./create-catalog.ts";
export {
  ASYNC_EVENT_CODE,
  ASYNC_EVENT_NAMES,
  eventCodesOfName,
  eventNameOfSyscall,
  isEventTypeName,
  PLUGIN_EVENT_CODE,
  syscallCodesOfName,
  syscallOfCode,
  syscallOfNative,
  UNKNOWN_SYSCALL_CODE,
} from "./event-names.ts";
export { EVENTS } from "./events/index.ts";
export {
  CAPABILITY_NAMES,
  CONTAINER_TYPES,
  DESCRIPTOR_TYPES,
  type DescriptorType,
  dynamicTable,
  ERRNO_NAMES,
  flagTable,
  SIGNAL_NAMES,
  THREAD_FLAGS,
  TRANSPORT_PROTOCOLS,
} from "./flags/index.ts";
export { longestParameter, parameterNames } from "./parameters.ts";
export { PLUGINS, type PluginDefinition } from "./plugins/index.ts";
export { scanInteger } from "./scan-integer.ts";
export { GENERIC_EVENTS, SYSCALLS } from "./syscalls.ts";
export type * from "./types.ts";
export { VALUE_TYPES } from "./types.ts";
export {
  availableIn,
  type FeatureKind,
  firstVersionWith,
  resolveTarget,
  TARGETS,
  type Target,
} from "./versions.ts";
