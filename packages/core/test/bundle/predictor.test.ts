import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clip, encodeBundle, loadBundle, predictor } from '../../src/index.js';
import { models, sampleBundle } from './sample-bundle.js';

const bundle = await loadBundle(await encodeBundle(sampleBundle()));
const { predictRecords } = predictor(bundle);

describe('predictor', () => {
  it('predicts a value with an interval of the radius to each side', () => {
    expect(predictRecords([{ reading: 80, lunch: 'standard', education: 'college' }], 'typed')).toEqual([
      { value: 72.6, lower: 72.6 - 9.25, upper: 72.6 + 9.25 },
    ]);
  });

  it('clips value and interval to the target range', () => {
    const [prediction] = predictRecords([{ reading: 100, lunch: 'standard' }], 'typed');
    expect(prediction).toEqual({ value: 92.5, lower: 83.25, upper: 100 });
  });

  it('gives the whole range where the interval has no bounds', () => {
    const unbounded = predictor({ ...bundle, interval: { ...bundle.interval, radius: Infinity } });
    const [prediction] = unbounded.predictRecords([{ reading: 50, lunch: 'standard' }], 'typed');
    expect([prediction.lower, prediction.upper]).toEqual([0, 100]);
  });

  it('fills an optional field that is left out as learned in training', () => {
    const given = { reading: 70, lunch: 'free/reduced' };
    expect(predictRecords([given], 'typed')).toEqual(predictRecords([{ ...given, education: 'school' }], 'typed'));
  });

  it('predicts the same from an alias, from text and beside an identifier', () => {
    const named = predictRecords([{ reading: 80, lunch: 'standard', education: 'college' }], 'typed');
    expect(predictRecords([{ student: 'x', reading: '80', meal: 'standard', education: 'college' }], 'text')).toEqual(
      named,
    );
  });

  it('predicts each row on its own, whatever the others are', () => {
    const record = fc.record({
      reading: fc.double({ min: 0, max: 100, noNaN: true }),
      lunch: fc.constantFrom('standard', 'free/reduced'),
      education: fc.constantFrom('school', 'college', null),
    });
    const kinds = Object.values(models).map((model) =>
      predictor({ ...bundle, pipeline: { ...bundle.pipeline, model } }),
    );
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 20 }), fc.constantFrom(...kinds), (records, any) => {
        const alone = records.flatMap((one) => any.predictRecords([one], 'typed'));
        expect(any.predictRecords(records, 'typed')).toEqual(alone);
      }),
    );
  });

  it('never leaves the target range, and keeps the value between its bounds', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 100, noNaN: true }),
        fc.double({ min: 0, noNaN: true }),
        (reading, radius) => {
          const wide = predictor({ ...bundle, interval: { ...bundle.interval, radius } });
          const [{ lower, value, upper }] = wide.predictRecords([{ reading, lunch: 'standard' }], 'typed');
          expect([0, lower, value, upper, 100]).toEqual([0, lower, value, upper, 100].sort((a, b) => a - b));
        },
      ),
    );
  });
});

describe('clip', () => {
  it('leaves a value alone where the range is open', () => {
    expect([clip(-5, {}), clip(-5, { max: 3 }), clip(5, { min: 3 })]).toEqual([-5, -5, 5]);
  });

  it('moves a value outside to the nearer end', () => {
    expect([clip(-5, { min: 0, max: 3 }), clip(5, { min: 0, max: 3 })]).toEqual([0, 3]);
  });
});
