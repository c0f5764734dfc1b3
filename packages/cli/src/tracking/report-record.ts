import type { Surroundings } from '../surroundings.js';
import { shownPath } from '../terminal/shown-path.js';
import type { RecordedTraining } from './record-training.js';

/** Says where a training was recorded, under which version, and what is in production. */
export function reportRecord(
  { recorded, production, trained }: RecordedTraining,
  { terminal, directory }: Surroundings,
): void {
  if (recorded === undefined) return;
  if (recorded.kind !== 'delivered') {
    const kept =
      recorded.kind === 'spooled'
        ? `its record waits in ${shownPath(recorded.folder, directory)} for the next training`
        : 'its record is lost';
    terminal.message('warn', `the training could not be recorded: ${recorded.reason}; ${kept}`, { recorded });
    return;
  }
  const { run, version } = recorded;
  const { name } = trained.bundle;
  const registered = version === undefined ? '' : `, registered as ${name} version ${version.version}`;
  terminal.message('info', `recorded as run ${run.runId}${registered}`, { run: run.runId, version: version?.version });
  if (version === undefined || production === undefined) return;
  if (production.refusal !== undefined) {
    terminal.message('warn', `it is not in production: ${production.refusal.message}`);
  }
  if (production.version === version.version) {
    terminal.message('info', `in production: version ${version.version}`);
  } else if (production.version !== undefined) {
    terminal.message(
      'info',
      `in production: version ${production.version} as before; to change that: scorecast models promote ${name} ${version.version} --reason "..."`,
    );
  }
}
