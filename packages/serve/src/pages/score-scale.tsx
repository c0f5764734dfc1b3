import type { Target } from '@scorecast/core';
import type { PredictionAnswer } from '../answer/prediction-answer.js';
import type { ScoreFormat } from './wording.js';

/** The two ends of the drawn scale. */
interface Domain {
  readonly min: number;
  readonly max: number;
}

/** The drawing of a score on the target's scale with its interval; without an answer, the empty scale. */
export function ScoreScale(props: { target: Target; answer?: PredictionAnswer; format: ScoreFormat }) {
  const { target, answer, format } = props;
  const domain = scaleDomain(target, answer);
  if (domain === undefined) return null;
  const at = (value: number) => `${(100 * (value - domain.min)) / (domain.max - domain.min)}%`;
  return (
    <svg class="scale" width="100%" height="84" role="img" aria-label={describe(domain, answer, format)}>
      {answer !== undefined && <Band answer={answer} domain={domain} />}
      <line class="scale-axis" x1="0" x2="100%" y1="52" y2="52" />
      {ticks(domain).map((tick) => (
        <g key={tick}>
          <line class="scale-tick" x1={at(tick)} x2={at(tick)} y1="52" y2="59" />
          <text class="scale-label" x={at(tick)} y="78" text-anchor={anchor(tick, domain)}>
            {tick.toLocaleString('en').replace('-', '−')}
          </text>
        </g>
      ))}
      {answer !== undefined && (
        <g class="scale-score">
          <line x1={at(answer.prediction)} x2={at(answer.prediction)} y1="10" y2="52" />
          <circle cx={at(answer.prediction)} cy="9" r="6" />
        </g>
      )}
    </svg>
  );
}

/** The interval, as if marked with a pen; it reaches the end of the scale where it has no bound. */
function Band({ answer, domain }: { answer: PredictionAnswer; domain: Domain }) {
  const share = (value: number) => (100 * (value - domain.min)) / (domain.max - domain.min);
  const left = share(answer.interval.lower ?? domain.min);
  const right = share(answer.interval.upper ?? domain.max);
  return <rect class="scale-band" x={`${left}%`} width={`${right - left}%`} y="22" height="30" rx="3" />;
}

/** The target's range; where it has none, a stretch around what there is to draw; undefined without either. */
function scaleDomain({ min, max }: Target, answer: PredictionAnswer | undefined): Domain | undefined {
  if (min !== undefined && max !== undefined) return { min, max };
  if (answer === undefined) return undefined;
  const { prediction, interval } = answer;
  const low = interval.lower ?? min;
  const high = interval.upper ?? max;
  if (low === undefined || high === undefined) return undefined;
  const reach = Math.max(prediction - low, high - prediction) * 2;
  return reach > 0 ? { min: min ?? prediction - reach, max: max ?? prediction + reach } : undefined;
}

/** Both ends and round numbers between them: steps of 1, 2 or 5 times a power of ten, four to nine of them. */
function ticks({ min, max }: Domain): readonly number[] {
  const rough = (max - min) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10);
  const first = Math.ceil(min / step - 1e-9);
  const last = Math.floor(max / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

function anchor(tick: number, { min, max }: Domain): 'start' | 'middle' | 'end' {
  const share = (tick - min) / (max - min);
  if (share < 0.03) return 'start';
  return share > 0.97 ? 'end' : 'middle';
}

function describe({ min, max }: Domain, answer: PredictionAnswer | undefined, format: ScoreFormat): string {
  const scale = `A scale from ${format(min)} to ${format(max)}`;
  if (answer === undefined) return `${scale}, still empty`;
  const { lower, upper } = answer.interval;
  const interval =
    lower === null || upper === null
      ? 'without an interval'
      : `with an interval from ${format(lower)} to ${format(upper)}`;
  return `${scale} with the score at ${format(answer.prediction)}, ${interval}`;
}
