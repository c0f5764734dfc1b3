import { useState } from 'preact/hooks';
import { versionsOfRuns, type ModelVersion } from '../api/models.js';
import { getRun, type Run } from '../api/runs.js';
import { HistoryCharts } from '../charts/history-charts.js';
import { VersionCards } from '../models/version-cards.js';
import { Crumb } from '../parts/crumb.js';
import { EmptyNotice, Loaded } from '../parts/notice.js';
import { useResource } from '../parts/use-resource.js';
import { lastRuns } from '../route/current-route.js';
import { hrefOf } from '../route/route.js';
import { CompareTable } from './compare-table.js';

/** Some runs side by side: what they were given, what came out, and how it came about. */
export function ComparePage({ runIds }: { runIds: readonly string[] }) {
  const runs = useResource((signal) => Promise.all(runIds.map((id) => getRun(id, signal))), [runIds.join()]);
  return (
    <>
      <Crumb href={hrefOf(lastRuns.value)}>Runs</Crumb>
      <h1>Compare {runIds.length} runs</h1>
      {runIds.length === 0 ? (
        <EmptyNotice title="No runs to compare">
          <p>Tick two or more in the list of runs.</p>
        </EmptyNotice>
      ) : (
        <Loaded resource={runs} what="runs">
          {(found) => <Comparison runs={found} />}
        </Loaded>
      )}
    </>
  );
}

function Comparison({ runs }: { runs: readonly Run[] }) {
  const [areOnlyDifferences, setOnlyDifferences] = useState(false);
  const ids = runs.map(({ id }) => id);
  const versions = useResource((signal) => versionsOfRuns(ids, signal), [ids.join()]);
  return (
    <>
      <label class="choice">
        <input
          type="checkbox"
          checked={areOnlyDifferences}
          onChange={(event) => setOnlyDifferences(event.currentTarget.checked)}
        />
        <span>Only what differs</span>
      </label>
      <CompareTable runs={runs} areOnlyDifferences={areOnlyDifferences} />
      <Versions versions={versions.value ?? []} onChange={versions.reload} />
      <HistoryCharts runs={runs} />
    </>
  );
}

function Versions({ versions, onChange }: { versions: readonly ModelVersion[]; onChange: () => void }) {
  if (versions.length === 0) return null;
  return (
    <section aria-labelledby="versions">
      <h2 id="versions">Model versions of these runs</h2>
      <VersionCards versions={versions} onChange={onChange} />
    </section>
  );
}
