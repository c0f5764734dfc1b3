import { spawnSync } from 'node:child_process';
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { root, textOf } from '../source-files.js';
import { filesBelow, runTool } from './deploy-files.js';
import { schemaProblems, type KubernetesObject } from './kubernetes-object.js';
import { unknownVariables } from './unknown-variables.js';

// What kustomize makes of deploy/kubernetes is kept in fixtures/golden/kubernetes, since few machines have kustomize.

type Labels = Readonly<Record<string, string>>;

interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string };
}

interface Container {
  readonly name: string;
  readonly image: string;
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly envFrom: readonly { readonly configMapRef: { readonly name: string } }[];
  readonly startupProbe: Probe;
  readonly livenessProbe: Probe;
  readonly readinessProbe: Probe;
  readonly resources: { readonly requests: Labels; readonly limits: Labels };
  readonly securityContext: object;
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string; readonly readOnly?: boolean }[];
}

interface Deployment extends KubernetesObject {
  readonly spec: {
    readonly selector: { readonly matchLabels: Labels };
    readonly strategy: object;
    readonly template: {
      readonly metadata: { readonly labels: Labels; readonly annotations: Labels };
      readonly spec: {
        readonly containers: readonly Container[];
        readonly volumes: readonly { readonly name: string }[];
        readonly securityContext: object;
        readonly serviceAccountName: string;
        readonly automountServiceAccountToken: boolean;
        readonly terminationGracePeriodSeconds: number;
      };
    };
  };
}

interface ConfigMap extends KubernetesObject {
  readonly data: Labels;
}

interface Kustomization {
  readonly resources?: readonly string[];
  readonly components?: readonly string[];
}

const rendered = [
  { name: 'production', folder: 'deploy/kubernetes/overlays/production' },
  { name: 'canary', folder: 'deploy/kubernetes/overlays/canary' },
  { name: 'with-components', folder: 'fixtures/kubernetes/with-components' },
].map((one) => ({ ...one, file: `fixtures/golden/kubernetes/${one.name}.yaml` }));

describe.each(rendered)('what kustomize makes of $folder', ({ file, folder }) => {
  const objects = objectsOf(file);
  const deployment: Deployment = parse(
    textOf(file)
      .split(/^---\n/m)
      .find((text) => /^kind: Deployment$/m.test(text)) ?? '',
  );
  const config: ConfigMap = parse(
    textOf(file)
      .split(/^---\n/m)
      .find((text) => /^kind: ConfigMap$/m.test(text)) ?? '',
  );
  const { template } = deployment.spec;
  const pod = template.spec;
  const [container] = pod.containers;

  it('was rendered from the files as they are now', () => {
    const { stdout } = spawnSync(process.execPath, ['fixtures/make/kubernetes-sources.mjs'], {
      cwd: root,
      encoding: 'utf8',
    });
    const renew = `${file} is older than its sources: bash fixtures/make/kubernetes.sh`;
    expect(textOf(file).split('\n')[0], renew).toBe(`# rendered from ${stdout.trim()}`);
  });

  it('is what kustomize says', (context) => {
    const { stdout } = runTool(context, 'kustomize', 'build', folder);
    expect(textOf(file).replace(/^#.*\n/, '')).toBe(stdout);
  });

  it('agrees with the schemas of Kubernetes', () => {
    expect(objects.flatMap((object) => schemaProblems(object).map((problem) => `${object.kind}: ${problem}`))).toEqual(
      [],
    );
  });

  it('agrees with the schemas of the releases of Kubernetes, strictly', { timeout: 120_000 }, (context) => {
    const { status, output } = runTool(context, 'kubernetes-validate', '--strict', '-k', '1.37.0', file);
    expect([status, output.split('\n').filter((line) => line !== '' && !line.includes(' passed '))]).toEqual([0, []]);
  });

  it('is as the restricted profile of pod security wants it', () => {
    expect(pod).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 10001,
        runAsGroup: 10001,
        seccompProfile: { type: 'RuntimeDefault' },
      },
    });
    expect(pod.containers.map(({ securityContext }) => securityContext)).toEqual([
      { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
    ]);
    expect(pod.volumes.filter((volume) => 'hostPath' in volume)).toEqual([]);
  });

  it('sets only variables that the service has', () => {
    expect(unknownVariables([...container.env.map(({ name }) => name), ...Object.keys(config.data)])).toEqual([]);
    expect(container.envFrom).toEqual([{ configMapRef: { name: config.metadata.name } }]);
  });

  it('gives the service longer to end than it takes', () => {
    const taken = Number(config.data['SCORECAST_DRAIN_DELAY']) + Number(config.data['SCORECAST_STOP_TIMEOUT']);
    expect(pod.terminationGracePeriodSeconds * 1000).toBeGreaterThan(taken);
  });

  it('asks for health and readiness where they are, on the port on which the service listens', () => {
    const port = container.ports.find(({ name }) => name === 'http')?.containerPort;
    expect(container.env).toContainEqual({ name: 'PORT', value: String(port) });
    expect(template.metadata.annotations['prometheus.io/port']).toBe(String(port));
    const { startupProbe, livenessProbe, readinessProbe } = container;
    expect([startupProbe, livenessProbe, readinessProbe].map(({ httpGet }) => httpGet)).toEqual([
      { path: '/health', port: 'http' },
      { path: '/health', port: 'http' },
      { path: '/ready', port: 'http' },
    ]);
  });

  it('never takes a pod away before another is there', () => {
    expect(deployment.spec.strategy).toMatchObject({ rollingUpdate: { maxUnavailable: 0 } });
  });

  it('has a volume for every folder that it mounts, and one to write into for every folder that is written to', () => {
    const names = pod.volumes.map(({ name }) => name);
    expect(container.volumeMounts.filter(({ name }) => !names.includes(name))).toEqual([]);
    const log = config.data['SCORECAST_LOG_PREDICTIONS'];
    const writable = container.volumeMounts
      .filter(({ readOnly }) => readOnly !== true)
      .map(({ mountPath }) => mountPath);
    expect(writable.filter((path) => log.startsWith(`${path}/`))).toHaveLength(1);
  });

  it('limits memory, and asks for CPU time', () => {
    expect(container.resources).toMatchObject({
      limits: { memory: '256Mi' },
      requests: { cpu: '100m', memory: '128Mi' },
    });
  });

  it('selects its own pods', () => {
    expect(template.metadata.labels).toMatchObject(deployment.spec.selector.matchLabels);
  });
});

