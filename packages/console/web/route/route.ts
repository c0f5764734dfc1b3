import { columnAt, columnId, type Column } from '../runs/column.js';

/** By which column a list is sorted. */
export interface Sort {
  readonly column: Column;
  readonly isDescending: boolean;
}

/** What the list of runs shows. */
export interface RunsRoute {
  readonly page: 'runs';
  /** Ids; none means all experiments. */
  readonly experiments: readonly string[];
  readonly filter: string;
  /** Undefined: the newest first. */
  readonly sort: Sort | undefined;
  /** Undefined: what the runs have to offer. */
  readonly columns: readonly Column[] | undefined;
}

/** Where in the pages somebody is. */
export type Route =
  | RunsRoute
  | { readonly page: 'run'; readonly id: string }
  | { readonly page: 'compare'; readonly runs: readonly string[] }
  | { readonly page: 'models' }
  | { readonly page: 'model'; readonly name: string }
  | { readonly page: 'nowhere' };

/** The list of all runs. */
export const allRuns: RunsRoute = { page: 'runs', experiments: [], filter: '', sort: undefined, columns: undefined };

/** Reads the part of an address after `#`. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#/, '').split(/\?(.*)/s);
  const [page = '', ...rest] = path.replace(/^\//, '').split('/').map(decoded);
  const fields = new URLSearchParams(query);
  const [only] = rest;
  if (only === undefined || only === '') {
    if (page === '' || page === 'runs') return runsRoute(fields);
    if (page === 'compare') return { page, runs: fields.getAll('run') };
    return page === 'models' ? { page } : { page: 'nowhere' };
  }
  if (page === 'runs') return { page: 'run', id: only };
  // Names of models may hold slashes.
  return page === 'models' ? { page: 'model', name: rest.join('/') } : { page: 'nowhere' };
}

/** The address of a route, from `#` on. */
export function hrefOf(route: Route): string {
  switch (route.page) {
    case 'runs':
      return `#/runs${runsQuery(route)}`;
    case 'run':
      return `#/runs/${encodeURIComponent(route.id)}`;
    case 'compare':
      return `#/compare?${new URLSearchParams(route.runs.map((id) => ['run', id])).toString()}`;
    case 'models':
      return '#/models';
    case 'model':
      return `#/models/${encodeURIComponent(route.name)}`;
    case 'nowhere':
      return '#/';
  }
}

function runsRoute(fields: URLSearchParams): RunsRoute {
  const [, sorted = '', direction] = /^(.*):(asc|desc)$/s.exec(fields.get('sort') ?? '') ?? [];
  const column = columnAt(sorted);
  return {
    page: 'runs',
    experiments: fields.getAll('experiment'),
    filter: fields.get('filter') ?? '',
    sort: column === undefined ? undefined : { column, isDescending: direction === 'desc' },
    columns: fields.has('column') ? fields.getAll('column').flatMap((id) => columnAt(id) ?? []) : undefined,
  };
}

function runsQuery({ experiments, filter, sort, columns }: RunsRoute): string {
  const fields = new URLSearchParams(experiments.map((id) => ['experiment', id]));
  if (filter !== '') fields.set('filter', filter);
  if (sort !== undefined) fields.set('sort', `${columnId(sort.column)}:${sort.isDescending ? 'desc' : 'asc'}`);
  // One without a name stands for "none", which is not the same as "not chosen".
  if (columns?.length === 0) fields.set('column', '');
  for (const column of columns ?? []) fields.append('column', columnId(column));
  return fields.size === 0 ? '' : `?${fields.toString()}`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
