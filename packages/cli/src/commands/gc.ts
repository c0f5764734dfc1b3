import type { Command } from 'commander';
import type { GarbageCount, GarbageItem, GarbageKind, GarbageReport } from '@scorecast/track';
import { durationOption, withExamples } from '../options.js';
import type { Surroundings } from '../surroundings.js';
import { countOf } from '../terminal/count-of.js';
import { jsonLines } from '../terminal/json-text.js';
import { sizeText } from '../terminal/size-text.js';
import { textTable } from '../terminal/text-table.js';
import { openTracking, withTrackingPlace, type TrackingPlace } from '../tracking/tracking-place.js';

interface GcOptions extends TrackingPlace {
  readonly delete: boolean;
  readonly olderThan: number;
  readonly json: boolean;
}

/** How many things are written out before the rest is only counted. */
const LISTED = 50;

/** `scorecast gc`: removes for good what was deleted, and shows it first. */
export function addGc(program: Command, surroundings: Surroundings): void {
  const command = withTrackingPlace(
    program
      .command('gc')
      .summary('remove deleted runs and their files for good')
      .description(
        'Shows what can be removed for good: deleted runs, models and experiments with their files, files of runs that are no ' +
          'more, and what interrupted writes left. With --delete it is removed. What a registered model was made from stays.',
      ),
  )
    .option('--delete', 'remove it, instead of only showing it', false)
    .option(
      '--older-than <time>',
      'leave what was deleted later: 30d, 12h, 1d12h or 0',
      durationOption,
      durationOption('7d'),
    )
    .option('--json', 'write JSON lines instead of a table', false)
    .action((options: GcOptions) => collect(options, surroundings));
  withExamples(command, 'scorecast gc', 'scorecast gc --older-than 30d --delete');
}

async function collect(options: GcOptions, surroundings: Surroundings): Promise<void> {
  const { terminal, signal } = surroundings;
  const { store, artifacts } = await openTracking(options, surroundings);
  try {
    const { collectGarbage } = await import('@scorecast/track');
    const items: GarbageItem[] = [];
    const report = await collectGarbage(store, artifacts, {
      dryRun: !options.delete,
      olderThanMs: options.olderThan,
      signal,
      onItem: (item) => items.push(item),
    });
    await terminal.data(options.json ? jsonLines(items) : tables(items, report));
    for (const { kind, id, reason } of report.kept) {
      terminal.message('info', `stays: ${words[kind]} ${id}: ${reason}`, { kind, id, reason });
    }
    terminal.message('info', conclusion(items.length, report), { counts: report.counts });
  } finally {
    await store.close();
  }
}

function conclusion(count: number, { dryRun }: GarbageReport): string {
  if (count === 0) return 'there is nothing to remove';
  return dryRun ? 'nothing was removed; add --delete to remove this for good' : 'removed for good';
}

const words: Readonly<Record<GarbageKind, string>> = {
  run: 'run',
  'logged-model': 'logged model',
  experiment: 'experiment',
  orphan: 'orphaned folder',
  leftover: 'interrupted write',
};

function tables(items: readonly GarbageItem[], { counts }: GarbageReport): string {
  if (items.length === 0) return '';
  const listed = items
    .slice(0, LISTED)
    .map(({ kind, id, name, files, bytes }) => [words[kind], id, String(files), sizeText(bytes), name ?? '']);
  const more = items.length - listed.length;
  const kinds: readonly GarbageKind[] = ['run', 'logged-model', 'experiment', 'orphan', 'leftover'];
  const found = kinds.filter((kind) => counts[kind].count > 0);
  const sums = found.map((kind) => [countOf(counts[kind].count, words[kind]), ...amounts(counts[kind])]);
  const total = found.reduce(
    (sum, kind) => ({ count: 0, files: sum.files + counts[kind].files, bytes: sum.bytes + counts[kind].bytes }),
    { count: 0, files: 0, bytes: 0 },
  );
  const list = textTable(
    [
      { heading: 'what', align: 'left' },
      { heading: 'id', align: 'left' },
      { heading: 'files', align: 'right' },
      { heading: 'size', align: 'right' },
      { heading: 'name', align: 'left' },
    ],
    listed,
  );
  const summary = textTable(
    [
      { heading: 'in all', align: 'left' },
      { heading: 'files', align: 'right' },
      { heading: 'size', align: 'right' },
    ],
    [...sums, ['', ...amounts(total)]],
  );
  return `${list}\n${more > 0 ? `and ${more} more (--json lists all)\n` : ''}\n${summary}\n`;
}

function amounts({ files, bytes }: GarbageCount): readonly string[] {
  return [String(files), sizeText(bytes)];
}
