import { trackError } from '../../track-error.js';

/** One field of a protobuf message as it stands in the bytes: a number for fixed and variable ones, else bytes. */
export interface ProtobufField {
  readonly number: number;
  readonly value: bigint | Buffer;
}

/**
 * The fields of a protobuf message, in the order of the bytes.
 *
 * @throws INVALID_PARAMETER_VALUE when the bytes are no such message.
 */
export function* protobufFields(bytes: Buffer): Generator<ProtobufField> {
  let at = 0;

  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined) throw malformed();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw malformed();
  };
  const take = (length: number): Buffer => {
    if (length > bytes.length - at) throw malformed();
    at += length;
    return bytes.subarray(at - length, at);
  };

  while (at < bytes.length) {
    const tag = varint();
    const number = Number(tag >> 3n);
    if (number === 0) throw malformed();
    switch (Number(tag & 7n)) {
      case 0:
        yield { number, value: varint() };
        break;
      case 1:
        yield { number, value: take(8).readBigUInt64LE() };
        break;
      case 2:
        yield { number, value: take(Number(varint())) };
        break;
      case 5:
        yield { number, value: BigInt(take(4).readUInt32LE()) };
        break;
      default:
        throw malformed();
    }
  }
}

function malformed(): Error {
  return trackError('INVALID_PARAMETER_VALUE', { message: 'Invalid OpenTelemetry protobuf format' });
}
