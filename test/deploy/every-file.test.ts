import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root, textOf } from '../source-files.js';
import { filesBelow } from './deploy-files.js';

// Every file that describes a machine is exercised by a check that can fail. A new file needs a row here, and a test.

/** Which files; the tests that exercise them; and what stands in each of these tests, so that a row cannot outlive its test. */
const CHECKS: readonly (readonly [files: RegExp, tests: readonly string[], mention: string])[] = [
  [/^\.github\/workflows\/[\w-]+\.yml$/, ['workflows.test.ts'], 'workflowFiles'],
  [/^\.github\/actionlint\.yaml$/, ['workflows.test.ts'], '.github/actionlint.yaml'],
  [/^\.github\/dependabot\.yml$/, ['workflows.test.ts'], '.github/dependabot.yml'],
  [/^cloudbuild\.yaml$/, ['pipelines.test.ts'], "textOf('cloudbuild.yaml')"],
  [/^deploy\/.*\.tf$/, ['infrastructure.test.ts', 'permissions.test.ts'], 'moduleFolders'],
  [/^deploy\/smoke-test\.mjs$/, ['deploy-scripts.test.ts'], 'smoke-test.mjs'],
  [/^deploy\/run-command\.mjs$/, ['deploy-scripts.test.ts'], 'deploy-ecs.mjs'],
  [/^deploy\/copy-image\.sh$/, ['deploy-scripts.test.ts'], 'deploy/copy-image.sh'],
  [/^deploy\/train-sample\.sh$/, ['pipelines.test.ts'], 'deploy/train-sample.sh'],
  [/^deploy\/aws\/deploy-ecs\.mjs$/, ['deploy-scripts.test.ts'], 'aws/deploy-ecs.mjs'],
  [/^deploy\/aws\/ec2\/deploy\.sh$/, ['blue-green.test.ts'], 'deploy/aws/ec2/deploy.sh'],
  [/^deploy\/aws\/ec2\/scorecast\.nginx\.conf$/, ['blue-green.test.ts'], 'deploy/aws/ec2/scorecast.nginx.conf'],
  [/^deploy\/aws\/beanstalk\/buildspec\.yml$/, ['pipelines.test.ts'], 'deploy/aws/beanstalk/buildspec.yml'],
  [
    /^deploy\/aws\/beanstalk\/Dockerrun\.aws\.json$/,
    ['pipelines.test.ts', 'start-contracts.test.ts'],
    'Dockerrun.aws.json',
  ],
  [/^deploy\/aws\/beanstalk\/\.ebextensions\//, ['pipelines.test.ts', 'start-contracts.test.ts'], '.ebextensions'],
  [/^deploy\/azure\/deploy-app-service\.mjs$/, ['deploy-scripts.test.ts'], 'azure/deploy-app-service.mjs'],
  [/^deploy\/google\/deploy-cloud-run\.mjs$/, ['deploy-scripts.test.ts'], 'google/deploy-cloud-run.mjs'],
  [/^deploy\/spaces\/deploy\.mjs$/, ['spaces.test.ts'], 'deploy/spaces/deploy.mjs'],
  [/^deploy\/spaces\/(Dockerfile|README\.md)$/, ['start-contracts.test.ts'], 'deploy/spaces/'],
  [/^deploy\/image\//, ['image.test.ts'], 'deploy/image/'],
  [/^deploy\/compose\//, ['compose.test.ts'], 'deploy/compose/'],
  [/^deploy\/kubernetes\//, ['kubernetes.test.ts'], 'deploy/kubernetes'],
  [/^deploy\/monitoring\//, ['monitoring.test.ts'], 'deploy/monitoring/'],
];

const files = [...filesBelow('deploy'), ...filesBelow('.github'), 'cloudbuild.yaml'];

describe('every file of deploy/ and .github/', () => {
  it('is exercised by a test', () => {
    expect(files.filter((file) => !CHECKS.some(([pattern]) => pattern.test(file)))).toEqual([]);
  });

  it.each(CHECKS)('%s: is there, and so are its tests', (pattern, tests, mention) => {
    expect(files.some((file) => pattern.test(file))).toBe(true);
    for (const test of tests) {
      const path = `test/deploy/${test}`;
      expect([path, existsSync(join(root, path)) && textOf(path).includes(mention)]).toEqual([path, true]);
    }
  });
});
