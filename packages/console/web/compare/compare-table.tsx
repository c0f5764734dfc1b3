import type { ComponentChildren } from 'preact';
import type { Run } from '../api/runs.js';
import { bestOf } from '../format/better.js';
import { formatChange, formatValue } from '../format/number.js';
import { formatDuration, formatTime } from '../format/time.js';
import { StatusBadge } from '../parts/status-badge.js';
import { hrefOf } from '../route/route.js';
import { durationOf } from '../runs/cell-text.js';
import { byImportance } from '../runs/column.js';
import { compareRows, type CompareRow } from './compare-rows.js';

interface CompareTableProps {
  readonly runs: readonly Run[];
  readonly areOnlyDifferences: boolean;
}

/** One column per run; rows that differ are marked, and of metrics the best. */
export function CompareTable({ runs, areOnlyDifferences }: CompareTableProps) {
  const shown = <T,>(rows: readonly CompareRow<T>[]) => rows.filter(({ differs }) => differs || !areOnlyDifferences);
  const metrics = compareRows(runs.map((run) => new Map([...run.metrics].map(([key, { value }]) => [key, value]))));
  const order = byImportance(metrics.map(({ key }) => key));
  const ranked = [...metrics].sort((a, b) => order.indexOf(a.key) - order.indexOf(b.key));
  const data = runs.map(({ datasets }) => new Map(datasets.map(({ name, digest }) => [name, digest])));
  const hasChange = runs.length === 2;
  const span = runs.length + (hasChange ? 2 : 1);
  return (
    <div class="wide compare sheet" role="region" aria-label="Comparison" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <td></td>
            {runs.map(({ id, name }) => (
              <th key={id} scope="col">
                <a href={hrefOf({ page: 'run', id })}>{name}</a>
              </th>
            ))}
            {hasChange && (
              <th scope="col" class="number">
                Change
              </th>
            )}
          </tr>
        </thead>
        {!areOnlyDifferences && <FactRows runs={runs} />}
        <Group title="Metrics" span={span} isEmpty={shown(ranked).length === 0}>
          {shown(ranked).map((row) => (
            <MetricRow key={row.key} row={row} hasChange={hasChange} />
          ))}
        </Group>
        <TextGroup title="Params" span={span} rows={shown(compareRows(runs.map(({ params }) => params)))} />
        <TextGroup title="Data" span={span} rows={shown(compareRows(data))} />
      </table>
    </div>
  );
}

function FactRows({ runs }: { runs: readonly Run[] }) {
  const facts: readonly (readonly [string, (run: Run) => ComponentChildren])[] = [
    ['Status', ({ status }) => <StatusBadge status={status} />],
    ['Started', ({ startTime }) => formatTime(startTime)],
    ['Duration', (run) => formatDuration(durationOf(run, Date.now()))],
    ['User', ({ user }) => user],
  ];
  return (
    <tbody>
      {facts.map(([name, read]) => (
        <tr key={name}>
          <th scope="row">{name}</th>
          {runs.map((run) => (
            <td key={run.id}>{read(run)}</td>
          ))}
          {runs.length === 2 && <td></td>}
        </tr>
      ))}
    </tbody>
  );
}

function MetricRow({ row, hasChange }: { row: CompareRow<number>; hasChange: boolean }) {
  const best = bestOf(row.key, row.values);
  const [before, after] = row.values;
  const change = before === undefined || after === undefined ? undefined : after - before;
  return (
    <tr class={row.differs ? 'differs' : undefined}>
      <RowName row={row} />
      {row.values.map((value, place) => (
        <td key={place} class={best.has(place) ? 'best' : undefined}>
          {formatValue(value)}
          {best.has(place) && (
            <>
              <span aria-hidden="true"> ★</span>
              <span class="unseen">, the best</span>
            </>
          )}
        </td>
      ))}
      {hasChange && (
        <td class="number">{change === undefined || !Number.isFinite(change) ? '' : formatChange(change)}</td>
      )}
    </tr>
  );
}

function TextGroup(props: {
  readonly title: string;
  readonly span: number;
  readonly rows: readonly CompareRow<string>[];
}) {
  const { title, span, rows } = props;
  return (
    <Group title={title} span={span} isEmpty={rows.length === 0}>
      {rows.map((row) => (
        <tr key={row.key} class={row.differs ? 'differs' : undefined}>
          <RowName row={row} />
          {row.values.map((value, place) => (
            <td key={place}>{value === undefined ? <span class="hint">none</span> : <span>{value}</span>}</td>
          ))}
          {row.values.length === 2 && <td></td>}
        </tr>
      ))}
    </Group>
  );
}

function Group(props: { title: string; span: number; isEmpty: boolean; children: ComponentChildren }) {
  if (props.isEmpty) return null;
  return (
    <tbody>
      <tr class="group">
        <th scope="rowgroup" colSpan={props.span}>
          {props.title}
        </th>
      </tr>
      {props.children}
    </tbody>
  );
}

function RowName({ row }: { row: CompareRow<unknown> }) {
  return (
    <th scope="row">
      {row.key}
      {row.differs && (
        <>
          <span class="unequal" aria-hidden="true">
            ≠
          </span>
          <span class="unseen"> (differs)</span>
        </>
      )}
    </th>
  );
}
