// SPDX-License-Identifier: Apache-2.0

const NS_PER_MS = 1_000_000n;
const NS_PER_S = 1_000_000_000n;
const MS_PER_S = 1000;

/** `HH:MM:SS` in local time, with nine digits of the second where asked for. */
export function localClock(timestampNs: bigint, fraction: boolean): string {
  const clock = clockOfSecond(timestampNs / NS_PER_S);
  return fraction ? `${clock}.${subsecondDigits(timestampNs)}` : clock;
}

/** `YYYY-MM-DD HH:MM:SS` in local time, with nine digits of the second where asked for. */
export function localDateTime(timestampNs: bigint, fraction: boolean): string {
  const date = new Date(Number(timestampNs / NS_PER_MS));
  const day = `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
  return `${day} ${localClock(timestampNs, fraction)}`;
}

/** `YYYY-MM-DDTHH:MM:SS.nnnnnnnnn` in UTC, without a zone. */
export function utcDateTime(timestampNs: bigint): string {
  return `${utcOfSecond(timestampNs / NS_PER_S)}.${subsecondDigits(timestampNs)}`;
}

const clockOfSecond = rememberingLast((second) => {
  const date = dateOfSecond(second);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(":");
});
const utcOfSecond = rememberingLast((second) => dateOfSecond(second).toISOString().slice(0, -".000Z".length));

/** The part of a time below the second, nine digits. */
export const subsecondDigits = rememberingLast((timestampNs) =>
  String(timestampNs % NS_PER_S).padStart(9, "0"),
);

/** Text of a time. Several texts of an alert have the same, and many alerts in a row are of one second. */
function rememberingLast(render: (time: bigint) => string): (time: bigint) => string {
  let last: bigint | null = null;
  let text = "";
  return (time) => {
    if (time !== last) {
      text = render(time);
      last = time;
    }
    return text;
  };
}

function dateOfSecond(second: bigint): Date {
  return new Date(Number(second) * MS_PER_S);
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

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}
