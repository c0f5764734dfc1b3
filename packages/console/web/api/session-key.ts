import { signal } from '@preact/signals';

const PLACE = 'scorecast.key';

/** The API key of this tab; empty where the server asks for none. It is forgotten with the tab. */
export const sessionKey = signal(sessionStorage.getItem(PLACE) ?? '');

/** Whether a request waits for a key, and what the server said. */
export const wantedKey = signal<string | undefined>(undefined);

let waiting: ((isGiven: boolean) => void)[] = [];

/** Asks the visitor for a key; false when they would rather not. */
export function askForKey(reason: string): Promise<boolean> {
  wantedKey.value = reason;
  return new Promise((resolve) => waiting.push(resolve));
}

/** Keeps a key for this tab and lets waiting requests go on; the empty text lets them fail. */
export function giveKey(key: string): void {
  sessionKey.value = key;
  if (key === '') sessionStorage.removeItem(PLACE);
  else sessionStorage.setItem(PLACE, key);
  wantedKey.value = undefined;
  const resolved = waiting;
  waiting = [];
  for (const resolve of resolved) resolve(key !== '');
}
