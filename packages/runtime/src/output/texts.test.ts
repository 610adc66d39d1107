// SPDX-License-Identifier: Apache-2.0
import { parseAddress } from "@falcoc/compiler/program";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressText } from "./address-text.ts";
import { doubleJson, doubleText } from "./double-text.ts";
import { localClock, localDateTime, parseTimestamp, utcDateTime } from "./time-text.ts";

describe("addressText and parseAddress", () => {
  it.each([
    ["10.0.0.1", "10.0.0.1"],
    ["::", "::"],
    ["::1", "::1"],
    ["2001:DB8:0:0:0:0:0:1", "2001:db8::1"],
    ["1:0:0:2:0:0:0:3", "1:0:0:2::3"],
    ["1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7"],
    ["fe80::", "fe80::"],
    ["::ffff:1.2.3.4", "::ffff:1.2.3.4"],
    ["::1.2.3.4", "::1.2.3.4"],
  ])("%s becomes %s", (given, shown) => {
    expect(addressText(parseAddress(given) ?? "")).toBe(shown);
  });

  it.each([
    "",
    "1.2.3",
    "1.2.3.256",
    "1.2.3.4.5",
    "1:2",
    "1::2::3",
    ":1",
    "g::",
    "1:2:3:4:5:6:7:8:9",
    "1.2.3.4:5",
  ])("refuses %j", (text) => {
    expect(parseAddress(text)).toBeNull();
  });

  it("gives back every address", () => {
    const bytes = fc.oneof(
      fc.array(fc.nat(255), { minLength: 4, maxLength: 4 }),
      fc.array(fc.oneof(fc.constant(0), fc.nat(255)), { minLength: 16, maxLength: 16 }),
    );
    fc.assert(
      fc.property(bytes, (numbers) => {
        const address = String.fromCharCode(...numbers);
        expect(parseAddress(addressText(address) ?? "")).toBe(address);
      }),
    );
  });
});

describe("doubles", () => {
  it.each([
    [0.5, "0.5", "0.5"],
    [1, "1.0", "1.0"],
    [-2.25, "-2.2", "-2.25"],
    [2.75, "2.8", "2.75"],
    [0.05, "0.1", "0.05"],
    [1e10, "10000000000.0", "10000000000.0"],
    [1e21, "1000000000000000000000.0", "1e+21"],
    [1e15, "1000000000000000.0", "1e+15"],
    [123456789012345.6, "123456789012345.6", "123456789012345.6"],
    [0.0001, "0.0", "0.0001"],
    [0.00001, "0.0", "1e-05"],
    [-0, "-0.0", "-0.0"],
    [Number.NaN, "nan", "null"],
    [Number.NEGATIVE_INFINITY, "-inf", "null"],
  ])("%d is %s, in JSON %s", (value, text, json) => {
    expect(doubleText(value)).toBe(text);
    expect(doubleJson(value)).toBe(json);
  });

  it("give back their value from JSON", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(doubleJson(value))).toBe(value);
        expect(doubleJson(value)).toMatch(/[.e]/);
      }),
    );
  });
});

describe("times", () => {
  const timestampNs = 1_523_545_100_092_352_143n;

  it("are shown to the nanosecond", () => {
    expect(utcDateTime(timestampNs)).toBe("2018-04-12T14:58:20.092352143");
    // Tests run with the time zone UTC.
    expect(localClock(timestampNs, true)).toBe("14:58:20.092352143");
    expect(localClock(timestampNs, false)).toBe("14:58:20");
    expect(localDateTime(timestampNs, true)).toBe("2018-04-12 14:58:20.092352143");
    expect(utcDateTime(2n ** 64n - 1n)).toBe("2554-07-21T23:34:33.709551615");
  });

  it.each([
    ["2018-04-12T14:58:20.092352143Z", timestampNs],
    ["2018-04-12t16:58:20.092352143+02:00", timestampNs],
    ["2018-04-12T14:58:20.092352143+0000", timestampNs],
    ["2018-04-12T14:58:20Z", 1_523_545_100_000_000_000n],
    ["2018-04-12T14:58:20.5Z", 1_523_545_100_500_000_000n],
    ["2018-04-12T14:58:20", null],
    ["2018-13-12T14:58:20Z", null],
    ["1969-12-31T23:59:59Z", null],
    ["yesterday", null],
  ])("%s is read", (text, expected) => {
    expect(parseTimestamp(text)).toBe(expected);
  });
});
