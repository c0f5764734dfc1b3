import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodePageToken, encodePageToken } from '../../src/search/page-token.js';

it('a page token is read as it was written', () => {
  const values = fc.array(
    fc.oneof(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(null)),
  );
  fc.assert(
    fc.property(fc.nat(), values, (offset, after) => {
      const start = { offset, after: after.map((value) => (value === 0 ? 0 : value)) };
      expect(decodePageToken(encodePageToken(start))).toEqual(start);
    }),
  );
});

it("a token of MLflow's is an offset", () => {
  expect(decodePageToken(Buffer.from('{"offset": 25}').toString('base64'))).toEqual({ offset: 25 });
  expect(decodePageToken(undefined)).toEqual({ offset: 0 });
  expect(decodePageToken('')).toEqual({ offset: 0 });
});

it('any other text is refused', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ minLength: 1 }), fc.base64String({ minLength: 4 })), (text) => {
      expect(() => decodePageToken(text)).toThrow(/^Invalid page token, /u);
    }),
  );
});
