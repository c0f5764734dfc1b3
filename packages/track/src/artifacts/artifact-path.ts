import { trackError } from '../track-error.js';

/** Names that begin so are the store's own: files not yet whole, parts of uploads. */
export const RESERVED_PREFIX = '.scorecast-';

/** S3 allows keys of 1024 bytes, and file systems names of 255; a root needs some of the first. */
const LONGEST_PATH_BYTES = 800;
const LONGEST_NAME_BYTES = 255;

const DEVICE_NAME = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\.|$)/i;
const DRIVE_OR_SCHEME = /^(?:[a-z]:|[^/]*:(?:\/|$))/i;
const FORBIDDEN_CHARACTER = process.platform === 'win32' ? /[\0-\x1f\x7f\\#:*?"<>|]/ : /[\0-\x1f\x7f\\#]/;

/**
 * Checks the path of an artifact and gives its plain form: relative, `/` between names, without `.` and empty names.
 *
 * Refused, however often percent-encoded, are `..`, absolute paths, drive letters, backslashes, `#`, control characters,
 * Windows device names, names that end in a dot or a space, and the store's own names.
 *
 * @throws `INVALID_PARAMETER_VALUE`, `Invalid path: ...`
 * @example
 * artifactPath('model/./MLmodel'); // => "model/MLmodel"
 */
export function artifactPath(path: string): string {
  const plain = artifactFolder(path);
  if (plain === '') throw invalidPath(path);
  return plain;
}

/**
 * The same for a folder, which may also be the root: the empty text.
 *
 * @example
 * artifactFolder('plots/'); // => "plots"
 */
export function artifactFolder(path: string): string {
  if (path.startsWith('/')) throw invalidPath(path);
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  const plain = names.join('/');
  if (Buffer.byteLength(plain) > LONGEST_PATH_BYTES) throw invalidPath(path);
  if (names.some((name) => Buffer.byteLength(name) > LONGEST_NAME_BYTES)) throw invalidPath(path);
  for (const form of decodings(plain)) if (!isSafe(form)) throw invalidPath(path);
  return plain;
}

/** Whether a name is the store's own, so that no listing shows it. */
export function isReserved(name: string): boolean {
  return name.startsWith(RESERVED_PREFIX);
}

/** The text and what it becomes as its percent escapes are decoded again and again. What matters here is ASCII. */
function* decodings(text: string): Iterable<string> {
  let form = text;
  while (true) {
    yield form;
    const decoded = form.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    if (decoded === form) return;
    form = decoded;
  }
}

function isSafe(path: string): boolean {
  if (path === '') return true;
  if (FORBIDDEN_CHARACTER.test(path) || DRIVE_OR_SCHEME.test(path) || /\p{Surrogate}/u.test(path)) return false;
  return path.split('/').every((name) => {
    const isDots = name === '' || name === '.' || name === '..';
    return !isDots && !/[. ]$/.test(name) && !DEVICE_NAME.test(name) && !name.toLowerCase().startsWith(RESERVED_PREFIX);
  });
}

/** The error that MLflow's server answers, with the path. */
export function invalidPath(path: string): Error {
  const shown = JSON.stringify(path.length > 100 ? `${path.slice(0, 100)}...` : path);
  const message = `Invalid path: ${shown} (expected a relative path with "/" between names, without "..", within the artifact root)`;
  return trackError('INVALID_PARAMETER_VALUE', { message });
}
