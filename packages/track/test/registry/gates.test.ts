import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkGates, gatesHold, type VersionFacts } from '../../src/registry/gates.js';
import { good } from './registry-fixture.js';

const failed = (facts: VersionFacts, present?: VersionFacts) =>
  checkGates(facts, present)
    .filter(({ outcome }) => outcome === 'failed')
    .map(({ gate }) => gate);

describe('the gates before production', () => {
  it('let a good version through', () => {
    expect(failed(good, good)).toEqual([]);
    expect(gatesHold(checkGates(good, good))).toBe(true);
  });

  it.each([
    ['floor', { ...good, cvR2: 0.59 }],
    ['floor', { ...good, cvR2: Number.NaN }],
    ['coverage', { ...good, intervalCoverage: 0.84 }],
    ['leakage', { ...good, leakageWarnings: 1 }],
  ])('stop at "%s" the version %o', (gate, facts) => {
    expect(failed(facts)).toEqual([gate]);
  });

  it('stop a version that is worse than the present one by more than the tolerance', () => {
    expect(failed({ ...good, cvR2: 0.871 }, good)).toEqual([]);
    expect(failed({ ...good, cvR2: 0.869 }, good)).toEqual(['not-worse']);
  });

  it('compare with nothing where there is no present version', () => {
    expect(checkGates(good, undefined).map(({ gate }) => gate)).toEqual(['floor', 'coverage', 'leakage']);
  });

  it('do not know what other tools did not record, which strict rules count as not reached', () => {
    const results = checkGates({}, good);
    expect(new Set(results.map(({ outcome }) => outcome))).toEqual(new Set(['unknown']));
    expect(gatesHold(results)).toBe(true);
    expect(gatesHold(results, { strict: true })).toBe(false);
  });

  it('never stop a version for being better', () => {
    const share = fc.double({ min: -2, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, share, (a, b) => {
        const [worse, better] = a < b ? [a, b] : [b, a];
        const openFor = (cvR2: number) => gatesHold(checkGates({ ...good, cvR2 }, good));
        expect(openFor(worse) && !openFor(better)).toBe(false);
      }),
    );
  });
});
