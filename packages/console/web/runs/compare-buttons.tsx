import { useState } from 'preact/hooks';
import { searchRuns, type RunSearch } from '../api/runs.js';
import { counted } from '../format/number.js';
import { ErrorNotice } from '../parts/notice.js';
import { goTo } from '../route/current-route.js';
import type { Sort } from '../route/route.js';
import { columnLabel, orderBy } from './column.js';
import { clearSelection, selectedRuns } from './selection.js';

/** More columns than these nobody can read side by side. */
const MAX_COMPARED = 20;

interface CompareButtonsProps {
  readonly search: Pick<RunSearch, 'experimentIds' | 'filter'>;
  /** By what the best two are found, or undefined. */
  readonly order: Sort | undefined;
}

/** Compares the runs that are ticked, or the two best. */
export function CompareButtons({ search, order }: CompareButtonsProps) {
  const [error, setError] = useState<unknown>(undefined);
  const selected = [...selectedRuns.value];
  const compareBest = async (by: Sort) => {
    try {
      const sorted = { ...search, orderBy: [orderBy(by.column, by.isDescending)], maxResults: 2 };
      const { runs } = await searchRuns(sorted);
      if (runs.length < 2) throw new Error('There are not two runs to compare.');
      goTo({ page: 'compare', runs: runs.map(({ id }) => id) });
    } catch (thrown) {
      setError(thrown);
    }
  };
  if (selected.length > 0) {
    return (
      <>
        <button
          type="button"
          disabled={selected.length < 2 || selected.length > MAX_COMPARED}
          onClick={() => goTo({ page: 'compare', runs: selected })}
        >
          Compare {selected.length < 2 ? 'with another' : counted(selected.length, 'run')}
        </button>
        <button type="button" class="quiet" onClick={clearSelection}>
          Untick
        </button>
      </>
    );
  }
  return (
    <>
      {order !== undefined && (
        <button type="button" onClick={() => void compareBest(order)}>
          Compare top two by {columnLabel(order.column)}
        </button>
      )}
      {error !== undefined && <ErrorNotice error={error} />}
    </>
  );
}
