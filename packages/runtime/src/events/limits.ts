// SPDX-License-Identifier: Apache-2.0

/** Bytes of one event. The engine's plugins refuse events a sixteenth of this. */
export const EVENT_BYTES_MAX = 4 * 1024 * 1024;

/** Problems of one input that are kept in words; the others are counted. */
export const PROBLEMS_MAX = 100;
