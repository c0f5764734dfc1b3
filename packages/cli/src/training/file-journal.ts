import { appendFile, readFile, rm } from 'node:fs/promises';
import type { TrialJournal } from '@scorecast/train';

/** A journal that can be thrown away when it is no longer needed. */
export interface FileJournal extends TrialJournal {
  remove(): Promise<void>;
}

/**
 * Keeps finished candidates in a file of JSON lines, the fingerprint first.
 *
 * @param resume Whether to go on from what the file holds; else it begins anew. A file of other data or settings, and a line
 * that was cut off by a crash, count for nothing.
 * @param onFound Told how many records were found.
 */
export function fileJournal(path: string, resume: boolean, onFound: (records: number) => void): FileJournal {
  return {
    async read(fingerprint) {
      const lines = resume ? await readLines(path) : [];
      const [first, ...records] = lines.map(parsed);
      const isOurs = JSON.stringify(first) === JSON.stringify({ fingerprint });
      const kept = isOurs ? records.filter((record) => record !== undefined) : [];
      const { writeFileSafely } = await import('@scorecast/data');
      await writeFileSafely(path, [{ fingerprint }, ...kept].map((line) => `${JSON.stringify(line)}\n`).join(''));
      onFound(kept.length);
      return kept;
    },
    append: (record) => appendFile(path, `${JSON.stringify(record)}\n`, { flush: true }),
    remove: () => rm(path, { force: true }),
  };
}

async function readLines(path: string): Promise<readonly string[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.split('\n').filter((line) => line !== '');
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
