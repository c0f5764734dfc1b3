import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactJson, parseExactJson } from '../../src/server/otlp/exact-json.js';
import { readOtlpProtobuf } from '../../src/server/otlp/read-otlp-protobuf.js';

const value = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n }),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
    fc.string({ unit: 'binary' }),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(
      fc.string().filter((name) => name !== '__proto__' && name !== '\0digits'),
      tie('any'),
      { maxKeys: 4 },
    ),
  ),
}));

describe('exact JSON', () => {
  it('keeps all digits of whole numbers, and tells 1 from 1.0', () => {
    fc.assert(
      fc.property(value.any, (sample) => {
        expect(parseExactJson(exactJson(sample))).toEqual(toPlain(sample));
      }),
    );
    expect(exactJson({ a: 1600000000000000001n, b: 1, c: undefined })).toBe('{"a":1600000000000000001,"b":1.0}');
  });
});

describe('spans in protobuf', () => {
  it('are read or refused, whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          expect(Array.isArray(readOtlpProtobuf(Buffer.from(bytes)))).toBe(true);
        } catch (error) {
          expect(error).toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
        }
      }),
    );
  });

  it('are refused when they are nested too deep', () => {
    let nested: Buffer = Buffer.alloc(0);
    for (let depth = 0; depth < 100; depth++) nested = message(5, message(1, nested));
    const attribute = Buffer.concat([message(1, Buffer.from('key')), message(2, nested)]);
    const request = message(1, message(2, message(2, message(9, attribute))));
    expect(() => readOtlpProtobuf(request)).toThrow('nested deeper than 64 levels');
  });
});

function message(number: number, content: Buffer): Buffer {
  const length = content.length < 128 ? [content.length] : [(content.length & 0x7f) | 0x80, content.length >> 7];
  return Buffer.concat([Buffer.from([(number << 3) | 2, ...length]), content]);
}

/** Objects with a prototype, as JSON gives them. */
function toPlain(sample: unknown): unknown {
  if (Array.isArray(sample)) return sample.map(toPlain);
  if (typeof sample !== 'object' || sample === null) return sample;
  return Object.fromEntries(Object.entries(sample).map(([key, item]) => [key, toPlain(item)]));
}
