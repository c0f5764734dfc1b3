import type { ModelVersion } from '@scorecast/track';
import type { ClientApproval, GateResult } from '@scorecast/track/client';
import { keyValueLines } from '../terminal/key-value-lines.js';
import { timeText } from '../terminal/time-text.js';
import { gateLines } from './gate-lines.js';

/** What Scorecast's registry knows of a version beyond MLflow's. */
export interface VersionRules {
  readonly approvals: readonly ClientApproval[];
  readonly gates: readonly GateResult[];
}

/** All that is known of a version, as text. */
export function versionPage(version: ModelVersion, rules: VersionRules | undefined): string {
  const { name, aliases, description, runId, source, creationTime, userId, tags } = version;
  const by = userId === null || userId === '' ? '' : `, by ${userId}`;
  const facts: readonly (readonly [string, string])[] = [
    ['aliases', aliases.join(', ') || 'none'],
    ['registered', `${timeText(creationTime)} UTC${by}`],
    ['run', runId ?? 'none'],
    ['files at', source ?? ''],
    ['why', description ?? ''],
  ];
  const approvals = rules?.approvals.map(({ approvedBy, approvedAt, reason }): [string, string] => [
    `${timeText(approvedAt)} UTC`,
    `${approvedBy}: ${reason}`,
  ]);
  const gates = gateLines(rules?.gates ?? []).map((line) => `  ${line}`);
  return [
    ...keyValueLines(
      `${name} version ${version.version}`,
      facts.filter(([, value]) => value !== ''),
    ),
    ...keyValueLines(
      'tags',
      tags.map(({ key, value }) => [key, value]),
    ),
    ...keyValueLines('approvals', approvals ?? []),
    ...(gates.length === 0 ? [] : ['gates before production', ...gates]),
  ].join('\n');
}
