import { useEffect } from 'preact/hooks';
import { getExperiment } from '../api/experiments.js';
import { versionsOfRuns } from '../api/models.js';
import { getRun, type Run } from '../api/runs.js';
import { HistoryCharts } from '../charts/history-charts.js';
import { formatValue } from '../format/number.js';
import { formatDuration, formatTime } from '../format/time.js';
import { VersionCards } from '../models/version-cards.js';
import { Crumb } from '../parts/crumb.js';
import { Fact } from '../parts/fact.js';
import { Loaded } from '../parts/notice.js';
import { StatusBadge } from '../parts/status-badge.js';
import { useResource } from '../parts/use-resource.js';
import { ValueTable } from '../parts/value-table.js';
import { lastRuns } from '../route/current-route.js';
import { allRuns, hrefOf } from '../route/route.js';
import { durationOf } from '../runs/cell-text.js';
import { byImportance } from '../runs/column.js';
import { ArtifactBrowser } from './artifact-browser.js';

const REFRESH_MS = 5000;
/** Tags that MLflow's clients set for themselves begin so. */
const SYSTEM_TAG = 'mlflow.';

/** Everything about one run. */
export function RunPage({ id }: { id: string }) {
  const run = useResource((signal) => getRun(id, signal), [id]);
  const isRunning = run.value?.status === 'RUNNING';
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => {
      if (!document.hidden) run.reload();
    }, REFRESH_MS);
    return () => clearInterval(timer);
  }, [isRunning]);
  return (
    <>
      <Crumb href={hrefOf(lastRuns.value)}>Runs</Crumb>
      <Loaded resource={run} what="the run">
        {(found) => <RunFacts run={found} />}
      </Loaded>
    </>
  );
}

function RunFacts({ run }: { run: Run }) {
  const metrics = byImportance([...run.metrics.keys()]);
  return (
    <>
      <Heading run={run} />
      <Versions run={run} />
      <div class="halves">
        <ValueTable
          title="Metrics"
          id="metrics"
          areNumbers
          rows={metrics.map((key) => [key, formatValue(run.metrics.get(key)?.value)])}
          emptyText="It measured nothing yet."
        />
        <ValueTable
          title="Params"
          id="params"
          rows={[...run.params].sort(([a], [b]) => a.localeCompare(b))}
          emptyText="It was given none."
        />
      </div>
      <HistoryCharts runs={[run]} />
      <div class="halves">
        <ValueTable
          title="Data"
          id="data"
          rows={run.datasets.map(({ name, digest, context }) => [
            name,
            <>
              {context !== undefined && `${context}, `}digest <code>{digest}</code>
            </>,
          ])}
          emptyText="No data set was recorded."
        />
        <Tags run={run} />
      </div>
      <ArtifactBrowser runId={run.id} />
    </>
  );
}

function Heading({ run }: { run: Run }) {
  const commit = run.tags.get('mlflow.source.git.commit');
  return (
    <>
      <h1>{run.name}</h1>
      {run.isDeleted && <p class="notice wrong">This run is deleted.</p>}
      <dl class="facts">
        <Fact name="Status">
          <StatusBadge status={run.status} />
        </Fact>
        <Fact name="Experiment">
          <ExperimentLink id={run.experimentId} />
        </Fact>
        <Fact name="Started">{formatTime(run.startTime)}</Fact>
        <Fact name="Duration">{formatDuration(durationOf(run, Date.now()))}</Fact>
        <Fact name="User">{run.user}</Fact>
        {commit !== undefined && (
          <Fact name="Code version">
            <code title={commit}>{commit.slice(0, 10)}</code>
          </Fact>
        )}
        <Fact name="Run id">
          <code>{run.id}</code>
        </Fact>
      </dl>
    </>
  );
}

function ExperimentLink({ id }: { id: string }) {
  const { value } = useResource((signal) => getExperiment(id, signal), [id]);
  return <a href={hrefOf({ ...allRuns, experiments: [id] })}>{value?.name ?? id}</a>;
}

function Versions({ run }: { run: Run }) {
  const versions = useResource((signal) => versionsOfRuns([run.id], signal), [run.id]);
  if (versions.value?.length === 0) return null;
  return (
    <section aria-labelledby="versions">
      <h2 id="versions">Model versions of this run</h2>
      <Loaded resource={versions} what="model versions">
        {(found) => <VersionCards versions={found} onChange={versions.reload} />}
      </Loaded>
    </section>
  );
}

function Tags({ run }: { run: Run }) {
  const tags = [...run.tags].sort(([a], [b]) => a.localeCompare(b));
  const own = tags.filter(([key]) => !key.startsWith(SYSTEM_TAG));
  const system = tags.filter(([key]) => key.startsWith(SYSTEM_TAG));
  return (
    <div>
      <ValueTable title="Tags" id="tags" rows={own} emptyText="Nobody tagged it." />
      {system.length > 0 && (
        <details class="more">
          <summary>Tags set by the client</summary>
          <dl class="facts">
            {system.map(([key, value]) => (
              <Fact key={key} name={key}>
                {value}
              </Fact>
            ))}
          </dl>
        </details>
      )}
    </div>
  );
}
