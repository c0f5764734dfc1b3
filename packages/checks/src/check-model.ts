import { isDeepStrictEqual } from 'node:util';
import { numericColumn, predict, table, takeRows, type Model, type Table } from '@scorecast/core';
import { runChecks, type Checks } from './check.js';
import { expectFinite, expectSameBits } from './expect-predictions.js';
import { findForeignValue } from './plain-data.js';
import { expectRefusal } from './refusal.js';
import { throughBundle } from './through-bundle.js';

/** A fitted model and rows that it can predict. */
interface ModelSubject {
  readonly model: Model;
  readonly x: Table;
}

/**
 * Checks what every fitted model promises.
 *
 * @param x Rows that the model can predict, at least one.
 * @returns A sentence for each broken promise; none when all is well.
 */
export function checkModel(name: string, model: Model, x: Table): Promise<readonly string[]> {
  return runChecks(name, modelChecks, () => ({ model, x: structuredClone(x) }));
}

const modelChecks: Checks<ModelSubject> = {
  'be plain data, so that JSON can hold it': ({ model }) => findForeignValue(model),
  'predict one finite number per row': ({ model, x }) => expectFinite(predict(model, x), x.rowCount),
  'predict nothing from no rows': ({ model, x }) => expectFinite(predict(model, takeRows(x, [])), 0),
  'predict a row alone as among others': ({ model, x }) => {
    const together = predict(model, x);
    const alone = together.map((_, row) => predict(model, takeRows(x, [row]))[0]);
    return expectSameBits('alone', alone, together);
  },
  'leave the rows that it predicts as they are': ({ model, x }) => {
    const before = structuredClone(x);
    predict(model, x);
    return isDeepStrictEqual(x, before) ? undefined : 'predict changed its input (expected it to be only read)';
  },
  'predict the same bits after a bundle': async ({ model, x }) => {
    const loaded = await throughBundle({ transformers: [], model }, x);
    return expectSameBits('from a loaded bundle', predict(loaded.model, x), predict(model, x));
  },
  'predict the same bits in another thread': ({ model, x }) =>
    expectSameBits('from a structured clone', predict(structuredClone(model), x), predict(model, x)),
  'refuse other columns than it learned from': ({ model, x }) => {
    const renamed = table(x.columns.map((column, i) => ({ ...column, name: `other ${i}` })));
    const extended = table([...x.columns, numericColumn('one more', new Float64Array(x.rowCount))]);
    return (
      expectRefusal('a table of other names', () => predict(model, renamed), ['other 0']) ??
      expectRefusal('a table of one more column', () => predict(model, extended), ['one more'])
    );
  },
};
