import { ScorecastError } from '@scorecast/core';
import { trackError } from '../../track-error.js';

/** Whether a file operation failed because there is nothing at that path. */
export function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(codeOf(error));
}

/** What a failed file operation means for the store. */
export function storageFailure(location: string, error: unknown): Error {
  if (error instanceof ScorecastError) return error;
  switch (codeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return trackError('ARTIFACT_STORAGE_FULL', { uri: location }, { cause: error });
    case 'EISDIR':
    case 'ENOTDIR':
    case 'EEXIST':
    case 'ENOTEMPTY': {
      const message = `Invalid path: ${JSON.stringify(location)} (a folder is where the file would be, or a file where its folder would be)`;
      return trackError('INVALID_PARAMETER_VALUE', { message }, { cause: error });
    }
    case 'ENAMETOOLONG': {
      const message = `Invalid path: ${JSON.stringify(location)} (expected a shorter one)`;
      return trackError('INVALID_PARAMETER_VALUE', { message }, { cause: error });
    }
    default: {
      const reason = error instanceof Error ? error.message : String(error);
      const next = 'check the disk, and that this user may read and write there';
      return trackError('ARTIFACT_STORAGE', { uri: location, reason, next }, { cause: error });
    }
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
