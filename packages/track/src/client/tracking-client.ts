import { connectTo, type ConnectionOptions } from './connection.js';
import { experimentVerbs, type ExperimentVerbs } from './experiment-verbs.js';
import { loggedModelVerbs, type LoggedModelVerbs } from './logged-model-verbs.js';
import { modelVerbs, type ModelVerbs } from './model-verbs.js';
import { registryVerbs, type RegistryVerbs } from './registry-verbs.js';
import { runVerbs, type RunVerbs } from './run-verbs.js';
import { traceVerbs, type TraceVerbs } from './trace-verbs.js';

/** Everything that a program does with a tracking server, by what it does it to. */
export interface TrackingClient {
  readonly experiments: ExperimentVerbs;
  readonly runs: RunVerbs;
  readonly models: ModelVerbs;
  readonly loggedModels: LoggedModelVerbs;
  readonly traces: TraceVerbs;
  /** Approval, gates, roll-back, the audit log and keys: what servers of Scorecast have beyond MLflow's. */
  readonly registry: RegistryVerbs;
}

/**
 * A client of a tracking server: Scorecast's, or any MLflow server. It needs nothing but `fetch`, so it runs in browsers too.
 *
 * Requests are sent again after 408, 429, 5xx and broken connections, where sending twice does no harm. A server that refuses
 * one is told by its own error code: `RESOURCE_DOES_NOT_EXIST`, `INVALID_PARAMETER_VALUE`, `PERMISSION_DENIED` and so on.
 *
 * @example
 * const tracking = trackingClient({ url: 'http://127.0.0.1:5000' });
 * Object.keys(tracking); // => ["experiments","runs","models","loggedModels","traces","registry"]
 */
export function trackingClient(options: ConnectionOptions): TrackingClient {
  const connection = connectTo(options);
  const experiments = experimentVerbs(connection);
  return {
    experiments,
    runs: runVerbs(connection, experiments),
    models: modelVerbs(connection),
    loggedModels: loggedModelVerbs(connection),
    traces: traceVerbs(connection),
    registry: registryVerbs(connection),
  };
}

export type { ConnectionOptions } from './connection.js';
export type { ExperimentVerbs } from './experiment-verbs.js';
export type { LoggedModelVerbs, NewLoggedModel } from './logged-model-verbs.js';
export type { ModelVerbs, NewVersion } from './model-verbs.js';
export type {
  ClientApproval,
  ClientAuditEntry,
  ClientAuditVerdict,
  ClientKey,
  ClientMove,
  ClientRules,
  ClientWebhook,
  RegistryVerbs,
} from './registry-verbs.js';
export type { ActiveRun, Measured, NewRun, RunFile, RunVerbs } from './run-verbs.js';
export type { ListedTrace, TraceVerbs } from './trace-verbs.js';
export type { SearchOptions } from './search-pages.js';
export type { GateResult } from '../registry/gates.js';
