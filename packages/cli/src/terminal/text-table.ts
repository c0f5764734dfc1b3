/** A column of a text table: its heading, and whether its cells are aligned to the right, as numbers are. */
export interface TextColumn {
  readonly heading: string;
  readonly align: 'left' | 'right';
}

/**
 * Rows as aligned text, a heading first; two blanks between columns.
 *
 * @example
 * textTable([{ heading: 'model', align: 'left' }, { heading: 'R2', align: 'right' }], [['ridge', '.87']]);
 * // => 'model   R2\nridge  .87'
 */
export function textTable(columns: readonly TextColumn[], rows: readonly (readonly string[])[]): string {
  const lines = [columns.map((column) => column.heading), ...rows];
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => line[i].length)));
  return lines
    .map((line) =>
      line
        .map((cell, i) => {
          const gap = ' '.repeat(widths[i] - cell.length);
          return columns[i].align === 'right' ? gap + cell : cell + gap;
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
