import type { FindCut } from './cut.js';
import { bestCutFinder } from './find-cut.js';
import { medianCutFinder } from './find-median-cut.js';
import { randomCutFinder } from './find-random-cut.js';
import type { GrowthLimits } from './growth-limits.js';
import type { Sample } from './sample.js';
import type { TreeData } from './tree-data.js';

/** The way to find cuts that the criterion and the limits ask for. */
export function cutFinder(data: TreeData, sample: Sample, { minSamplesLeaf, thresholds }: GrowthLimits): FindCut {
  if (thresholds === 'random') return randomCutFinder(data, sample, minSamplesLeaf);
  if (data.criterion === 'absolute_error') return medianCutFinder(data, sample, minSamplesLeaf);
  return bestCutFinder(data, sample, minSamplesLeaf);
}
