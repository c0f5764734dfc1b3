import { useState } from 'preact/hooks';
import type { ModelVersion } from '../api/models.js';
import { getApprovals } from '../api/registry.js';
import { runsWithIds, type Run } from '../api/runs.js';
import { formatValue } from '../format/number.js';
import { formatTime } from '../format/time.js';
import { EmptyNotice } from '../parts/notice.js';
import { useResource } from '../parts/use-resource.js';
import { hrefOf } from '../route/route.js';
import { byImportance } from '../runs/column.js';
import { keysOf } from '../runs/keys-of.js';
import { PromoteButton } from './promote-button.js';

/** Versions shown before somebody asks for all of them. */
const FIRST = 20;
const METRICS = 2;

/** The versions of a model, the newest first, with what their runs measured and who approved them. */
export function VersionTable(props: { readonly versions: readonly ModelVersion[]; readonly onChange: () => void }) {
  const [areAll, setAll] = useState(false);
  const { versions, onChange } = props;
  const shown = areAll ? versions : versions.slice(0, FIRST);
  const ids = shown.flatMap(({ runId }) => runId ?? []);
  const { value: runs = [] } = useResource((signal) => runsWithIds(ids, signal), [ids.join()]);
  const metrics = byImportance(keysOf(runs, 'metrics')).slice(0, METRICS);
  if (versions.length === 0) return <EmptyNotice title="No versions yet" />;
  return (
    <section aria-labelledby="versions">
      <h2 id="versions">Versions</h2>
      <div class="wide sheet versions" role="region" aria-label="Table of versions" tabIndex={0}>
        <table>
          <thead>
            <tr>
              {['Version', 'Aliases', 'Created', 'Run'].map((title) => (
                <th key={title} scope="col">
                  {title}
                </th>
              ))}
              {metrics.map((metric) => (
                <th key={metric} scope="col" class="number">
                  {metric}
                </th>
              ))}
              <th scope="col">Approved by</th>
              <th scope="col">
                <span class="unseen">Promote</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((version) => (
              <VersionRow
                key={version.version}
                version={version}
                run={runs.find(({ id }) => id === version.runId)}
                metrics={metrics}
                onChange={onChange}
              />
            ))}
          </tbody>
        </table>
      </div>
      {shown.length < versions.length && (
        <button type="button" class="quiet" onClick={() => setAll(true)}>
          Show all {versions.length} versions
        </button>
      )}
    </section>
  );
}

function VersionRow(props: {
  readonly version: ModelVersion;
  readonly run: Run | undefined;
  readonly metrics: readonly string[];
  readonly onChange: () => void;
}) {
  const { version, run, metrics, onChange } = props;
  return (
    <tr>
      <th scope="row">{version.version}</th>
      <td>
        {version.aliases.map((alias) => (
          <span key={alias} class="alias">
            {alias}
          </span>
        ))}
      </td>
      <td>{formatTime(version.createdAt)}</td>
      <td>{run !== undefined && <a href={hrefOf({ page: 'run', id: run.id })}>{run.name}</a>}</td>
      {metrics.map((metric) => (
        <td key={metric} class="number">
          {formatValue(run?.metrics.get(metric)?.value)}
        </td>
      ))}
      <td class="approvals">
        <Approvals version={version} />
      </td>
      <td>
        <PromoteButton version={version} onChange={onChange} />
      </td>
    </tr>
  );
}

function Approvals({ version }: { version: ModelVersion }) {
  const { value = [] } = useResource((signal) => getApprovals(version, signal), [version]);
  if (value.length === 0) return <span class="hint">nobody yet</span>;
  return (
    <>
      {value.map(({ by, at, reason }) => (
        <p key={`${by} ${at ?? 0}`} class="approval">
          {by}
          <span class="hint">
            , {formatTime(at)}
            {reason !== '' && `: “${reason}”`}
          </span>
        </p>
      ))}
    </>
  );
}
