import type { Bundle } from '@scorecast/core';

/** Writes numbers in the target's unit as people read them. */
export type ScoreFormat = (value: number) => string;

/**
 * As many decimals as the model can vouch for: those of its mean error's first two digits, at most 6. An error of 4.2
 * points gives one decimal, one of .45 gives two.
 */
export function scoreFormat({ metrics }: Bundle): ScoreFormat {
  const decimals = metrics.test.mae > 0 ? Math.min(6, Math.max(0, 1 - Math.floor(Math.log10(metrics.test.mae)))) : 1;
  return (value) => fixed(value, decimals);
}

/** A number with exactly so many decimals and a true minus sign. */
export function fixed(value: number, decimals: number): string {
  return value
    .toLocaleString('en', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
    .replace('-', '−');
}

/** A share as a percentage: 0.905 is `90.5 %`, with a blank that does not break. */
export function percent(share: number): string {
  return `${(share * 100).toLocaleString('en', { maximumFractionDigits: 1 })}\u00A0%`;
}

/**
 * How often, in whole cases where that is short.
 *
 * @example
 * howOften(0.9); // => "9 of 10 cases"
 */
export function howOften(level: number): string {
  for (const cases of [10, 20, 100]) {
    const held = Math.round(level * cases);
    if (Math.abs(held - level * cases) < 1e-9 && held > 0 && held < cases) return `${held} of ${cases} cases`;
  }
  return `${percent(level)} of cases`;
}

/** The text with its first letter as a capital. */
export function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** A count with its noun: `1 field`, `7 fields`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? noun : `${noun}s`}`;
}

/** A size as people read it: `64 MB`, in mebibytes, with at most one decimal. */
export function sizeText(bytes: number): string {
  return `${(bytes / 2 ** 20).toLocaleString('en', { maximumFractionDigits: 1 })}\u00A0MB`;
}

/** A short name kept on one line; a long one may break, or a phone could not hold it. */
export function unbroken(name: string): string {
  return name.length > 16 ? name : name.replaceAll(' ', '\u00A0');
}
