import { canonicalJson, sha256Hex } from '../../src/bundle/canonical-json.js';
import { encodeBundle } from '../../src/index.js';
import { sampleBundle } from './sample-bundle.js';

/**
 * The text of a bundle in which somebody changed one value of the content and mended the checksum: what is left to
 * guard is the reading of each part.
 *
 * @param path Where, such as `pipeline.model.k` or `replay.rows.0`.
 */
export async function alteredBundle(path: string, value: unknown, bundle = sampleBundle()): Promise<string> {
  const { content } = JSON.parse(await encodeBundle(bundle));
  const keys = path.split('.');
  const parent = keys.slice(0, -1).reduce((object, key) => object[key], content);
  parent[keys.at(-1) ?? ''] = value;
  return sealedBundle(JSON.stringify(content));
}

/** A bundle of this content, as JSON text, with the checksum that belongs to it. */
export async function sealedBundle(content: string): Promise<string> {
  const checksum = await sha256Hex(canonicalJson(JSON.parse(content)));
  return `{"format":"scorecast-bundle","formatVersion":1,"checksum":"sha256:${checksum}","version":"${checksum.slice(0, 12)}","content":${content}}`;
}
