import { useEffect, useRef, useState } from 'preact/hooks';
import type { Run } from '../api/runs.js';
import { StatusBadge } from '../parts/status-badge.js';
import { hrefOf, type Sort } from '../route/route.js';
import { cellText, type CellContext } from './cell-text.js';
import { columnId, columnLabel, isSortable, type Column } from './column.js';
import { selectedRuns, toggleSelected } from './selection.js';
import { visibleRows } from './visible-rows.js';

const ROW_HEIGHT = 42;
/** Rows from the end at which the next ones are fetched. */
const FETCH_AHEAD = 60;
/** Narrower screens have less room for names, in pixels. */
const PHONE = 480;
const NAME: Column = { kind: 'attributes', key: 'run_name' };
const WIDTHS: Readonly<Record<string, number>> = {
  run_name: 220,
  status: 124,
  experiment: 144,
  start_time: 176,
  duration: 104,
  user_id: 128,
};

interface RunTableProps {
  readonly runs: readonly Run[];
  /** Names of experiments by their ids. */
  readonly experiments: ReadonlyMap<string, string>;
  readonly columns: readonly Column[];
  readonly sort: Sort;
  readonly isLoading: boolean;
  readonly hasMore: boolean;
  /** What was searched for; another search begins at the top. */
  readonly search: string;
  readonly onSort: (column: Column) => void;
  readonly onEnd: () => void;
}

/** The runs as a table of which only the rows in sight are drawn, however many there are. */
export function RunTable(props: RunTableProps) {
  const { runs, columns, sort, isLoading, hasMore, onSort, onEnd } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 800, width: 1000 });
  const look = () => {
    const { current } = scroller;
    if (current === null) return;
    setView({ top: current.scrollTop, height: current.clientHeight, width: current.clientWidth });
  };
  useEffect(() => {
    const observer = new ResizeObserver(look);
    if (scroller.current !== null) observer.observe(scroller.current);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (scroller.current !== null) scroller.current.scrollTop = 0;
  }, [props.search]);
  const { first, end, above, below } = visibleRows(runs.length, ROW_HEIGHT, view.top, view.height);
  useEffect(() => {
    if (hasMore && !isLoading && end + FETCH_AHEAD >= runs.length) onEnd();
  }, [end, runs.length, hasMore, isLoading]);
  const shown = [NAME, ...columns];
  const context = { now: Date.now(), experiments: props.experiments };
  return (
    <div class="scroller" ref={scroller} onScroll={look} role="region" aria-label="Runs" tabIndex={0}>
      <table class="runs" aria-rowcount={hasMore ? -1 : runs.length + 1} aria-busy={isLoading}>
        <colgroup>
          <col style={{ width: '44px' }} />
          {shown.map((column) => (
            <col key={columnId(column)} style={{ width: `${widthOf(column, view.width)}px` }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col">
              <span class="unseen">Compare</span>
            </th>
            {shown.map((column) => (
              <HeadCell key={columnId(column)} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {above > 0 && <Gap height={above} />}
          {runs.slice(first, end).map((run, index) => (
            <Row key={run.id} run={run} columns={columns} place={first + index + 2} context={context} />
          ))}
          {below > 0 && <Gap height={below} />}
        </tbody>
      </table>
    </div>
  );
}

function HeadCell({ column, sort, onSort }: Pick<RunTableProps, 'sort' | 'onSort'> & { column: Column }) {
  const label = columnLabel(column);
  const isSorted = columnId(column) === columnId(sort.column);
  const order = sort.isDescending ? 'descending' : 'ascending';
  return (
    <th scope="col" class={column.kind === 'metrics' ? 'number' : undefined} aria-sort={isSorted ? order : undefined}>
      {isSortable(column) ? (
        <button type="button" class="sort" title={`Sort by ${label}`} onClick={() => onSort(column)}>
          <span>{label}</span>
          <span class="arrow" aria-hidden="true">
            {isSorted ? (sort.isDescending ? '↓' : '↑') : ''}
          </span>
        </button>
      ) : (
        <span>{label}</span>
      )}
    </th>
  );
}

function Row(props: { run: Run; columns: readonly Column[]; place: number; context: CellContext }) {
  const { run, columns, place, context } = props;
  const isSelected = selectedRuns.value.has(run.id);
  return (
    <tr aria-rowindex={place} class={isSelected ? 'selected' : undefined}>
      <td class="tick">
        <label>
          <input type="checkbox" checked={isSelected} onChange={() => toggleSelected(run.id)} />
          <span class="unseen">Compare {run.name}</span>
        </label>
      </td>
      <th scope="row">
        <a href={hrefOf({ page: 'run', id: run.id })} title={run.name}>
          {run.name}
        </a>
      </th>
      {columns.map((column) => (
        <Cell key={columnId(column)} run={run} column={column} context={context} />
      ))}
    </tr>
  );
}

function Cell({ run, column, context }: { run: Run; column: Column; context: CellContext }) {
  if (column.kind === 'attributes' && column.key === 'status') {
    return (
      <td>
        <StatusBadge status={run.status} />
      </td>
    );
  }
  const text = cellText(run, column, context);
  return (
    <td class={column.kind === 'metrics' ? 'number' : undefined} title={column.kind === 'metrics' ? undefined : text}>
      {text}
    </td>
  );
}

function Gap({ height }: { height: number }) {
  return (
    <tr class="gap" aria-hidden="true">
      <td style={{ height: `${height}px` }}></td>
    </tr>
  );
}

function widthOf({ kind, key }: Column, screen: number): number {
  if (kind === 'attributes' && key === 'run_name' && screen < PHONE) return 156;
  if (kind === 'attributes') return WIDTHS[key] ?? 128;
  return Math.min(220, Math.max(kind === 'metrics' ? 104 : 128, key.length * 8.5 + 48));
}
