import type { S3Answer, S3Client } from './s3-client.js';
import { childrenNamed, childText } from './xml.js';

/** An object of a bucket. */
interface S3Object {
  readonly key: string;
  readonly sizeBytes: number;
  readonly modifiedAt: number;
}

/** One page of a bucket's listing. */
export interface S3Listing {
  readonly objects: readonly S3Object[];
  /** The beginnings of keys, up to the next `/`; only with a delimiter. */
  readonly folders: readonly string[];
}

/** Lists the objects whose keys begin with `prefix`, page by page; with `delimiter`, only up to the next one. */
export async function* listObjects(client: S3Client, prefix: string, delimiter?: '/'): AsyncIterable<S3Listing> {
  let token: string | undefined = undefined;
  do {
    const query: Record<string, string> = { 'list-type': '2', prefix };
    if (delimiter !== undefined) query['delimiter'] = delimiter;
    if (token !== undefined) query['continuation-token'] = token;
    const { xml: page }: S3Answer = await client.ask({ method: 'GET', query });
    yield {
      objects: childrenNamed(page, 'Contents').map((entry) => ({
        key: childText(entry, 'Key'),
        sizeBytes: Number(childText(entry, 'Size')),
        modifiedAt: Date.parse(childText(entry, 'LastModified')),
      })),
      folders: childrenNamed(page, 'CommonPrefixes').map((entry) => childText(entry, 'Prefix')),
    };
    token = childText(page, 'NextContinuationToken') || undefined;
  } while (token !== undefined);
}

/**
 * With this query an object's bytes come as they are stored. Objects may say that they are gzip, as those do that MLflow's
 * clients write by themselves, and `fetch` would unpack them.
 */
export const AS_STORED = { 'response-content-encoding': 'identity' };
