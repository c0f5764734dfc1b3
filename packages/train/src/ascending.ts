/** Below so many values the built-in sort is as fast. */
const FEW = 2000;

/** Bits of a digit: three digits are one half of a double. */
const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;

/**
 * A sorted copy of the values that are there (NaN is left out). Many values are sorted digit by digit, the lowest first,
 * which takes the same few steps per value however they are distributed.
 */
export function ascending(values: Float64Array): Float64Array {
  const present = new Float64Array(values.length);
  let size = 0;
  // Adding 0 turns -0 into 0, whose digits are those of a positive number.
  for (const value of values) if (!Number.isNaN(value)) present[size++] = value + 0;
  const given = present.subarray(0, size);
  return size < FEW ? given.sort() : sortByDigits(given);
}

function sortByDigits(values: Float64Array): Float64Array {
  let from = values;
  let to: Float64Array = new Float64Array(values.length);
  const places = new Int32Array(DIGITS);
  for (const half of [0, 1]) {
    for (const shift of [0, DIGIT_BITS, 2 * DIGIT_BITS]) {
      if (sortByDigit(from, to, half, shift, places)) [from, to] = [to, from];
    }
  }
  // Negative numbers have the highest of all digits, and come with the largest size last.
  const positive = from.findIndex((value) => value < 0);
  if (positive === -1) return from;
  to.set(from.subarray(positive).reverse());
  to.set(from.subarray(0, positive), from.length - positive);
  return to;
}

/** Copies values in the order of one digit; equal ones keep their order. False if all have the same: nothing is copied. */
function sortByDigit(from: Float64Array, to: Float64Array, half: number, shift: number, places: Int32Array): boolean {
  const halves = new Int32Array(from.buffer, 0, 2 * from.length);
  const mask = DIGITS - 1;
  places.fill(0);
  // Hot: plain loops.
  for (let i = half; i < halves.length; i += 2) places[(halves[i] >>> shift) & mask]++;
  if (places[(halves[half] >>> shift) & mask] === from.length) return false;
  let next = 0;
  for (let digit = 0; digit < DIGITS; digit++) {
    const count = places[digit];
    places[digit] = next;
    next += count;
  }
  for (let i = 0; i < from.length; i++) to[places[(halves[2 * i + half] >>> shift) & mask]++] = from[i];
  return true;
}
