import { predictPipeline } from '../model/model.js';
import { recordParser } from '../schema/parse-records.js';
import type { Bundle } from './bundle.js';
import { bundleError } from './bundle-error.js';

/**
 * Predicts the recorded test rows again.
 *
 * @throws BUNDLE_REPLAY_FAILED when they cannot be predicted, since the bundle's parts do not belong together;
 * BUNDLE_REPLAY_MISMATCH on the first prediction that differs in any bit.
 */
export function replayBundle(bundle: Bundle): void {
  const actual = predictReplay(bundle);
  bundle.replay.predictions.forEach((expected, i) => {
    if (actual[i] !== expected) {
      throw bundleError('BUNDLE_REPLAY_MISMATCH', { row: i + 1, expected, actual: actual[i] });
    }
  });
}

function predictReplay({ schema, pipeline, replay }: Bundle): Float64Array {
  try {
    return predictPipeline(pipeline, recordParser(schema)(replay.rows, 'typed'));
  } catch (cause) {
    throw bundleError(
      'BUNDLE_REPLAY_FAILED',
      { reason: cause instanceof Error ? cause.message : String(cause) },
      { cause },
    );
  }
}
