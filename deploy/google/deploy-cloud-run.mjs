// Puts an image into service on Cloud Run: a revision without traffic, a smoke test of it, a share of the traffic, then all.
//   node deploy/google/deploy-cloud-run.mjs --service scorecast --region europe-west1 --project P --image I@sha256:... --tag c1a2b3d
//   node deploy/google/deploy-cloud-run.mjs --service scorecast --region europe-west1 --project P --roll-back
// When a step fails, all traffic goes to the former revision again. --roll-back puts the revision before the present one into service.

import { parseArgs } from 'node:util';
import { main, requireOptions, run, runJson } from '../run-command.mjs';
import { smokeTest } from '../smoke-test.mjs';

const { values: options } = parseArgs({
  options: {
    service: { type: 'string' },
    region: { type: 'string' },
    project: { type: 'string' },
    image: { type: 'string' },
    tag: { type: 'string' },
    share: { type: 'string', default: '10' },
    seconds: { type: 'string', default: '120' },
    'poll-seconds': { type: 'string', default: '2' },
    'roll-back': { type: 'boolean', default: false },
  },
});
const place = ['--region', options.region, '--project', options.project];
const patience = { seconds: Number(options.seconds), pollSeconds: Number(options['poll-seconds']) };

await main(async () => {
  requireOptions(options, 'service', 'region', 'project', ...(options['roll-back'] ? [] : ['image', 'tag']));
  const former = revisionInService(describe());
  if (options['roll-back']) return shift(`${revisionBefore(former)}=100`);
  run(
    ...['gcloud', 'run', 'deploy', options.service, '--image', options.image],
    ...['--no-traffic', '--tag', options.tag, '--quiet', ...place],
  );
  const service = describe();
  const next = service.status.latestReadyRevisionName;
  if (next === former) {
    throw new Error(`the new revision of ${options.service} is not ready; ${former} stays in service`);
  }
  try {
    await smokeTest(addressOf(service, options.tag), patience);
    const share = Number(options.share);
    if (share > 0 && share < 100) {
      shift(`${next}=${share},${former}=${100 - share}`);
      await smokeTest(service.status.url, patience);
    }
    shift(`${next}=100`);
    await smokeTest(service.status.url, patience);
  } catch (error) {
    shift(`${former}=100`);
    throw new Error(`${error.message}; all traffic goes to ${former} again`, { cause: error });
  }
  console.error(`${next} is in service`);
});

function describe() {
  return runJson('gcloud', 'run', 'services', 'describe', options.service, ...place, '--format', 'json');
}

function shift(revisions) {
  run('gcloud', 'run', 'services', 'update-traffic', options.service, '--to-revisions', revisions, '--quiet', ...place);
}

/** The revision that most requests go to. */
function revisionInService({ status }) {
  const [most] = status.traffic
    .filter(({ percent }) => percent > 0)
    .sort((a, b) => b.percent - a.percent)
    .map(({ revisionName }) => revisionName ?? status.latestReadyRevisionName);
  return most;
}

/** Where a revision without traffic can be asked: Cloud Run puts the tag before the service's host name. */
function addressOf({ status }, tag) {
  const tagged = status.traffic.find((part) => part.tag === tag);
  if (tagged?.url === undefined) throw new Error(`no revision of ${options.service} has the tag ${tag}`);
  return tagged.url;
}

function revisionBefore(revision) {
  const revisions = runJson(
    ...['gcloud', 'run', 'revisions', 'list', '--service', options.service],
    ...['--sort-by', '~metadata.creationTimestamp', ...place, '--format', 'json'],
  ).map(({ metadata }) => metadata.name);
  const before = revisions[revisions.indexOf(revision) + 1];
  if (before === undefined) throw new Error(`there is no revision before ${revision}`);
  return before;
}
