import type { NumericDimension } from './dimension.js';

/** A numeric dimension as an interval on which values lie evenly; whole numbers own half a step on either side. */
export interface NumberLine {
  readonly low: number;
  readonly high: number;
  /** The width that one value covers; 0 where the positions are taken as continuous. */
  readonly step: 0 | 1;
  /** The value at a position. */
  value(this: void, position: number): number;
  /** The position of a value. */
  position(this: void, value: number): number;
}

/** Lays a numeric dimension out. */
export function numberLine({ kind, min, max }: NumericDimension): NumberLine {
  const kept = (value: number) => Math.min(max, Math.max(min, value));
  switch (kind) {
    case 'uniform': {
      const decimals = Math.min(100, Math.max(0, 4 - Math.floor(Math.log10(max - min))));
      const value = (position: number) => kept(Number(position.toFixed(decimals)));
      return { low: min, high: max, step: 0, value, position: (value) => value };
    }
    case 'log-uniform': {
      const value = (position: number) => kept(Number(Math.exp(position).toPrecision(5)));
      return { low: Math.log(min), high: Math.log(max), step: 0, value, position: Math.log };
    }
    case 'integer': {
      const value = (position: number) => kept(Math.round(position));
      return { low: min - 0.5, high: max + 0.5, step: 1, value, position: (value) => value };
    }
    case 'log-integer': {
      const value = (position: number) => kept(Math.round(Math.exp(position)));
      return { low: Math.log(min - 0.5), high: Math.log(max + 0.5), step: 0, value, position: Math.log };
    }
  }
}
