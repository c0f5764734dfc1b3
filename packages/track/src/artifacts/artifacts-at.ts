import path from 'node:path';
import { trackError } from '../track-error.js';
import type { ArtifactStore } from './artifact-store.js';
import { localFolder, openArtifactStore, type ArtifactStoreOptions } from './open-artifact-store.js';

/** Where the artifacts of a server may be. */
export interface ArtifactPlaces {
  /** The server's own store: what `mlflow-artifacts:/...` means, and everything beneath its root. */
  readonly own: ArtifactStore;
  /** URIs of further roots, for experiments with a location of their own; default none. */
  readonly allowed?: readonly string[];
  /** How those are opened. */
  readonly options?: ArtifactStoreOptions;
}

/** A root and what it is called when compared: `file:` and a path, or `s3:` and bucket and prefix. */
interface Place {
  readonly root: string;
  readonly store: ArtifactStore;
}

/**
 * Finds the store of a run, model or experiment by its artifact URI. Clients choose these URIs, so what lies outside of the
 * allowed places is refused: a server that read any of them would hand out its own files.
 *
 * @throws `PERMISSION_DENIED`, `INVALID_PARAMETER_VALUE`
 */
export function artifactsAt({ own, allowed = [], options = {} }: ArtifactPlaces): (uri: string) => ArtifactStore {
  const others = allowed.map((uri) => openArtifactStore(uri, options));
  const places: readonly Place[] = [own, ...others].map((store) => ({ root: placeName(store.uri), store }));
  return (uri) => {
    const proxied = /^mlflow-artifacts:(?:\/\/[^/]*)?\/*(.*)$/i.exec(uri);
    if (proxied !== null) return own.at(proxied[1]);
    const name = placeName(uri);
    const place = places.find(({ root }) => name === root || name.startsWith(`${root}/`));
    if (place === undefined) throw outside(uri);
    return place.store.at(name.slice(place.root.length + 1));
  };
}

/** Two URIs of the same place have the same name; folders are parted by `/`. */
function placeName(uri: string): string {
  const [, scheme] = /^([a-z][a-z0-9+.-]+):/i.exec(uri) ?? [];
  if (scheme === undefined) return `file:${path.resolve(uri).replaceAll(path.sep, '/')}`;
  if (scheme.toLowerCase() === 'file') return `file:${localFolder(uri).replaceAll(path.sep, '/')}`;
  return uri.replace(/\/+$/, '').replace(/^s3:\/\//i, 's3:');
}

function outside(uri: string): Error {
  const message =
    `the artifact location ${JSON.stringify(uri)} is outside of what this server may read ` +
    '(expected one beneath its artifact root; add its root to the allowed ones)';
  return trackError('PERMISSION_DENIED', { message });
}
