import { describe, expect, it } from 'vitest';
import { choice, flag, integer, readParams, real } from '../src/params.js';

const declared = {
  trees: integer({ about: 'how many', default: 100, min: 1 }),
  depth: integer({ about: 'how deep', default: null, min: 1, max: 50 }),
  rate: real({ about: 'how fast', default: 0.1, above: 0, max: 1 }),
  offset: real({ about: 'from where', default: 0 }),
  power: choice({ about: 'which distance', default: 2, options: [1, 2] }),
  mode: choice({ about: 'how', default: 'fast', options: ['fast', 'exact'] }),
  quiet: flag({ about: 'whether it is silent', default: false }),
};

const read = (given: unknown) => readParams('toy', declared, given);

describe('params', () => {
  it('are completed with their defaults, in the order of the declaration', () => {
    expect(Object.entries(read({ quiet: true, trees: 3 }))).toEqual([
      ['trees', 3],
      ['depth', null],
      ['rate', 0.1],
      ['offset', 0],
      ['power', 2],
      ['mode', 'fast'],
      ['quiet', true],
    ]);
  });

  it('are all defaults where none is given', () => {
    expect(read(undefined)).toEqual(read({}));
    expect(read({ trees: undefined })).toEqual(read({}));
  });

  it('are frozen', () => {
    expect(Object.isFrozen(read({}))).toBe(true);
  });

  it.each([
    [{ trees: 0 }, 'toy: param "trees" cannot be 0 (expected an integer of at least 1)'],
    [{ trees: 1.5 }, 'toy: param "trees" cannot be 1.5 (expected an integer of at least 1)'],
    [{ trees: null }, 'toy: param "trees" cannot be null (expected an integer of at least 1)'],
    [{ depth: 51 }, 'toy: param "depth" cannot be 51 (expected an integer from 1 to 50, or null)'],
    [{ rate: 0 }, 'toy: param "rate" cannot be 0 (expected a number above 0, up to 1)'],
    [{ rate: '0.5' }, 'toy: param "rate" cannot be "0.5" (expected a number above 0, up to 1)'],
    [{ offset: Infinity }, 'toy: param "offset" cannot be Infinity (expected a number)'],
    [{ power: 3 }, 'toy: param "power" cannot be 3 (expected 1 or 2)'],
    [{ mode: ['fast'] }, 'toy: param "mode" cannot be ["fast"] (expected "fast" or "exact")'],
    [{ quiet: 1 }, 'toy: param "quiet" cannot be 1 (expected true or false)'],
  ])('refuse %j', (given, message) => {
    expect(() => read(given)).toThrow(expect.objectContaining({ code: 'TRAIN_PARAM', exitCode: 2, message }));
  });

  it('ask whether another name was meant', () => {
    expect(() => read({ tress: 3 })).toThrow('toy has no param "tress"');
    expect(() => read({ tress: 3 })).toThrow('did you mean "trees"?');
  });

  it('do not take inherited names for params', () => {
    expect(() => read({ toString: 1 })).toThrow('toy has no param "toString"');
  });

  it.each([null, 'fast', 3, [1]])('cannot be read from %j', (given) => {
    expect(() => read(given)).toThrow(expect.objectContaining({ code: 'TRAIN_PARAMS' }));
  });

  it('are declared with a default in their range', () => {
    expect(() => integer({ about: 'how many', default: 0, min: 1 })).toThrow('the default is out of range');
  });
});
