import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { formatValue } from '../format/number.js';
import type { AlignedHistories } from './align-histories.js';
import { lineStyle } from './line-style.js';

const HEIGHT = 260;
/** Histories shorter than this show their points. */
const FEW = 40;

interface LineChartProps {
  readonly label: string;
  readonly histories: AlignedHistories;
  /** Called with the place of the step under the pointer, or undefined. */
  readonly onPoint: (place: number | undefined) => void;
}

/** Lines over steps. What they show stands in a table too, so this is only a picture to assistive technology. */
export function LineChart({ label, histories, onPoint }: LineChartProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current } = box;
    if (current === null) return;
    let chart = draw(current, histories, onPoint);
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    const redraw = () => {
      chart.destroy();
      chart = draw(current, histories, onPoint);
    };
    const observer = new ResizeObserver(() => chart.setSize({ width: current.clientWidth, height: HEIGHT }));
    observer.observe(current);
    scheme.addEventListener('change', redraw);
    return () => {
      observer.disconnect();
      scheme.removeEventListener('change', redraw);
      chart.destroy();
    };
  }, [histories]);
  return <div class="chart" ref={box} role="img" aria-label={label}></div>;
}

function draw(box: HTMLElement, { steps, values }: AlignedHistories, onPoint: LineChartProps['onPoint']): uPlot {
  const style = getComputedStyle(box);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const font = `12px ${style.fontFamily}`;
  const axis = {
    stroke: colour('--soft'),
    font,
    grid: { stroke: colour('--rule'), width: 1 },
    ticks: { stroke: colour('--rule'), width: 1 },
  };
  const options: uPlot.Options = {
    width: box.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, points: { size: 7 } },
    scales: { x: { time: false } },
    axes: [
      { ...axis, label: 'step', labelFont: font, labelSize: 18, size: 34 },
      { ...axis, size: 64, values: (_chart, splits) => splits.map((split) => formatTick(split)) },
    ],
    series: [
      {},
      ...values.map((_, place) => {
        const { colour: name, dash } = lineStyle(place);
        const stroke = colour(name);
        return {
          stroke,
          width: 2,
          dash: [...dash],
          spanGaps: true,
          points: { show: steps.length < FEW, size: 5, stroke, fill: stroke },
        };
      }),
    ],
    hooks: { setCursor: [({ cursor }) => onPoint(cursor.idx ?? undefined)] },
  };
  return new uPlot(options, [[...steps], ...values.map((line) => [...line])], box);
}

function formatTick(value: number): string {
  return Number.isInteger(value) ? formatValue(value) : formatValue(value).replace(/0+$/, '');
}
