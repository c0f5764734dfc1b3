import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { cli, temporaryFolder } from './cli-run.js';
import { trackedIn, webServer } from './tracked.js';

/** A receiver that answers with a status, and what it was sent. */
async function receiver(status: number) {
  const seen: { body: string; signature: string }[] = [];
  const url = await webServer((request, answer) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      seen.push({ body, signature: String(request.headers['x-scorecast-signature']) });
      answer.writeHead(status).end();
    });
  });
  return { url, seen };
}

describe('scorecast webhooks', () => {
  it('adds one whose secret is shown once, and lists, tests and removes it', async () => {
    const folder = await temporaryFolder();
    const { registry } = await trackedIn(folder);
    const { url, seen } = await receiver(204);
    const added = await cli(folder, 'webhooks', 'add', url, '--event', 'alias.moved', '--event', 'version.created');
    expect(added.code, added.stderr).toBe(0);
    const secret = added.stdout.trim();
    const [{ id }] = await registry.webhooks();
    expect(added.stderr).toContain(`webhook ${id}; its secret is not shown again`);

    const listed = await cli(folder, 'webhooks', 'list');
    expect(listed.stdout).toContain(`${id}  ${url}/  alias.moved version.created`);
    expect(listed.stdout).not.toContain(secret);
    expect((await cli(folder, 'webhooks', 'test', id)).stderr).toBe(`webhook ${id} took the message\n`);
    const [{ body, signature }] = seen;
    const [, seconds, hash] = /^t=(\d+),v1=(\w+)$/.exec(signature) ?? [];
    expect(hash).toBe(createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex'));
    expect(JSON.parse(body)).toMatchObject({ event: 'test', data: {} });

    expect((await cli(folder, 'webhooks', 'remove', id)).stderr).toBe(`removed webhook ${id}\n`);
    expect((await cli(folder, 'webhooks', 'list')).stderr).toBe('there are no webhooks\n');
    const audit = await cli(folder, 'audit', 'list');
    expect(audit.stdout).toMatch(/webhook\.remove[^]*webhook\.add/);
  });

  it('says why a test was not taken, and what waits', async () => {
    const folder = await temporaryFolder();
    const { registry, models } = await trackedIn(folder);
    const { webhook } = await registry.addWebhook({ url: (await receiver(500)).url });
    const test = await cli(folder, 'webhooks', 'test', webhook.id);
    expect(test.code).toBe(1);
    expect(test.stderr).toContain(`webhook ${webhook.id} did not take the message: status 500`);
    await models.create('exams');
    await models.createVersion('exams', { source: 'mlflow-artifacts:/0/model' });
    const [found] = (await cli(folder, 'webhooks', 'list', '--json')).stdout.split('\n');
    expect(JSON.parse(found)).toMatchObject({ id: webhook.id, waiting: 1, lastError: null });
  });

  it.each([
    [['add', 'ftp://lab.example'], 'Invalid address'],
    [['add', 'https://lab.example', '--event', 'alias'], 'expected some of alias.moved'],
    [['test', 'f'.repeat(32)], 'No webhook with id'],
    [['remove', 'f'.repeat(32)], 'No webhook with id'],
  ])('refuses %j', async (args, message) => {
    const folder = await temporaryFolder();
    await trackedIn(folder);
    const { code, stderr } = await cli(folder, 'webhooks', ...args);
    expect(code).not.toBe(0);
    expect(stderr).toContain(message);
  });
});
