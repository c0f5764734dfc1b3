/**
 * Cuts content into parts of equal size, the last one shorter (some storages refuse other cuts). One part is in memory at a
 * time, besides those that the caller keeps.
 */
export async function* inParts(
  content: AsyncIterable<Uint8Array>,
  partBytes: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of content) {
    let rest = chunk;
    while (sizeBytes + rest.length >= partBytes) {
      const taken = partBytes - sizeBytes;
      yield joined([...chunks, rest.subarray(0, taken)], partBytes);
      rest = rest.subarray(taken);
      chunks = [];
      sizeBytes = 0;
    }
    if (rest.length > 0) chunks.push(rest);
    sizeBytes += rest.length;
  }
  if (sizeBytes > 0) yield joined(chunks, sizeBytes);
}

function joined(chunks: readonly Uint8Array[], sizeBytes: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(sizeBytes);
  let end = 0;
  for (const chunk of chunks) {
    whole.set(chunk, end);
    end += chunk.length;
  }
  return whole;
}
