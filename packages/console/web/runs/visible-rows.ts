/** Which rows of a long list are drawn, and how much room those above and below take, in pixels. */
export interface VisibleRows {
  readonly first: number;
  /** The row after the last one drawn. */
  readonly end: number;
  readonly above: number;
  readonly below: number;
}

/** Rows drawn beyond what can be seen, so that scrolling and the Tab key find them there. */
const SPARE = 8;

/** The rows that a window of `height` pixels shows when it is scrolled by `top`. */
export function visibleRows(count: number, rowHeight: number, top: number, height: number): VisibleRows {
  const first = clamp(Math.floor(top / rowHeight) - SPARE, count);
  const end = clamp(Math.ceil((top + height) / rowHeight) + SPARE, count);
  return { first, end, above: first * rowHeight, below: (count - end) * rowHeight };
}

function clamp(row: number, count: number): number {
  return Math.max(0, Math.min(count, row));
}
