// A tracking server as a process of its own: serving.mjs DATABASE ARTIFACTS PORT. Says when it listens.
import { openArtifactStore, openStore, startTrackingServer } from '../../dist/index.js';

const [databaseUrl, artifactRoot, port] = process.argv.slice(2);
const store = await openStore({ databaseUrl, artifactRoot: 'mlflow-artifacts:/' });
const artifacts = openArtifactStore(artifactRoot);
const { url } = await startTrackingServer({ store, artifacts, port: Number(port), logLevel: 'silent' });
process.stdout.write(`${url}\n`);
