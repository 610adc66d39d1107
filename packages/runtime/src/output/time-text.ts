// SPDX-License-Identifier: Apache-2.0

const NS_PER_MS = 1_000_000n;
const NS_PER_S = 1_000_000_000n;

/** `HH:MM:SS` in local time, with nine digits of the second where asked for. */
export function localClock(timestampNs: bigint, fraction: boolean): string {
  const date = dateOf(timestampNs);
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(":");
  return fraction ? `${clock}.${subsecondDigits(timestampNs)}` : clock;
}

/** `YYYY-MM-DD HH:MM:SS` in local time, with nine digits of the second where asked for. */
export function localDateTime(timestampNs: bigint, fraction: boolean): string {
  const date = dateOf(timestampNs);
  const day = `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
  return `${day} ${localClock(timestampNs, fraction)}`;
}

/** `YYYY-MM-DDTHH:MM:SS.nnnnnnnnn` in UTC, without a zone. */
export function utcDateTime(timestampNs: bigint): string {
  return `${dateOf(timestampNs).toISOString().slice(0, -".000Z".length)}.${subsecondDigits(timestampNs)}`;
}

/** The part of a time below the second, nine digits. */
export function subsecondDigits(timestampNs: bigint): string {
  return String(timestampNs % NS_PER_S).padStart(9, "0");
}

const RFC3339 =
  /^([0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2})(?:[.,]([0-9]+))?([Zz]|[+-][0-9]{2}:?[0-9]{2})$/;

/** Nanoseconds since 1970 of a date and time with a zone (RFC 3339, ISO 8601); null when the text is none. */
export function parseTimestamp(text: string): bigint | null {
  const [, clock, fraction = "", zone] = RFC3339.exec(text) ?? [];
  if (clock === undefined || zone === undefined) return null;
  const offset = zone.toUpperCase() === "Z" ? "Z" : `${zone.slice(0, 3)}:${zone.slice(-2)}`;
  const ms = Date.parse(clock.toUpperCase().replace(" ", "T") + offset);
  if (Number.isNaN(ms) || ms < 0) return null;
  return BigInt(ms) * NS_PER_MS + BigInt(fraction.slice(0, 9).padEnd(9, "0"));
}

function dateOf(timestampNs: bigint): Date {
  return new Date(Number(timestampNs / NS_PER_MS));
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}
