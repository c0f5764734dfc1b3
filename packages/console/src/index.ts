import { fileURLToPath } from 'node:url';

/** The folder of the console's built pages: static files that any server of the tracking API can hand out. */
export const consoleDirectory: string = fileURLToPath(new URL('../dist/web/', import.meta.url));
