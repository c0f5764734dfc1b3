/** How the line of a series is drawn: each differs from the others by its dashes and its colour. */
export interface LineStyle {
  /** A custom property of the style sheet. */
  readonly colour: string;
  /** Pixels drawn and left out in turn; none is a whole line. */
  readonly dash: readonly number[];
}

const DASHES: readonly (readonly number[])[] = [[], [8, 4], [2, 3], [10, 3, 2, 3], [14, 4], [4, 2, 4, 6]];
const COLOURS = 6;

/** The style of the series at a place. After six, colours meet other dashes. */
export function lineStyle(place: number): LineStyle {
  const round = Math.floor(place / COLOURS);
  return { colour: `--series-${(place % COLOURS) + 1}`, dash: DASHES[(place + round) % DASHES.length] };
}
