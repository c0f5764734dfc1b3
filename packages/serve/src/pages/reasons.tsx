import type { Bundle } from '@scorecast/core';
import type { ExplanationAnswer } from '../answer/explanation-answer.js';
import type { PredictionAnswer } from '../answer/prediction-answer.js';
import { capitalised, scoreFormat } from './wording.js';

/** What a reason is made from. */
interface ReasonsProps {
  readonly bundle: Bundle;
  readonly answer: PredictionAnswer;
  readonly explanation: ExplanationAnswer;
}

/** How the model came to its number: what each value adds or takes away, the largest first. It gives no advice. */
export function Reasons({ bundle, answer, explanation }: ReasonsProps) {
  const format = scoreFormat(bundle);
  const nothing = format(0);
  const parts = explanation.contributions
    .map(({ feature, value, contribution }) => ({
      label: bundle.schema.features.find(({ name }) => name === feature)?.label ?? feature,
      value,
      contribution,
      size: format(Math.abs(contribution)),
    }))
    .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  const shown = parts.filter(({ size }) => size !== nothing);
  const hidden = parts.filter(({ size }) => size === nothing);
  return (
    <div class="reasons">
      <h3>How the model comes to this number</h3>
      <p>
        It starts at {format(explanation.base)}, {startWords(explanation)}.
      </p>
      <ul>
        {shown.map(({ label, value, contribution, size }) => (
          <li key={label}>
            {capitalised(label)} ({value ?? 'not known'}) {contribution > 0 ? 'adds' : 'takes away'}{' '}
            <strong>{size}</strong>.
          </li>
        ))}
        {hidden.length > 0 && <li>Hardly any difference: {hidden.map(({ label }) => label).join(', ')}.</li>}
      </ul>
      {format(explanation.sum) !== format(answer.prediction) && (
        <p>The sum, {format(explanation.sum)}, lies outside the scale; the answer is the nearest value on it.</p>
      )}
      <p>These are the parts of a calculation. They do not say what would happen if a value were different.</p>
    </div>
  );
}

function startWords({ method }: ExplanationAnswer): string {
  return method === 'enumeration' ? 'its number for a typical record' : 'its mean for the records it learned from';
}
