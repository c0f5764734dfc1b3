import { join, JsonReader } from '../schema/json-reader.js';
import { readSchema } from '../schema/parse-schema.js';
import { BUNDLE_FORMAT_VERSION, type Bundle } from './bundle.js';
import { bundleError } from './bundle-error.js';
import { canonicalJson, sha256Hex } from './canonical-json.js';
import { VERSION_LENGTH } from './encode-bundle.js';
import { decodePipeline } from './decode-model.js';
import { replayBundle } from './replay-bundle.js';
import {
  readImportance,
  readInterval,
  readMetrics,
  readProvenance,
  readReference,
  readReplay,
} from './read-bundle-parts.js';

/**
 * Reads a bundle from its text and proves it: format version, checksum, every part's shape, and the recorded test rows
 * predicted again, bit for bit.
 *
 * @throws BUNDLE_UNREADABLE, BUNDLE_FORMAT, BUNDLE_FUTURE_VERSION, BUNDLE_CHECKSUM_MISMATCH,
 * BUNDLE_REPLAY_FAILED, BUNDLE_REPLAY_MISMATCH
 */
export async function loadBundle(text: string): Promise<Bundle> {
  const document = readDocument(text);
  const checksum = await sha256Hex(canonicalContent(document.content));
  if (document.checksum !== `sha256:${checksum}`) {
    throw bundleError('BUNDLE_CHECKSUM_MISMATCH', { expected: document.checksum, actual: `sha256:${checksum}` });
  }
  const bundle = readContent(document.content, checksum.slice(0, VERSION_LENGTH));
  if (document.version !== bundle.version) {
    throw bundleError('BUNDLE_CHECKSUM_MISMATCH', { expected: document.version, actual: bundle.version });
  }
  replayBundle(bundle);
  return bundle;
}

function readDocument(text: string) {
  const reader = new JsonReader();
  const document = reader.object(parseJson(text), '');
  if (document['format'] !== 'scorecast-bundle') reader.note('format', '"scorecast-bundle"');
  const formatVersion = reader.integer(document['formatVersion'], 'formatVersion', 1);
  refuse(reader);
  // A newer format may have other keys: its version is judged before anything else is read.
  if (formatVersion > BUNDLE_FORMAT_VERSION) {
    throw bundleError('BUNDLE_FUTURE_VERSION', { formatVersion, newestKnown: BUNDLE_FORMAT_VERSION });
  }
  reader.keys(document, '', ['format', 'formatVersion', 'checksum', 'version', 'content']);
  const checksum = reader.string(document['checksum'], 'checksum');
  const version = reader.string(document['version'], 'version');
  const content = reader.object(document['content'], 'content');
  refuse(reader);
  return { checksum, version, content };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw bundleError(
      'BUNDLE_UNREADABLE',
      { reason: cause instanceof Error ? cause.message : String(cause) },
      { cause },
    );
  }
}

/** Only lists in lists by the thousand exhaust the stack: no bundle has them. */
function canonicalContent(content: unknown): string {
  try {
    return canonicalJson(content);
  } catch (cause) {
    throw bundleError('BUNDLE_UNREADABLE', { reason: 'it is nested too deeply' }, { cause });
  }
}

function readContent(input: unknown, version: string): Bundle {
  const reader = new JsonReader();
  const content = reader.object(input, 'content');
  const part = (key: string) => [content[key], join('content', key)] as const;
  const bundle: Bundle = {
    name: reader.string(...part('name')),
    version,
    schema: readSchema(reader, ...part('schema')),
    pipeline: decodePipeline(reader, ...part('pipeline')),
    interval: readInterval(reader, ...part('interval')),
    metrics: readMetrics(reader, ...part('metrics')),
    ...(content['importance'] === undefined ? {} : { importance: readImportance(reader, ...part('importance')) }),
    reference: readReference(reader, ...part('reference')),
    provenance: readProvenance(reader, ...part('provenance')),
    replay: readReplay(reader, ...part('replay')),
  };
  refuse(reader);
  return bundle;
}

function refuse(reader: JsonReader): void {
  if (reader.problems.length > 0) throw bundleError('BUNDLE_FORMAT', { problems: reader.problems.slice(0, 20) });
}
