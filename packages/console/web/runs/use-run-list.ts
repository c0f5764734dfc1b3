import { useEffect, useRef, useState } from 'preact/hooks';
import { searchRuns, type Run, type RunSearch } from '../api/runs.js';

/** Runs that are fetched at once. */
export const PAGE = 100;
const REFRESH_MS = 5000;
/** More running runs than these are not looked after one by one. */
const MAX_REFRESHED = 100;

/** The runs that a search has found so far. */
export interface RunList {
  readonly runs: readonly Run[];
  readonly isLoading: boolean;
  /** Whether there may be more. */
  readonly hasMore: boolean;
  readonly error: unknown;
  readonly loadMore: () => void;
  readonly reload: () => void;
}

interface Found {
  readonly runs: readonly Run[];
  readonly next: string | undefined;
  readonly isLoading: boolean;
  readonly error: unknown;
}

/** Searches runs page by page; those that are running are looked at again every five seconds. */
export function useRunList(search: Omit<RunSearch, 'maxResults' | 'pageToken'>): RunList {
  const [found, setFound] = useState<Found>({ runs: [], next: undefined, isLoading: true, error: undefined });
  const [round, setRound] = useState(0);
  const abort = useRef(new AbortController());
  const inputs = JSON.stringify(search);

  const load = (pageToken: string | undefined, before: readonly Run[]) => {
    const { signal } = abort.current;
    setFound((present) => ({ ...present, isLoading: true, error: undefined }));
    searchRuns({ ...search, maxResults: PAGE, pageToken }, signal).then(
      ({ runs, next }) => {
        if (signal.aborted) return;
        setFound({ runs: [...before, ...runs], next, isLoading: false, error: undefined });
      },
      (error: unknown) => {
        if (!signal.aborted) setFound((present) => ({ ...present, next: undefined, isLoading: false, error }));
      },
    );
  };

  useEffect(() => {
    abort.current = new AbortController();
    load(undefined, []);
    return () => abort.current.abort();
  }, [inputs, round]);

  useRefresh(found.runs, search.experimentIds, (fresh) => {
    setFound((present) => ({ ...present, runs: present.runs.map((run) => fresh.get(run.id) ?? run) }));
  });

  return {
    ...found,
    hasMore: found.next !== undefined,
    loadMore: () => {
      if (found.next !== undefined && !found.isLoading) load(found.next, found.runs);
    },
    reload: () => setRound((before) => before + 1),
  };
}

function useRefresh(
  runs: readonly Run[],
  experimentIds: readonly string[],
  update: (fresh: ReadonlyMap<string, Run>) => void,
): void {
  const running = runs.filter(({ status }) => status === 'RUNNING').slice(0, MAX_REFRESHED);
  const ids = running.map(({ id }) => `'${id}'`).join(', ');
  useEffect(() => {
    if (ids === '') return;
    const timer = setInterval(() => {
      if (document.hidden) return;
      searchRuns({ experimentIds, filter: `attributes.run_id IN (${ids})`, maxResults: MAX_REFRESHED }).then(
        (page) => update(new Map(page.runs.map((run) => [run.id, run]))),
        // The next round tries again; the list says it when it cannot be loaded itself.
        () => undefined,
      );
    }, REFRESH_MS);
    return () => clearInterval(timer);
  }, [ids]);
}
