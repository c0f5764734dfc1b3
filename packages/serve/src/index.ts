export { createServer } from './create-server.js';
export { startServer, type ListenOptions, type RunningServer } from './start-server.js';
export type { LogLevel, ServerOptions } from './server-options.js';
export { serveErrors } from './serve-error.js';
