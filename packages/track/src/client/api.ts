/** The path of one of MLflow's REST verbs. */
export function api(verb: string): string {
  return `api/2.0/mlflow/${verb}`;
}

/** The path of a file behind the server's artifact proxy; each name is encoded, the slashes between them are not. */
export function artifactApi(path: string): string {
  return `api/2.0/mlflow-artifacts/artifacts/${path.split('/').map(encodeURIComponent).join('/')}`;
}
