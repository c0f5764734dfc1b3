import { lineStyle } from './line-style.js';

/** A piece of a series' line, to stand beside its name. */
export function LineSample({ place }: { place: number }) {
  const { colour, dash } = lineStyle(place);
  return (
    <svg class="sample" viewBox="0 0 32 10" width="32" height="10" aria-hidden="true">
      <path d="M0 5h32" style={{ stroke: `var(${colour})` }} stroke-dasharray={dash.join(' ')} />
    </svg>
  );
}
