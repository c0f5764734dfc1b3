import { metrics } from '@scorecast/core';
import { describe, expect, it } from 'vitest';
import { betterDirection } from '../packages/console/web/format/better.js';

describe('the console', () => {
  it('knows of every metric of Scorecast what is better', () => {
    const ours = Object.entries(metrics).map(([name, { better }]) => [
      name,
      better === 'higher' ? 'larger' : 'smaller',
    ]);
    expect(ours.map(([name]) => [name, betterDirection(`cv_${name}`)])).toEqual(ours);
  });
});
