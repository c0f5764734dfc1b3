import type { Recorded, RefusedRecord } from '@scorecast/track';
import type { Surroundings } from '../surroundings.js';
import { countOf } from '../terminal/count-of.js';
import { shownPath } from '../terminal/shown-path.js';
import { unruledText } from './production.js';
import type { RecordedTraining } from './recorded-training.js';
import type { UnfinishedEnd } from './training-record.js';

/** Says where a training was recorded, under which version, and what is in production. */
export function reportRecord(
  { recorded, production, unsettled, trained, uri = '' }: RecordedTraining,
  surroundings: Surroundings,
): void {
  const { terminal } = surroundings;
  if (recorded === undefined) return;
  if (recorded.kind !== 'delivered') {
    reportMissing(recorded, surroundings);
    return;
  }
  const { run, version, earlier } = recorded;
  reportRefused(recorded, surroundings);
  if (earlier > 0) terminal.message('info', `recorded ${countOf(earlier, 'earlier training')} that had waited`);
  const { name } = trained.bundle;
  const registered = version === undefined ? '' : `, registered as ${name} version ${version.version}`;
  terminal.message('info', `recorded as run ${run.runId}${registered}`, { run: run.runId, version: version?.version });
  if (unsettled !== undefined) {
    terminal.message('warn', `what is in production is as it was, since tracking failed: ${unsettled}`);
  }
  if (version === undefined || production === undefined) return;
  if (production.refusal !== undefined) {
    terminal.message('warn', `it is not in production: ${production.refusal.message}`);
  }
  if (production.isUnruled === true) terminal.message('warn', unruledText(uri));
  if (production.version === version.version) {
    terminal.message('info', `in production: version ${version.version}`);
  } else if (production.version !== undefined) {
    terminal.message(
      'info',
      `in production: version ${production.version} as before; to change that: scorecast models promote ${name} ${version.version} --reason "..."`,
    );
  }
}

/** Says where a training was recorded that failed or was cancelled. */
export function reportUnfinished(recorded: Recorded, { isCancelled }: UnfinishedEnd, surroundings: Surroundings): void {
  if (recorded.kind !== 'delivered') {
    reportMissing(recorded, surroundings);
    return;
  }
  reportRefused(recorded, surroundings);
  const { runId } = recorded.run;
  surroundings.terminal.message('info', `recorded as run ${runId}, ${isCancelled ? 'KILLED' : 'FAILED'}`, {
    run: runId,
  });
}

/** Told once: what is set aside is not tried again. */
function reportRefused(
  { refused }: { readonly refused: readonly RefusedRecord[] },
  { terminal, directory }: Surroundings,
): void {
  for (const { file, reason } of refused) {
    const shown = shownPath(file, directory);
    terminal.message(
      'warn',
      `an earlier training cannot be recorded there: ${reason}; its record is set aside as ${shown} (move it up one folder to try again)`,
      { file, reason },
    );
  }
}

function reportMissing(recorded: Exclude<Recorded, { readonly kind: 'delivered' }>, surroundings: Surroundings): void {
  const { terminal, directory } = surroundings;
  if (recorded.kind === 'spooled') reportRefused(recorded, surroundings);
  const kept =
    recorded.kind === 'spooled'
      ? `its record waits in ${shownPath(recorded.folder, directory)} for the next training`
      : 'its record is lost';
  terminal.message('warn', `the training could not be recorded: ${recorded.reason}; ${kept}`, { recorded });
}
