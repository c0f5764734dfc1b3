import { trackError } from '../track-error.js';
import type { StageLimits } from './artifact-storage.js';
import type { ArrivedPart, UploadPart } from './artifact-store.js';
import { tooLarge } from './content-meter.js';

/**
 * The parts that an upload is joined from, by number: those wanted, else all that arrived.
 *
 * @throws `INVALID_PARAMETER_VALUE` for a part that has not arrived so, `ARTIFACT_TOO_LARGE`, `ARTIFACT_INCOMPLETE`.
 */
export function chosenParts(
  path: string,
  arrived: readonly ArrivedPart[],
  wanted: readonly UploadPart[] | undefined,
  { limitBytes, expected }: StageLimits,
): { readonly parts: readonly ArrivedPart[]; readonly sizeBytes: number } {
  const byNumber = new Map(arrived.map((part) => [part.number, part]));
  const parts = (wanted ?? arrived).map(({ number, etag }) => {
    const part = byNumber.get(number);
    if (part !== undefined && unquoted(part.etag) === unquoted(etag)) return part;
    const found = part === undefined ? 'it has not arrived' : `it has the etag ${unquoted(part.etag)}`;
    throw badParts(
      `part ${number} with the etag ${unquoted(etag)} cannot be joined to ${JSON.stringify(path)}: ${found}`,
    );
  });
  if (parts.length === 0) throw badParts(`no part of ${JSON.stringify(path)} has arrived`);
  parts.sort((a, b) => a.number - b.number);
  const sizeBytes = parts.reduce((sum, part) => sum + part.sizeBytes, 0);
  if (sizeBytes > limitBytes) throw tooLarge(path, limitBytes);
  if (expected.sizeBytes !== undefined && expected.sizeBytes !== sizeBytes) {
    const sizes = { expected: `${expected.sizeBytes} bytes`, found: `${sizeBytes} bytes` };
    throw trackError('ARTIFACT_INCOMPLETE', { path, ...sizes });
  }
  return { parts, sizeBytes };
}

function unquoted(etag: string): string {
  return etag.replaceAll('"', '');
}

function badParts(problem: string): Error {
  const message = `Invalid value for parameter 'parts' supplied: ${problem} (write it, or ask for the parts that arrived)`;
  return trackError('INVALID_PARAMETER_VALUE', { message });
}

/** The error of an upload that was never started, or is complete or given up. */
export function noSuchUpload(path: string, id: string): Error {
  const message = `No such upload: ${JSON.stringify(id.slice(0, 100))} of ${JSON.stringify(path)} (it is complete, was given up or never started)`;
  return trackError('RESOURCE_DOES_NOT_EXIST', { message });
}
