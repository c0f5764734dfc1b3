export { createServer } from './create-server.js';
export { startServer, type ListenOptions, type RunningServer } from './start-server.js';
export type { ServerOptions } from './server-options.js';
export type { LogLevel } from './settings/settings.js';
export { serveErrors } from './serve-error.js';
export { predictionLogErrors } from './prediction-log/log-error.js';
export { runService, type ServiceSurroundings } from './service/run-service.js';
export type { RunningService, ServiceSignal, SignalSource } from './service/keep-serving.js';
