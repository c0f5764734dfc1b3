import { mersenneTwister, type Table } from '@scorecast/core';
import { columns } from '../trees/tree-rows.js';

/** The same draws as `exams_like` in `fixtures/make/make_boosting.py`. */
export function examsLike(): { x: Table; y: Float64Array } {
  const random = mersenneTwister(7);
  const draw = () => Array.from({ length: 500 }, () => random.double());
  const talent = draw();
  const reading = draw().map((u, i) => Math.floor(100 * (0.8 * talent[i] + 0.2 * u)));
  const writing = draw().map((u, i) => Math.floor(100 * (0.85 * talent[i] + 0.15 * u)));
  const effect = new Float64Array(500);
  const categories = [2, 5, 6, 2, 2].flatMap((levels) => {
    const codes = draw().map((u) => Math.floor(u * levels));
    codes.forEach((code, i) => (effect[i] += (code * 6) / levels));
    return Array.from({ length: levels }, (_, level) => codes.map((code) => (code === level ? 1 : 0)));
  });
  const y = Float64Array.from(draw(), (u, i) => Math.floor(0.4 * reading[i] + 0.4 * writing[i] + effect[i] + 12 * u));
  return { x: columns(reading, writing, ...categories), y };
}
