import type { Bundle } from '@scorecast/core';
import type { PredictionAnswer } from '../answer/prediction-answer.js';
import { ScoreScale } from './score-scale.js';
import { capitalised, howOften, scoreFormat } from './wording.js';

/** A prediction as people read it: the score, its interval drawn and in words. */
export function Answer({ bundle, answer }: { bundle: Bundle; answer: PredictionAnswer }) {
  const { target } = bundle.schema;
  const format = scoreFormat(bundle);
  return (
    <>
      <p class="score">
        <strong>{format(answer.prediction)}</strong> {scaleWords(bundle)}
      </p>
      <ScoreScale target={target} answer={answer} format={format} />
      <p class="between">
        <Interval bundle={bundle} answer={answer} />
      </p>
    </>
  );
}

function Interval({ bundle, answer }: { bundle: Bundle; answer: PredictionAnswer }) {
  const { lower, upper, level } = answer.interval;
  const format = scoreFormat(bundle);
  if (!Number.isFinite(bundle.interval.radius) || (lower === null && upper === null)) {
    return <>There were too few examples to say how far off this may be.</>;
  }
  return (
    <>
      {capitalised(`in ${howOften(level)}`)}, the true {bundle.schema.target.label} is{' '}
      {lower !== null && upper !== null && (
        <>
          between <strong>{format(lower)}</strong> and <strong>{format(upper)}</strong>
        </>
      )}
      {lower !== null && upper === null && (
        <>
          at least <strong>{format(lower)}</strong>
        </>
      )}
      {lower === null && upper !== null && (
        <>
          at most <strong>{format(upper)}</strong>
        </>
      )}
      .
    </>
  );
}

/** `out of 100`, `points, from 1 to 7`, `points`, or nothing. */
function scaleWords({ schema }: Bundle): string {
  const { min, max, unit } = schema.target;
  if (min === 0 && max !== undefined) return `${unit === undefined ? '' : `${unit} `}out of ${max}`;
  const range = min !== undefined && max !== undefined ? `from ${min} to ${max}` : undefined;
  return [unit, range === undefined ? undefined : `on a scale ${range}`]
    .filter((part) => part !== undefined)
    .join(', ');
}
