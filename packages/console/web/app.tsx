import { useEffect, useRef } from 'preact/hooks';
import { ComparePage } from './compare/compare-page.js';
import { KeyDialog } from './key-dialog.js';
import { ModelPage } from './models/model-page.js';
import { ModelsPage } from './models/models-page.js';
import { EmptyNotice } from './parts/notice.js';
import { currentRoute, lastRuns } from './route/current-route.js';
import { hrefOf, type Route } from './route/route.js';
import { RunPage } from './run/run-page.js';
import { RunsPage } from './runs/runs-page.js';
import { visitor } from './visitor.js';

/** The whole page. */
export function App() {
  const route = currentRoute.value;
  const main = useRef<HTMLElement>(null);
  useArrival(route, main);
  return (
    <>
      <a
        class="skip"
        href="#main"
        onClick={(event) => {
          // What follows # in the address says which page this is, so it must stay.
          event.preventDefault();
          main.current?.focus();
        }}
      >
        Skip to the content
      </a>
      <Header page={route.page} />
      <main id="main" tabIndex={-1} ref={main}>
        <Page key={placeOf(route)} route={route} />
      </main>
      <KeyDialog />
    </>
  );
}

function Header({ page }: { page: Route['page'] }) {
  const current = (pages: readonly Route['page'][]) => (pages.includes(page) ? 'page' : undefined);
  return (
    <header class="top">
      <a class="brand" href={hrefOf(lastRuns.value)}>
        <Mark />
        Scorecast
      </a>
      <nav aria-label="Pages">
        <a href={hrefOf(lastRuns.value)} aria-current={current(['runs', 'run', 'compare'])}>
          Runs
        </a>
        <a href={hrefOf({ page: 'models' })} aria-current={current(['models', 'model'])}>
          Models
        </a>
      </nav>
      {visitor.value !== undefined && (
        <p class="visitor">
          {visitor.value.subject}, {visitor.value.role}
        </p>
      )}
    </header>
  );
}

function Page({ route }: { route: Route }) {
  switch (route.page) {
    case 'runs':
      return <RunsPage route={route} />;
    case 'run':
      return <RunPage id={route.id} />;
    case 'compare':
      return <ComparePage runIds={route.runs} />;
    case 'models':
      return <ModelsPage />;
    case 'model':
      return <ModelPage name={route.name} />;
    case 'nowhere':
      return (
        <EmptyNotice title="There is no such page">
          <a href={hrefOf(lastRuns.value)}>To the runs</a>
        </EmptyNotice>
      );
  }
}

/** Names the tab, and leads the keyboard and the eye to the top of a page that was just entered. */
function useArrival(route: Route, main: { readonly current: HTMLElement | null }): void {
  const place = placeOf(route);
  const isFirst = useRef(true);
  useEffect(() => {
    document.title = `${titleOf(route)} · Scorecast`;
    if (isFirst.current) isFirst.current = false;
    else {
      main.current?.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
  }, [place]);
}

/** What makes a page another one: filters and columns do not. */
function placeOf(route: Route): string {
  return route.page === 'runs' ? 'runs' : hrefOf(route);
}

function titleOf(route: Route): string {
  switch (route.page) {
    case 'runs':
      return 'Runs';
    case 'run':
      return `Run ${route.id.slice(0, 8)}`;
    case 'compare':
      return `Compare ${route.runs.length} runs`;
    case 'models':
      return 'Models';
    case 'model':
      return route.name;
    case 'nowhere':
      return 'No such page';
  }
}

/** The sign of the product: a score on a scale, and the stretch it may lie in. */
function Mark() {
  return (
    <svg viewBox="0 0 28 20" width="28" height="20" aria-hidden="true">
      <rect class="mark-band" x="6" y="3" width="18" height="10" rx="2" />
      <path class="mark-ink" d="M1 16h26M16 2v14" />
    </svg>
  );
}
