import type { Criterion } from './criterion.js';
import type { OpenNode } from './open-node.js';
import type { Sample } from './sample.js';
import type { TreeData } from './tree-data.js';

/**
 * What a node's value leaves of the criterion, summed over its rows by weight: squared distances, absolute distances, or
 * `target * log(target / value)`.
 */
export function nodeLoss(
  { targets, criterion }: TreeData,
  { weights, rows }: Sample,
  { start, end, value, isConstant }: OpenNode,
): number {
  if (isConstant) return 0;
  let loss = 0;
  for (let i = start; i < end; i++) loss += weights[rows[i]] * rowLoss(criterion, targets[rows[i]], value);
  return loss;
}

function rowLoss(criterion: Criterion, target: number, value: number): number {
  switch (criterion) {
    case 'squared_error':
      return (target - value) ** 2;
    case 'absolute_error':
      return Math.abs(target - value);
    case 'poisson':
      return target === 0 ? 0 : target * Math.log(target / value);
    default:
      return criterion satisfies never;
  }
}
