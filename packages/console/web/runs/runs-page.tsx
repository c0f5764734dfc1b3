import { ApiError } from '../api/api-error.js';
import { allExperiments, type Experiment } from '../api/experiments.js';
import { counted } from '../format/number.js';
import { EmptyNotice, ErrorNotice, Loaded } from '../parts/notice.js';
import { useResource } from '../parts/use-resource.js';
import { adjust } from '../route/current-route.js';
import type { RunsRoute, Sort } from '../route/route.js';
import { columnId, defaultColumns, orderBy, type Column } from './column.js';
import { ColumnPicker } from './column-picker.js';
import { CompareButtons } from './compare-buttons.js';
import { ExperimentPicker } from './experiment-picker.js';
import { FilterBox } from './filter-box.js';
import { keysOf } from './keys-of.js';
import { runFilter } from './run-filter.js';
import { RunTable } from './run-table.js';
import { topTwoOrder } from './top-two.js';
import { PAGE, useRunList, type RunList } from './use-run-list.js';

const NEWEST: Sort = { column: { kind: 'attributes', key: 'start_time' }, isDescending: true };

/** The list of runs: choose experiments, filter, sort, compare. */
export function RunsPage({ route }: { route: RunsRoute }) {
  const experiments = useResource(allExperiments, []);
  return (
    <>
      <h1>Runs</h1>
      <Loaded resource={experiments} what="experiments">
        {(found) => <Runs route={route} experiments={found} />}
      </Loaded>
    </>
  );
}

function Runs({ route, experiments }: { route: RunsRoute; experiments: readonly Experiment[] }) {
  const { filter, sort } = route;
  const experimentIds = route.experiments.length > 0 ? route.experiments : experiments.map(({ id }) => id);
  const search = { experimentIds, filter: runFilter(filter) };
  const { column, isDescending } = sort ?? NEWEST;
  const ordered = { ...search, orderBy: [orderBy(column, isDescending)] };
  const list = useRunList(ordered);
  const metrics = keysOf(list.runs, 'metrics');
  const params = keysOf(list.runs, 'params');
  // Of the first runs only, so that columns stay where they are while further ones arrive.
  const usual = list.runs.slice(0, PAGE);
  const columns =
    route.columns ?? defaultColumns(keysOf(usual, 'metrics'), keysOf(usual, 'params'), experimentIds.length);
  const change = (changes: Partial<RunsRoute>) => adjust({ ...route, ...changes });
  const isFilterWrong = list.error instanceof ApiError && list.error.status === 400 && filter !== '';
  const names = new Map(experiments.map(({ id, name }) => [id, name]));
  const chosen = route.experiments.map((id) => names.get(id) ?? id);
  return (
    <>
      <p class="lead">
        {chosen.length === 0 ? `Of ${counted(experiments.length, 'experiment')}.` : `Of ${chosen.join(', ')}.`}
      </p>
      <FilterBox
        filter={filter}
        error={isFilterWrong ? list.error : undefined}
        onFilter={(next) => change({ filter: next })}
      />
      <div class="toolbar">
        <ExperimentPicker
          experiments={experiments}
          chosen={route.experiments}
          onChange={(next) => change({ experiments: next })}
        />
        <ColumnPicker
          shown={columns}
          metrics={metrics}
          params={params}
          onChange={(next) => change({ columns: next })}
        />
        <p class="count" role="status">
          {countOf(list)}
        </p>
        <CompareButtons search={search} order={topTwoOrder(sort, metrics)} />
      </div>
      {list.error !== undefined && !isFilterWrong && <ErrorNotice error={list.error} retry={list.reload} />}
      {list.runs.length === 0 && !list.isLoading ? (
        list.error === undefined && <NoRuns isFiltered={filter !== ''} onClear={() => change({ filter: '' })} />
      ) : (
        <RunTable
          runs={list.runs}
          experiments={names}
          columns={columns}
          sort={sort ?? NEWEST}
          isLoading={list.isLoading}
          hasMore={list.hasMore}
          search={JSON.stringify(ordered)}
          onSort={(next) => change({ sort: nextSort(sort ?? NEWEST, next) })}
          onEnd={list.loadMore}
        />
      )}
    </>
  );
}

/** The first click on a column sorts it from its large end if it holds numbers; the second turns it round. */
function nextSort(sort: Sort, column: Column): Sort {
  if (columnId(sort.column) === columnId(column)) return { column, isDescending: !sort.isDescending };
  return { column, isDescending: column.kind === 'metrics' || column.key === 'start_time' };
}

function countOf({ runs, hasMore, isLoading, error }: RunList): string {
  if (runs.length === 0 && error !== undefined) return '';
  if (isLoading && runs.length === 0) return 'Loading…';
  return hasMore ? `${counted(runs.length, 'run')} loaded, more below` : counted(runs.length, 'run');
}

function NoRuns({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  if (isFiltered) {
    return (
      <EmptyNotice title="No run passes the filter">
        <button type="button" class="quiet" onClick={onClear}>
          Clear the filter
        </button>
      </EmptyNotice>
    );
  }
  return (
    <EmptyNotice title="No runs yet">
      <p>Trainings of Scorecast and programs that use an MLflow client with this address appear here:</p>
      <pre tabIndex={0} role="region" aria-label="Setting for MLflow clients">
        <code>MLFLOW_TRACKING_URI={location.origin}</code>
      </pre>
    </EmptyNotice>
  );
}
