import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextGuard } from '../../src/survey/text-guard.js';

/** The text that the guard lets through in pieces of this size, and the first fault with its place in the whole. */
function guard(bytes: Buffer, size: number) {
  const guard = new TextGuard();
  const text: Buffer[] = [];
  let length = 0;
  for (let start = 0; start <= bytes.length; start += size) {
    const last = start + size > bytes.length;
    for (const piece of [guard.check(bytes.subarray(start, start + size)), ...(last ? [guard.end()] : [])]) {
      if (piece.fault !== undefined) return { text, fault: { ...piece.fault, at: length + piece.fault.at } };
      text.push(piece.text);
      length += piece.text.length;
    }
  }
  return { text };
}

describe('the guard of texts', () => {
  it('lets sound text through in whole characters, however it is cut', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), fc.integer({ min: 1, max: 9 }), (text, size) => {
        const sound = text.replaceAll('\0', '');
        const { text: pieces, fault } = guard(Buffer.from(sound), size);
        expect(fault).toBeUndefined();
        expect(pieces.map((piece) => piece.toString()).join('')).toBe(sound);
      }),
    );
  });

  it.each([
    ['a byte of another encoding', [0x61, 0xe9, 0x62], 1, 'DATA_ENCODING', 0xe9],
    ['a byte that begins no character', [0x61, 0xc3, 0xa9, 0xff], 3, 'DATA_ENCODING', 0xff],
    ['a byte that continues nothing', [0x61, 0x80], 1, 'DATA_ENCODING', 0x80],
    ['a character that is cut off', [0x61, 0xe2, 0x82], 1, 'DATA_ENCODING', 0xe2],
    ['an overlong character', [0x61, 0xc0, 0xaf], 1, 'DATA_ENCODING', 0xc0],
    ['half a surrogate pair', [0x61, 0xed, 0xa0, 0x80], 1, 'DATA_ENCODING', 0xed],
    ['a NUL', [0x61, 0x00, 0xe9], 1, 'DATA_NUL_BYTE', 0x00],
  ])('finds %s', (_, bytes, at, code, byte) => {
    for (const size of [1, 2, 3, 100]) expect(guard(Buffer.from(bytes), size).fault).toEqual({ code, at, byte });
  });
});
