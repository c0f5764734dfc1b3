import type { ConnectionOptions } from '../client/connection.js';
import { trackError } from '../track-error.js';

/** Environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The server that a tracking URI names, and how to identify oneself there by the variables that MLflow's clients read.
 *
 * @returns undefined for what is no server.
 */
export function connectionFromEnvironment(
  uri: string,
  env: Environment,
): Pick<ConnectionOptions, 'url' | 'token' | 'user'> | undefined {
  if (uri === 'databricks' || uri.startsWith('databricks://')) return databricks(uri, env);
  if (!/^https?:\/\//i.test(uri)) return undefined;
  const url = new URL(uri);
  const name = decodeURIComponent(url.username) || env['MLFLOW_TRACKING_USERNAME'];
  const password = decodeURIComponent(url.password) || env['MLFLOW_TRACKING_PASSWORD'];
  url.username = '';
  url.password = '';
  const token = env['MLFLOW_TRACKING_TOKEN'];
  return {
    url: url.href.replace(/\/+$/, ''),
    ...(token === undefined ? {} : { token }),
    ...(name === undefined || password === undefined ? {} : { user: { name, password } }),
  };
}

function databricks(uri: string, env: Environment): Pick<ConnectionOptions, 'url' | 'token'> {
  const { DATABRICKS_HOST: host, DATABRICKS_TOKEN: token } = env;
  if (uri === 'databricks' && host !== undefined && token !== undefined) {
    return { url: host.startsWith('http') ? host : `https://${host}`, token };
  }
  throw trackError('INVALID_PARAMETER_VALUE', {
    message:
      `the tracking URI ${JSON.stringify(uri)} needs the variables DATABRICKS_HOST and DATABRICKS_TOKEN, and no profile ` +
      '(expected for example DATABRICKS_HOST=https://dbc-1.cloud.databricks.com)',
  });
}
