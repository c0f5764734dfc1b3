import { effortOf, type EffortOptions } from './effort-of.js';
import { timeLimitSeconds, withShareOfTime } from './time-limit.js';

/**
 * Says what an automatic training does after its first fits, a sentence for each step.
 *
 * @param options.folds Of the cross-validation. Default 5.
 * @throws As `trainAutomatically` for options that make no sense.
 * @example
 * explainSteps({ preset: 'quick', repeats: 1 });
 * // => ['joins the best by blend', 'compares the finalists in 5 fresh folds', 'fits the winner to the whole training part']
 */
export function explainSteps({
  folds = 5,
  ...options
}: EffortOptions & { readonly folds?: number }): readonly string[] {
  const { trials, ensembles, repeats, bySpace } = effortOf(options, ['r2']);
  const seconds = timeLimitSeconds(withShareOfTime(options, options.nested === true ? folds + 1 : 1));
  const limit = seconds === undefined ? '' : `until ${Number(seconds.toFixed(1))} s are over`;
  const times = repeats === 1 ? '' : `, ${repeats} times`;
  return [
    ...(bySpace === undefined ? [] : ['goes on as the strategy says, until a limit is reached']),
    ...(trials === 0
      ? []
      : [`tunes the best three estimators by TPE, ${limit === '' ? `${trials} candidates` : limit}`]),
    ...(ensembles.length === 0 ? [] : [`joins the best by ${ensembles.join(', ')}`]),
    `compares the finalists in ${folds} fresh folds${times}`,
    ...(options.nested === true
      ? [`does all of this again without each of the ${folds} folds, and scores it there`]
      : []),
    'fits the winner to the whole training part',
  ];
}
