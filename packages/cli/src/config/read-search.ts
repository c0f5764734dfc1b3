import type { JsonReader } from '@scorecast/core';
import type { StrategyOptions } from '@scorecast/train';

/** Reads how a space is searched; the limits are checked by `train`. */
export function readSearch(reader: JsonReader, input: unknown, path: string): StrategyOptions {
  const value = reader.object(input, path);
  reader.keys(value, path, ['strategy', 'candidates', 'timeSeconds', 'patience', 'resource']);
  const { strategy, candidates, timeSeconds, patience, resource } = value;
  return {
    ...(strategy === undefined
      ? {}
      : { strategy: reader.oneOf(strategy, `${path}.strategy`, ['random', 'halving', 'hyperband', 'tpe']) }),
    ...(candidates === undefined ? {} : { candidates: reader.integer(candidates, `${path}.candidates`, 1) }),
    ...(timeSeconds === undefined ? {} : { timeSeconds: reader.number(timeSeconds, `${path}.timeSeconds`) }),
    ...(patience === undefined ? {} : { patience: reader.integer(patience, `${path}.patience`, 1) }),
    ...(resource === undefined
      ? {}
      : { resource: reader.oneOf(resource, `${path}.resource`, ['rows', 'nEstimators']) }),
  };
}
