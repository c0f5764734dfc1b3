import { describe, expect, it } from 'vitest';
import { cli, startCli, temporaryFolder } from './cli-run.js';
import { listed, trackedIn, trackIn, webServer } from './tracked.js';

/** A folder with versions of a model, each with the R2 that is given; the first is in production. */
async function registered(...scores: readonly number[]) {
  const folder = await temporaryFolder();
  const client = await trackedIn(folder);
  await client.models.create('exams');
  for (const cvR2 of scores) {
    const run = await client.runs.start({ experiment: 'exams' });
    await run.logMetrics({ cv_r2: cvR2, interval_level: 0.9, interval_coverage: 0.92, leakage_warnings: 0 });
    await run.end();
    const source = `mlflow-artifacts:/0/${run.info.runId}/artifacts/model`;
    await client.models.createVersion('exams', { source, runId: run.info.runId, description: `R2 ${cvR2}` });
  }
  await client.registry.promote({ name: 'exams', version: '1', alias: 'production', reason: 'the first' });
  return { folder, client };
}

const REASON = ['--reason', 'a test'];
const lines = (text: string) => text.trimEnd().split('\n');

describe('scorecast models list and show', () => {
  it('list models with their newest version and aliases', async () => {
    const { folder } = await registered(0.8, 0.85);
    const { stdout } = await cli(folder, 'models', 'list');
    expect(lines(stdout)[1]).toMatch(/^exams {2,}2 {2}production 1 {2}\d{4}-/);
    const json = await cli(folder, 'models', 'list', '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({ name: 'exams', aliases: [{ alias: 'production', version: '1' }] });
    expect((await cli(folder, 'models', 'list', '--filter', "name = 'none'")).stderr).toBe('no such model\n');
  });

  it('show the versions of a model, the newest first, with what their runs measured', async () => {
    const { folder } = await registered(0.8, 0.85);
    const { stdout } = await cli(folder, 'models', 'show', 'exams');
    expect(lines(stdout)[1]).toMatch(/^ +2 +0\.8500 /);
    expect(lines(stdout)[2]).toMatch(/^ +1 {2}production +0\.8000 /);
    const json = await cli(folder, 'models', 'show', 'exams', '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({ name: 'exams', versions: [{ version: '2' }, { version: '1' }] });
  });

  it('show one version by number or alias, with approvals and gates', async () => {
    const { folder } = await registered(0.8, 0.5);
    const byAlias = await cli(folder, 'models', 'show', 'exams@production');
    expect(lines(byAlias.stdout)[0]).toBe('exams version 1');
    expect(byAlias.stdout).toMatch(/approvals\n {2}\d{4}-.* UTC {2}test: the first/);
    const byNumber = await cli(folder, 'models', 'show', 'exams', '2');
    expect(byNumber.stdout).toMatch(/floor +failed +cross-validated R2 0\.5000 against a floor of 0\.6000/);
    const json = await cli(folder, 'models', 'show', 'exams', '2', '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({
      version: '2',
      approvals: [],
      gates: [{ gate: 'floor' }, {}, {}, {}],
    });
  });

  it.each([
    [['exam'], 'there is no model "exam" (did you mean exams?)'],
    [['exams@prodution'], 'there is no alias of exams "prodution" (did you mean production?)'],
    [['exams', '7'], 'there is no version of exams "7" (expected 2, 1)'],
    [['exams', 'two'], 'there is no version of exams "two" (expected 2, 1)'],
  ])('say what was meant by %j', async (args, message) => {
    const { folder } = await registered(0.8, 0.85);
    const { code, stderr } = await cli(folder, 'models', 'show', ...args);
    expect(code).toBe(1);
    expect(stderr).toContain(message);
  });
});

describe('scorecast models promote and rollback', () => {
  it('move the alias to a version and back, and say how the gates came out', async () => {
    const { folder, client } = await registered(0.8, 0.85);
    const promoted = await cli(folder, 'models', 'promote', 'exams', '2', ...REASON);
    expect(promoted.code, promoted.stderr).toBe(0);
    expect(lines(promoted.stdout)[0]).toBe('exams@production: 1 -> 2');
    expect(promoted.stdout).toMatch(/not-worse +passed +cross-validated R2 0\.8500, at least 0\.7900 expected/);
    const back = await cli(folder, 'models', 'rollback', 'exams', ...REASON, '--json');
    expect(JSON.parse(back.stdout)).toEqual({ name: 'exams', alias: 'production', from: '2', to: '1', gates: [] });
    expect(await client.models.findByAlias('exams', 'production')).toMatchObject({ version: '1' });
    const again = await cli(folder, 'models', 'rollback', 'exams', ...REASON);
    expect(again.code).toBe(1);
    expect(again.stderr).toContain('nothing to go back to');
  });

  it('are refused with exit code 5 where a gate is closed, which changes nothing but the audit log', async () => {
    const { folder, client } = await registered(0.8, 0.7);
    const { code, stdout, stderr } = await cli(folder, 'models', 'promote', 'exams', '2', ...REASON);
    expect(code).toBe(5);
    expect(stdout).toBe('');
    expect(stderr).toContain('gate not-worse failed');
    expect(await client.models.findByAlias('exams', 'production')).toMatchObject({ version: '1' });
    const history = await cli(folder, 'models', 'history', 'exams', '--limit', '1', '--json');
    expect(JSON.parse(history.stdout)).toMatchObject({ action: 'alias.refuse', subject: 'exams/2' });
  });

  it('ask why', async () => {
    const { folder } = await registered(0.8, 0.85);
    for (const verb of ['promote', 'rollback', 'approve']) {
      const { code, stderr } = await cli(folder, 'models', verb, 'exams', ...(verb === 'rollback' ? [] : ['2']));
      expect(code).toBe(2);
      expect(stderr).toContain("required option '--reason <why>' not specified");
    }
    const unnamed = await cli(folder, 'models', 'promote', 'exams', ...REASON);
    expect(unnamed.code).toBe(2);
    expect(unnamed.stderr).toContain('no version of exams was named');
  });

  it('move other aliases too, without gates, and take a version by its alias', async () => {
    const { folder, client } = await registered(0.8, 0.7);
    const moved = await cli(folder, 'models', 'promote', 'exams', '2', '--alias', 'challenger', ...REASON);
    expect(moved.stdout).toBe('exams@challenger: none -> 2\n');
    const refused = await cli(folder, 'models', 'promote', 'exams@challenger', ...REASON);
    expect(refused.code).toBe(5);
    expect(await client.models.findByAlias('exams', 'challenger')).toMatchObject({ version: '2' });
  });
});

describe('scorecast models approve', () => {
  it('is what a server with explicit approval asks for', async () => {
    const { folder } = await registered(0.8, 0.85);
    const { url } = await trackIn(folder, '--approval', 'explicit');
    const on = (...args: readonly string[]) => cli(folder, ...args, '--tracking-uri', url);
    const refused = await on('models', 'promote', 'exams', '2', ...REASON);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('nobody has approved it');
    const approved = await on('models', 'approve', 'exams', '2', '--reason', 'read and found good');
    expect(approved.stderr).toContain('approved exams version 2');
    expect((await on('models', 'promote', 'exams', '2', ...REASON)).stdout).toContain('exams@production: 1 -> 2');
    const history = await on('models', 'history', 'exams');
    expect(history.stdout).toMatch(/approve +exams\/2 +read and found good/);
  });
});

describe('scorecast models rules', () => {
  const onExams = ['--reason', 'a harder subject'];

  it('are those of the database, whether a server serves it or not', async () => {
    const { folder } = await registered(0.65, 0.55);
    const { url } = await trackIn(folder, '--min-r2', '0.5');
    const direct = await cli(folder, 'models', 'rules', '--tolerance', '0.2', ...onExams, '--json');
    const served = await cli(folder, 'models', 'rules', '--tracking-uri', url, '--json');
    expect(JSON.parse(served.stdout)).toEqual(JSON.parse(direct.stdout));
    expect(JSON.parse(served.stdout)).toEqual({
      approval: 'implied',
      minR2: 0.5,
      tolerance: 0.2,
      coverageSlack: 0.05,
      strict: false,
    });
    const promoted = await cli(folder, 'models', 'promote', 'exams', '2', ...REASON);
    expect(promoted.stdout).toMatch(/floor +passed +cross-validated R2 0\.5500 against a floor of 0\.5000/);
  });

  it('are changed with a reason, and the audit log tells', async () => {
    const { folder, client } = await registered(0.8);
    const changed = await cli(folder, 'models', 'rules', '--approval', 'two-person', '--strict-gates', ...onExams);
    expect(changed.stdout).toMatch(/approval +two-person[^]*strict-gates +yes/);
    const [entry] = await listed(client.registry.audit());
    expect(entry).toMatchObject({
      action: 'rules.change',
      details: { approval: { from: 'implied', to: 'two-person' }, reason: 'a harder subject' },
    });
    await cli(folder, 'models', 'rules', '--no-strict-gates', ...onExams);
    expect(await client.registry.rules()).toMatchObject({ approval: 'two-person', strict: false });
  });

  it.each([
    [['--min-r2', '0.5'], 'a change of rules needs a reason'],
    [onExams, 'no rule to change'],
  ])('refuse %j', async (args, message) => {
    const { folder } = await registered(0.8);
    const { code, stderr } = await cli(folder, 'models', 'rules', ...args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});

describe('a server of MLflow, without our registry', () => {
  /** Answers as MLflow 3.6 does: its own verbs by JSON, others by a page. */
  const mlflow = () =>
    webServer((request, answer) => {
      const at = (part: string) => request.url?.includes(part) === true;
      const version = { name: 'exams', version: '2', aliases: [] };
      if (at('/scorecast/')) return void answer.writeHead(404).end('<!doctype html><h1>Not Found</h1>');
      const json = at('model-versions')
        ? { model_version: version }
        : at('registered-models/alias') && request.method === 'GET'
          ? { model_version: { ...version, version: '1' } }
          : { registered_model: { name: 'exams' } };
      answer.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(json));
    });

  it('sets the alias, and says that no rules were kept', async () => {
    const url = await mlflow();
    const folder = await temporaryFolder();
    const args = ['models', 'promote', 'exams', '2', ...REASON, '--tracking-uri', url];
    const { code, stdout, stderr } = await cli(folder, ...args);
    expect(code, stderr).toBe(0);
    expect(stdout).toBe('exams@production: 1 -> 2\n');
    expect(stderr).toContain('only set the alias: it has no gates, no approval and no audit log');
    expect((await cli(folder, 'models', 'show', 'exams', '2', '--tracking-uri', url)).stdout).toContain(
      'exams version 2',
    );
  });

  it.each([
    [['models', 'rollback', 'exams', ...REASON], 'history to roll back'],
    [['models', 'approve', 'exams', '2', ...REASON], 'approvals'],
    [['models', 'history', 'exams'], 'history of models'],
    [['audit', 'list'], 'audit log'],
    [['audit', 'verify'], 'audit log'],
    [['keys', 'list'], 'API keys'],
    [['models', 'rules'], 'rules'],
    [['webhooks', 'list'], 'webhooks'],
  ])('is told apart by %j', async (args, what) => {
    const url = await mlflow();
    const { code, stderr } = await startCli(await temporaryFolder(), args, { MLFLOW_TRACKING_URI: url }).ended;
    expect(code).toBe(1);
    expect(stderr).toContain(`the tracking server ${url} has no ${what}: that is beyond what MLflow's servers do`);
  });
});

describe('scorecast audit', () => {
  it('lists who did what, the newest first, of all or of one model', async () => {
    const { folder, client } = await registered(0.8);
    await client.registry.createKey({ name: 'ann', role: 'viewer' });
    const all = await cli(folder, 'audit', 'list', '--json');
    expect(lines(all.stdout).map((line): unknown => JSON.parse(line))).toMatchObject([
      { sequence: 5, action: 'key.create', actor: 'test' },
      { sequence: 4, action: 'alias.move' },
      { sequence: 3, action: 'approve' },
      { sequence: 2, action: 'version.create' },
      { sequence: 1, action: 'model.create' },
    ]);
    const some = await cli(folder, 'audit', 'list', '--model', 'exams', '--limit', '1');
    expect(some.stdout).toMatch(/^#.*\n4 .* alias\.move +exams\/1 +production: none -> 1; the first\n$/);
  });

  it('is whole, and its last hash is found again later', async () => {
    const { folder, client } = await registered(0.8);
    const { code, stdout, stderr } = await cli(folder, 'audit', 'verify');
    expect([code, stderr]).toEqual([0, 'the audit log is whole: 4 lines; its last hash is above\n']);
    await client.models.setAlias('exams', 'challenger', '1');
    expect((await cli(folder, 'audit', 'verify', '--hash', stdout.trim())).code).toBe(0);
    const cut = await cli(folder, 'audit', 'verify', '--hash', '0'.repeat(64), '--json');
    expect(cut.code).toBe(3);
    expect(JSON.parse(cut.stdout)).toMatchObject({ isWhole: false });
    expect((await listed(client.registry.audit('exams')))[0]).toMatchObject({ action: 'alias.move' });
  });

  it('ends with exit code 3 where an entry was changed', async () => {
    const { folder, client } = await registered(0.8);
    const answer = { is_whole: false, sequence: 2, reason: 'entry 2 was changed' };
    expect((await client.registry.verifyAudit()).isWhole).toBe(true);
    const url = await webServer((_, reply) => reply.writeHead(200).end(JSON.stringify(answer)));
    const { code, stderr } = await cli(folder, 'audit', 'verify', '--tracking-uri', url);
    expect(code).toBe(3);
    expect(stderr).toContain('the audit log is not what was written: entry 2 was changed');
  });
});
