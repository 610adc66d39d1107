// SPDX-License-Identifier: Apache-2.0

/** A floating point number with one decimal, as the engine's texts show it: a tie goes to the even digit. */
export function doubleText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "nan" : value < 0 ? "-inf" : "inf";
  const magnitude = Math.abs(value);
  // With one decimal only .25 and .75 are ties that a double can be.
  const isTie = (magnitude * 4) % 2 === 1;
  const digits = isTie ? evenTenth(magnitude) : magnitude.toFixed(1);
  return (value < 0 || Object.is(value, -0) ? "-" : "") + withoutExponent(digits);
}

/** A floating point number in JSON: the shortest digits that give it back, always with a fraction or an exponent. */
export function doubleJson(value: number): string {
  if (!Number.isFinite(value)) return "null";
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  const [mantissa = "", exponentText = "0"] = value.toExponential().split("e");
  const exponent = Number(exponentText);
  if (exponent >= 15 || exponent < -4) {
    const sign = exponent < 0 ? "-" : "+";
    return `${mantissa}e${sign}${String(Math.abs(exponent)).padStart(2, "0")}`;
  }
  const plain = String(value);
  return plain.includes(".") ? plain : `${plain}.0`;
}

function evenTenth(magnitude: number): string {
  const whole = Math.floor(magnitude);
  return `${whole}.${magnitude - whole === 0.25 ? 2 : 8}`;
}

/** `toFixed` falls back to an exponent from 1e21 on, where every number is whole. */
function withoutExponent(digits: string): string {
  return digits.includes("e") ? `${BigInt(Number(digits))}.0` : digits;
}
