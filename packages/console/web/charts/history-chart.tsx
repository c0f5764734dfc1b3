import { useMemo, useState } from 'preact/hooks';
import type { Point } from '../api/histories.js';
import { counted, formatValue } from '../format/number.js';
import { alignHistories, type AlignedHistories } from './align-histories.js';
import { historyFacts } from './history-facts.js';
import { LineChart } from './line-chart.js';
import { LineSample } from './line-sample.js';

/** What one run measured. */
export interface HistorySeries {
  readonly name: string;
  readonly points: readonly Point[];
}

/** More rows than these nobody reads; steps are left out evenly. */
const MAX_ROWS = 100;

/** The histories of one metric as a chart, with the figures of each run and all points as tables beside it. */
export function HistoryChart({ metric, series }: { metric: string; series: readonly HistorySeries[] }) {
  const histories = useMemo(() => alignHistories(series.map(({ points }) => points)), [series]);
  const [place, setPlace] = useState<number | undefined>(undefined);
  const steps = counted(histories.steps.length, 'step');
  return (
    <figure class="history">
      <figcaption>
        <h3>{metric}</h3>
        <span class="hint">{place === undefined ? steps : `step ${histories.steps[place]}`}</span>
      </figcaption>
      <div class="beside">
        <LineChart
          label={`${metric} over ${steps}; the table beside it has the figures`}
          histories={histories}
          onPoint={setPlace}
        />
        <div class="figures">
          <FactsTable metric={metric} series={series} histories={histories} place={place} />
          <PointsTable metric={metric} series={series} histories={histories} />
        </div>
      </div>
    </figure>
  );
}

function FactsTable(props: {
  readonly metric: string;
  readonly series: readonly HistorySeries[];
  readonly histories: AlignedHistories;
  readonly place: number | undefined;
}) {
  const { metric, series, histories, place } = props;
  return (
    <div class="wide" role="region" aria-label={`Figures of ${metric}`} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Run</th>
            <th scope="col" class="number">
              {place === undefined ? 'Last' : `Step ${histories.steps[place]}`}
            </th>
            <th scope="col" class="number">
              Least
            </th>
            <th scope="col" class="number">
              Most
            </th>
          </tr>
        </thead>
        <tbody>
          {series.map(({ name, points }, index) => {
            const { last, least, most } = historyFacts(points);
            const pointed = place === undefined ? last : (histories.values[index][place] ?? undefined);
            return (
              <tr key={name}>
                <th scope="row">
                  <LineSample place={index} /> {name}
                </th>
                <td class="number">{formatValue(pointed)}</td>
                <td class="number">{formatValue(least)}</td>
                <td class="number">{formatValue(most)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function PointsTable(props: {
  readonly metric: string;
  readonly series: readonly HistorySeries[];
  readonly histories: AlignedHistories;
}) {
  const { metric, series, histories } = props;
  const { steps, values } = histories;
  const [isOpen, setOpen] = useState(false);
  const every = Math.ceil(steps.length / MAX_ROWS);
  const rows = isOpen ? steps.flatMap((step, place) => (place % every === 0 ? [{ step, place }] : [])) : [];
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{every > 1 ? `Every ${every}th point as a table` : 'All points as a table'}</summary>
      <div class="wide points" role="region" aria-label={`Points of ${metric}`} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Step</th>
              {series.map(({ name }) => (
                <th key={name} scope="col" class="number">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ step, place }) => (
              <tr key={step}>
                <th scope="row">{step}</th>
                {values.map((line, index) => (
                  <td key={series[index].name} class="number">
                    {formatValue(line[place] ?? undefined)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
