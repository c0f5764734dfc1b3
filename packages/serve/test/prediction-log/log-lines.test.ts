import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  idOfLine,
  outcomeLine,
  predictionLine,
  readOutcomeLine,
  readPredictionLine,
} from '../../src/prediction-log/log-lines.js';
import { NOON, rowsAt } from './rows.js';

const [{ id }] = rowsAt(NOON);
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const orNull = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null });
const text = fc.string({ unit: 'grapheme', minLength: 1 });
const object = fc.dictionary(text, fc.oneof(number, text, fc.constant(null))).map((value) => JSON.stringify(value));
const row = fc.record({
  id: fc.constantFrom(id, `${id}.3`),
  givenAt: fc.integer({ min: 0, max: 4e12 }),
  route: fc.constantFrom('predict', 'form'),
  model: text,
  version: text,
  prediction: number,
  lower: orNull(number),
  upper: orNull(number),
  level: number,
  inputs: orNull(object),
  inputsHash: orNull(fc.constant('ab'.repeat(32))),
  identifiers: orNull(object),
});

describe('a line of the log', () => {
  it('is read as the prediction that was written, every bit of it', () => {
    fc.assert(
      fc.property(row, (written) => {
        const line = predictionLine(written);
        expect(line.indexOf('\n')).toBe(line.length - 1);
        const read = readPredictionLine(line.trimEnd());
        const parsed = (json: string | null) => (json === null ? null : JSON.parse(json));
        expect({
          ...read,
          inputs: parsed(read?.inputs ?? null),
          identifiers: parsed(read?.identifiers ?? null),
        }).toEqual({
          ...written,
          inputs: parsed(written.inputs),
          identifiers: parsed(written.identifiers),
        });
      }),
    );
  });

  it('is read as the outcome that was written', () => {
    const time = fc.integer({ min: 0, max: 4e12 });
    const outcome = fc.record({ id: fc.constant(id), outcome: number, outcomeAt: orNull(time), recordedAt: time });
    fc.assert(
      fc.property(outcome, (written) => {
        expect(readOutcomeLine(outcomeLine(written).trimEnd())).toEqual(written);
      }),
    );
  });

  it('is not read when it was torn off, wherever that was', () => {
    const [plain] = rowsAt(NOON);
    const line = predictionLine(plain).trimEnd();
    for (let length = 0; length < line.length; length++) {
      expect(readPredictionLine(line.slice(0, length))).toBeUndefined();
    }
  });

  it('is left alone when a later release wrote it', () => {
    const [plain] = rowsAt(NOON);
    const line = predictionLine(plain).replace('"v":1', '"v":2');
    expect([idOfLine(line), readPredictionLine(line)]).toEqual([plain.id, undefined]);
  });

  it('looks like this', () => {
    const [plain] = rowsAt(NOON);
    expect(predictionLine(plain).replace(plain.id, 'ID')).toBe(
      '{"v":1,"id":"ID","givenAt":"2026-11-20T12:00:00.000Z","route":"predict","model":"exams","version":"c7d2006f1893",' +
        '"prediction":0.1,"lower":57,"upper":null,"level":0.9,"inputs":{"lunch":"free/reduced","reading_score":72}}\n',
    );
  });
});
