import { spawnSync } from 'node:child_process';
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { root, textOf } from '../source-files.js';
import { filesBelow, runTool } from './deploy-files.js';
import { schemaProblems, type KubernetesObject } from './kubernetes-object.js';
import { unknownVariables } from './service-settings.js';

// What kustomize makes of deploy/kubernetes is kept in fixtures/golden/kubernetes, since not every machine has kustomize.

const rendered = [
  { name: 'production', folder: 'deploy/kubernetes/overlays/production' },
  { name: 'canary', folder: 'deploy/kubernetes/overlays/canary' },
  { name: 'with-components', folder: 'fixtures/kubernetes/with-components' },
].map((one) => ({ ...one, file: `fixtures/golden/kubernetes/${one.name}.yaml` }));

// Objects of a cluster have many fields; each test reads few of them.
function objectsOf(file: string): readonly any[] {
  return parseAllDocuments(textOf(file)).map((document) => document.toJS());
}
