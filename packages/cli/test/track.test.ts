import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startIssuer } from '../../track/test/access/local-issuer.js';
import { cli, startCli, temporaryFolder } from './cli-run.js';
import { examsProject } from './exams-project.js';
import { listed, trackedIn, trackIn, webServer } from './tracked.js';

describe('scorecast track', () => {
  it('makes a database, serves its API and its page, and stops on SIGTERM', async () => {
    const folder = await temporaryFolder();
    const { url, live } = await trackIn(folder);
    expect(existsSync(path.join(folder, 'scorecast-out/tracking.db'))).toBe(true);
    expect(await (await fetch(`${url}/health`)).text()).toBe('OK');
    const page = await fetch(`${url}/`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toContain('text/html');
    const search = await fetch(`${url}/api/2.0/mlflow/experiments/search?max_results=10`);
    expect(await search.json()).toMatchObject({ experiments: [{ name: 'Default' }] });
    live.signal('SIGTERM');
    const { code, stderr } = await live.ended;
    expect(code).toBe(0);
    expect(stderr).toContain(`MLFLOW_TRACKING_URI=${url}`);
    expect(stderr).toContain('stopped');
    await expect(fetch(`${url}/health`)).rejects.toThrow();
  });

  it('does not listen where other machines reach it without asking for keys', async () => {
    const folder = await temporaryFolder();
    const { code, stderr } = await cli(folder, 'track', '--host', '0.0.0.0', '--port', '0');
    expect(code).toBe(2);
    expect(stderr).toContain('scorecast keys create');
    expect(existsSync(path.join(folder, 'scorecast-out'))).toBe(false);
    const live = startCli(folder, ['track', '--host', '0.0.0.0', '--port', '0', '--keys']);
    await expect.poll(live.stderr).toContain('stop     Ctrl-C');
    const port = /:(\d+)$/m.exec(live.stderr())?.[1];
    expect((await fetch(`http://127.0.0.1:${port}/api/2.0/mlflow/runs/get?run_id=1`)).status).toBe(401);
    live.signal('SIGINT');
    expect((await live.ended).code).toBe(0);
  });

  it('needs both options of an issuer, and takes no server as its database', async () => {
    const folder = await temporaryFolder();
    const issuer = await cli(folder, 'track', '--oidc-issuer', 'https://login.example.org');
    expect(issuer.code).toBe(2);
    expect(issuer.stderr).toContain('--oidc-issuer and --oidc-audience belong together');
    const claim = await cli(folder, 'track', '--oidc-roles-claim', 'groups');
    expect(claim.code).toBe(2);
    expect(claim.stderr).toContain('expected --oidc-issuer with them');
    const server = await cli(folder, 'track', '--tracking-uri', 'http://127.0.0.1:5000');
    expect(server.code).toBe(2);
    expect(server.stderr).toContain('http://127.0.0.1:5000 is a server');
  });

  it('takes the roles of tokens from the claim that it is told, and gives others the default one', async () => {
    const issuer = await startIssuer();
    onTestFinished(async () => {
      await issuer.close();
    });
    const folder = await temporaryFolder();
    const options = ['--oidc-issuer', issuer.url, '--oidc-audience', 'scorecast', '--oidc-roles-claim', 'groups'];
    const { url } = await trackIn(folder, ...options, '--oidc-default-role', 'viewer');
    const roleOf = async (claims: Readonly<Record<string, unknown>>) => {
      const headers = { authorization: `Bearer ${await issuer.sign(claims)}` };
      const answer = await fetch(`${url}/api/2.0/scorecast/identity`, { headers });
      return answer.json();
    };
    expect(await roleOf({ groups: ['admin'] })).toMatchObject({ subject: 'ada', role: 'admin' });
    expect(await roleOf({ roles: ['admin'] })).toMatchObject({ subject: 'ada', role: 'viewer' });
  });

  it('says so where its port is taken', async () => {
    const taken = await webServer((_, answer) => answer.end());
    const { code, stderr } = await cli(await temporaryFolder(), 'track', '--port', new URL(taken).port);
    expect(code).toBe(1);
    expect(stderr).toContain('the tracking server cannot listen on port');
  });

  it('records trainings by HTTP as a database does, and gives the model back', async () => {
    const folder = await examsProject();
    const { url } = await trackIn(folder);
    const trained = await cli(folder, 'train', '--tracking-uri', url);
    expect(trained.code, trained.stderr).toBe(0);
    expect(trained.stderr).toContain('registered as exams version 1\nin production: version 1\n');
    const shown = await cli(folder, 'models', 'show', 'exams@production', '--tracking-uri', url, '--json');
    const direct = await cli(folder, 'models', 'show', 'exams@production', '--json');
    expect(JSON.parse(shown.stdout)).toEqual(JSON.parse(direct.stdout));
    const { runs, models } = await trackedIn(folder);
    const [run] = await listed(runs.search());
    const [fromRun] = (await listed(runs.files(run.info.runId))).filter((file) => file.path.endsWith('bundle.json'));
    const bundle = await models.readFile('exams', '1', 'bundle.json');
    expect(bundle.byteLength).toBe(fromRun.sizeBytes);
  });

  it('keeps the gates that it was started with', async () => {
    const folder = await examsProject();
    const { url } = await trackIn(folder, '--min-r2', '0.99');
    const { code, stderr } = await cli(folder, 'train', '--tracking-uri', url);
    expect(code).toBe(0);
    expect(stderr).toContain('against a floor of 0.9900');
  });

  it('tells webhooks of what changed', async () => {
    const folder = await examsProject();
    const { url } = await trackIn(folder);
    const told: string[] = [];
    const receiver = await webServer((request, answer) => {
      request.setEncoding('utf8');
      request.on('data', (text: string) => told.push(text));
      request.on('end', () => answer.end());
    });
    const body = JSON.stringify({ url: receiver });
    const headers = { 'content-type': 'application/json' };
    await fetch(`${url}/api/2.0/scorecast/webhooks`, { method: 'POST', headers, body });
    await cli(folder, 'train', '--tracking-uri', url);
    await expect.poll(() => told.join('')).toContain('"event":"alias.moved"');
  });
});
