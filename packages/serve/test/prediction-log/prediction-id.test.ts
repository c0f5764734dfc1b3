import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerIds, comparePredictionIds, predictionTime } from '../../src/prediction-log/prediction-id.js';
import { NOON } from './rows.js';

describe('the ids of answers', () => {
  it('are UUIDs of version 7, which hold their time', () => {
    const { id, at } = answerIds(() => NOON)();
    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect([at, predictionTime(id), predictionTime(`${id}.17`)]).toEqual([NOON, NOON, NOON]);
  });

  it('ascend, within a millisecond and while the clock is set back a little', () => {
    let clock = NOON;
    const next = answerIds(() => clock);
    const ids = Array.from({ length: 10_000 }, (_, i) => {
      if (i === 6000) clock -= 3;
      return next().id;
    });
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(10_000);
  });

  it('follow a clock that was an hour fast', () => {
    let clock = NOON + 3_600_000;
    const next = answerIds(() => clock);
    next();
    clock = NOON;
    expect(next().at).toBe(NOON);
  });

  it('are ordered by their place within a list, not by its digits', () => {
    const { id } = answerIds(() => NOON)();
    const shuffled = [10, 2, 0, 9].map((place) => `${id}.${place}`);
    expect(shuffled.sort(comparePredictionIds)).toEqual([0, 2, 9, 10].map((place) => `${id}.${place}`));
  });

  it('are told from any other text', () => {
    const { id } = answerIds(() => NOON)();
    for (const wrong of ['', 'x', `${id}.`, `${id}.01`, `${id}.-1`, ` ${id}`, id.toUpperCase(), '../etc/passwd']) {
      expect(predictionTime(wrong)).toBeUndefined();
    }
    fc.assert(fc.property(fc.string(), (text) => predictionTime(text) === undefined));
  });
});
