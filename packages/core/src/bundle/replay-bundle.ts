import { predictPipeline } from '../model/pipeline.js';
import { recordParser } from '../schema/parse-records.js';
import type { Bundle } from './bundle.js';
import { bundleError } from './bundle-error.js';

/**
 * Predicts the recorded test rows again.
 *
 * @throws BUNDLE_REPLAY_MISMATCH on the first prediction that differs in any bit.
 */
export function replayBundle(bundle: Bundle): void {
  const { rows, predictions } = bundle.replay;
  const actual = predictPipeline(bundle.pipeline, recordParser(bundle.schema)(rows, 'typed'));
  predictions.forEach((expected, i) => {
    if (actual[i] !== expected) {
      throw bundleError('BUNDLE_REPLAY_MISMATCH', { row: i + 1, expected, actual: actual[i] });
    }
  });
}
