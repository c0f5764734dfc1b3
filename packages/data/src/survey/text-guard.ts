import { isUtf8 } from 'node:buffer';

/** What is wrong with a text's bytes, and where in the piece. */
export interface TextFault {
  readonly code: 'DATA_ENCODING' | 'DATA_NUL_BYTE';
  readonly at: number;
  readonly byte: number;
}

/**
 * Checks a text piece by piece: UTF-8 without NUL. A character that is cut between two pieces moves to the second.
 */
export class TextGuard {
  private carry: Buffer = Buffer.alloc(0);

  /** The part of the text that is whole so far, and the first fault in it. */
  check(chunk: Buffer): { readonly text: Buffer; readonly fault?: TextFault } {
    const bytes = this.carry.length === 0 ? chunk : Buffer.concat([this.carry, chunk]);
    const whole = wholeLength(bytes);
    const text = bytes.subarray(0, whole);
    this.carry = bytes.subarray(whole);
    return this.judge(text);
  }

  /** What is left at the end: nothing, or a character that was cut off. */
  end(): { readonly text: Buffer; readonly fault?: TextFault } {
    return this.judge(this.carry);
  }

  private judge(text: Buffer): { readonly text: Buffer; readonly fault?: TextFault } {
    const nul = text.indexOf(0);
    const sound = isUtf8(text) ? text.length : soundLength(text);
    if (nul >= 0 && nul < sound) return { text, fault: { code: 'DATA_NUL_BYTE', at: nul, byte: 0 } };
    if (sound < text.length) return { text, fault: { code: 'DATA_ENCODING', at: sound, byte: text[sound] } };
    return { text };
  }
}

/** The length without a last character of which bytes are still to come. */
function wholeLength(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back];
    if (byte < 0x80) return bytes.length;
    if (byte < 0xc0) continue;
    const size = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    return size > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** How many bytes at the beginning are UTF-8, by bisection; a prefix that ends inside a character may be. */
function soundLength(bytes: Uint8Array): number {
  let sound = 0;
  let faulty = bytes.length;
  while (faulty - sound > 1) {
    const middle = (sound + faulty) >> 1;
    const prefix = bytes.subarray(0, middle);
    if (isUtf8(prefix.subarray(0, wholeLength(prefix)))) sound = middle;
    else faulty = middle;
  }
  return wholeLength(bytes.subarray(0, sound));
}
