import { mersenneTwister, numericColumn, table, type Table } from '@scorecast/core';

/** How `fixtures/make/make_linear.py` makes a data set; what is drawn in which order is said there. */
export interface LinearRecipe {
  readonly name: string;
  readonly seed: number;
  readonly rows: number;
  readonly noise: number;
  readonly columns: readonly RecipeColumn[];
}

type RecipeColumn =
  | { readonly kind: 'uniform'; readonly from: number; readonly width: number }
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'copy'; readonly of: number }
  | { readonly kind: 'one-hot'; readonly levels: number };

/** The same bits as the Python script makes. */
export function followRecipe(recipe: LinearRecipe): { x: Table; y: Float64Array } {
  const random = mersenneTwister(recipe.seed);
  const draw = () => Float64Array.from({ length: recipe.rows }, () => random.double());
  const columns: Float64Array[] = [];
  for (const column of recipe.columns) columns.push(...makeColumns(column, columns, recipe.rows, draw));
  const y = new Float64Array(recipe.rows);
  const weights = columns.map(() => random.double() * 4 - 2);
  columns.forEach((values, j) => {
    for (let i = 0; i < y.length; i++) y[i] += weights[j] * values[i];
  });
  for (let i = 0; i < y.length; i++) y[i] += recipe.noise * (random.double() * 2 - 1);
  return { x: table(columns.map((values, j) => numericColumn(`x${j}`, values))), y };
}

function makeColumns(
  column: RecipeColumn,
  earlier: readonly Float64Array[],
  rows: number,
  draw: () => Float64Array,
): readonly Float64Array[] {
  switch (column.kind) {
    case 'uniform':
      return [draw().map((u) => column.from + column.width * u)];
    case 'constant':
      return [new Float64Array(rows).fill(column.value)];
    case 'copy':
      return [earlier[column.of].slice()];
    case 'one-hot': {
      const drawn = draw().map((u) => Math.floor(u * column.levels));
      return Array.from({ length: column.levels }, (_, level) => drawn.map((value) => (value === level ? 1 : 0)));
    }
    default:
      return column satisfies never;
  }
}