describe('production and canary together', () => {
  const [production, canary] = rendered.map(({ file }) => textOf(file));
  const selectorOf = (text: string, kind: string): Record<string, unknown> =>
    parse(text.split(/^---\n/m).find((part) => new RegExp(`^kind: ${kind}$`, 'm').test(part)) ?? '').spec.selector;

  it('have deployments that do not take each other for their own', () => {
    const [one, other] = [production, canary].map((text) => selectorOf(text, 'Deployment')['matchLabels']);
    expect(one).toMatchObject({ track: 'stable' });
    expect(other).toMatchObject({ track: 'canary' });
  });

  it('are behind one Service, which does not ask for the track', () => {
    const selector = selectorOf(production, 'Service');
    expect(selectorOf(production, 'Deployment')['matchLabels']).toMatchObject(selector);
    expect(selectorOf(canary, 'Deployment')['matchLabels']).toMatchObject(selector);
  });

  it('share no name within a kind, and the canary brings no Service, autoscaler or namespace', () => {
    const ids = rendered
      .slice(0, 2)
      .flatMap(({ file }) => objectsOf(file).map(({ kind, metadata }) => `${kind} ${metadata.name}`));
    expect(new Set(ids).size).toBe(ids.length);
    expect(objectsOf(rendered[1].file).map(({ kind }) => kind)).toEqual(['ServiceAccount', 'ConfigMap', 'Deployment']);
  });

  it('let nothing out, and requests in only on the port of the service', () => {
    const policy = parse(production.split(/^---\n/m).find((text) => text.includes('kind: NetworkPolicy')) ?? '');
    expect(policy.spec).toMatchObject({ policyTypes: ['Ingress', 'Egress'], egress: [] });
    expect(policy.spec.ingress.map(({ ports }: { ports: unknown }) => ports)).toEqual([[{ port: 'http' }]]);
  });
});

it('every file of deploy/kubernetes is part of what is rendered', () => {
  const seen = new Set<string>();
  for (const { folder } of rendered) collect(folder, seen);
  expect(filesBelow('deploy/kubernetes').filter((path) => !seen.has(path))).toEqual([]);
});

describe('schemaProblems', () => {
  const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'x' } };

  it('finds nothing in what is right', () => {
    expect(schemaProblems({ ...service, ...{ spec: { ports: [{ port: 80 }] } } })).toEqual([]);
  });

  it('finds a wrong type', () => {
    expect(schemaProblems({ ...service, ...{ spec: { ports: [{ port: 'http' }] } } })).toEqual([
      'data/spec/ports/0/port must be integer',
    ]);
  });

  it('finds a field that does not exist', () => {
    expect(schemaProblems({ ...service, ...{ spec: { port: [] } } })).toEqual(['/spec/port is no field']);
  });
});

function objectsOf(file: string): readonly KubernetesObject[] {
  return parseAllDocuments(textOf(file)).map((document) => document.toJS());
}

/** The files that kustomize reads for a folder. */
function collect(path: string, seen: Set<string>): void {
  if (path.endsWith('.yaml')) {
    seen.add(path);
    return;
  }
  const file = `${path}/kustomization.yaml`;
  if (seen.has(file)) return;
  seen.add(file);
  const { resources = [], components = [] }: Kustomization = parse(textOf(file));
  for (const one of [...resources, ...components]) collect(posix.join(path, one), seen);
}
