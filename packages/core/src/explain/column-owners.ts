import type { FittedTransformer } from '../transform/transformer.js';

/**
 * From which feature each column behind the transformers was made, as an index of the features; undefined where a column
 * is made from several, as products are.
 *
 * @param features The names of the columns before the transformers.
 */
export function columnOwners(
  transformers: readonly FittedTransformer[],
  features: readonly string[],
): readonly number[] | undefined {
  let columns = features.map((name, owner) => ({ name, owner }));
  for (const transformer of transformers) {
    if (transformer.kind === 'polynomial') return undefined;
    if (transformer.kind !== 'one-hot') continue;
    const learned = new Map(transformer.columns.map(({ name, levels }) => [name, levels]));
    columns = columns.flatMap(({ name, owner }) => {
      const levels = learned.get(name);
      return levels === undefined ? [{ name, owner }] : levels.map((level) => ({ name: `${name}=${level}`, owner }));
    });
  }
  return columns.map(({ owner }) => owner);
}
