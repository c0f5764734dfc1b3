/**
 * A number with its noun, in the plural where it is not one.
 *
 * @example
 * countOf(1, 'row'); // => "1 row"
 */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
