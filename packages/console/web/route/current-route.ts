import { computed, signal } from '@preact/signals';
import { allRuns, hrefOf, parseRoute, type Route, type RunsRoute } from './route.js';

const hash = signal(location.hash);

/** Where somebody is; the address says it, so that reloading, going back and sharing work. */
export const currentRoute = computed(() => parseRoute(hash.value));

/** The list of runs as it was last seen. */
export const lastRuns = signal<RunsRoute>(allRuns);

addEventListener('hashchange', () => {
  hash.value = location.hash;
  remember();
});
remember();

/** Goes to a page. */
export function goTo(route: Route): void {
  location.hash = hrefOf(route);
}

/** Shows the same page otherwise, without a step to go back by. */
export function adjust(route: Route): void {
  history.replaceState(null, '', hrefOf(route));
  hash.value = location.hash;
  remember();
}

function remember(): void {
  const route = currentRoute.value;
  if (route.page === 'runs') lastRuns.value = route;
}
