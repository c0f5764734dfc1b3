import { type Flag } from '../database/tables.js';

/** How MLflow stores an infinity: SQL databases need not have one. */
const LARGEST = Number.MAX_VALUE;

/** A number as its columns hold it: NaN is 0 with a mark, an infinity the largest double of its sign. */
export function storedNumber(value: number): { readonly value: number; readonly isNan: boolean } {
  if (Number.isNaN(value)) return { value: 0, isNan: true };
  return { value: Math.min(LARGEST, Math.max(-LARGEST, value)), isNan: false };
}

/** The number that columns hold. */
export function loadedNumber(value: number, isNan: Flag): number {
  if (isNan === true || isNan === 1) return NaN;
  return Math.abs(value) >= LARGEST ? Math.sign(value) * Infinity : value;
}
