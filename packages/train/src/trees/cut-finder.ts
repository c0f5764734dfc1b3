import type { FindCut } from './cut.js';
import { findCut } from './find-cut.js';
import { medianCutFinder } from './find-median-cut.js';
import { findRandomCut } from './find-random-cut.js';
import type { GrowthLimits } from './growth-limits.js';
import type { Sample } from './sample.js';
import type { TreeData } from './tree-data.js';

/** The way to find cuts that the criterion and the limits ask for. */
export function cutFinder(data: TreeData, sample: Sample, limits: GrowthLimits): FindCut {
  const minRows = limits.minSamplesLeaf;
  if (limits.thresholds === 'random') {
    return (node, allowed, random, path) => findRandomCut(data, sample, node, allowed, minRows, random.at(path));
  }
  if (data.criterion === 'absolute_error') return medianCutFinder(data, sample, minRows);
  return (node, allowed) => findCut(data, sample, node, allowed, minRows);
}
