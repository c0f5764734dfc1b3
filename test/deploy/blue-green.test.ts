import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tinyBundleText } from '../tiny-bundle.js';
import { setStage, type Stage } from './stage-play.js';
import { EXECUTABLE, freePort } from './started-process.js';

// deploy/aws/ec2/deploy.sh on this machine: "docker" starts the real service as a process, "nginx" is a few lines that send requests where
// the script's upstream file says.

let stage: Stage;
let state: string;
let front: Server;
let frontUrl: string;
let ports: readonly [number, number];

beforeEach(async () => {
  stage = setStage();
  state = join(stage.folder, 'state');
  mkdirSync(state);
  mkdirSync(join(stage.folder, 'containers'));
  writeFileSync(join(stage.folder, 'bundle.json'), tinyBundleText);
  ports = [await freePort(), await freePort()];
  writeProgram('docker', dockerProgram(stage.folder));
  writeProgram('nginx', nginxProgram(stage.folder, state));
  front = createServer((request, response) => {
    const port = /127\.0\.0\.1:(\d+)/.exec(read('loaded.conf'))?.[1] ?? '9';
    fetch(`http://127.0.0.1:${port}${request.url}`).then(
      async (answer) => response.writeHead(answer.status).end(await answer.text()),
      () => response.writeHead(502).end(),
    );
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => front.once('listening', resolve));
  const address = front.address();
  frontUrl = `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
});

afterEach(() => {
  for (const name of containers()) process.kill(Number(read(`containers/${name}`)), 'SIGKILL');
  front.close();
  stage.clear();
});

const read = (name: string) => {
  const path = join(stage.folder, name);
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : '';
};
const containers = () => readdirSync(join(stage.folder, 'containers'));
const asks = async () => (await fetch(`${frontUrl}/health`)).status;

function deploy(argument: string, seconds = 20) {
  return stage.run('deploy/aws/ec2/deploy.sh', [argument], {
    SCORECAST_STATE: state,
    SCORECAST_FRONT: frontUrl,
    SCORECAST_NGINX: 'nginx',
    SCORECAST_SECONDS: String(seconds),
    SCORECAST_DRAIN_MS: '1000',
    SCORECAST_BLUE_PORT: String(ports[0]),
    SCORECAST_GREEN_PORT: String(ports[1]),
  });
}

describe('ec2/deploy.sh', () => {
  it('changes colour without a failed request, and goes back to the former image', async () => {
    expect(await deploy('scorecast:one')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('in service as blue'),
    });
    expect([await asks(), containers()]).toEqual([200, ['scorecast-blue']]);

    const deployed = new AbortController();
    const statuses: number[] = [];
    const asking = (async () => {
      while (!deployed.signal.aborted) {
        statuses.push(await asks());
        await sleep(5);
      }
    })();
    expect(await deploy('scorecast:two')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('in service as green'),
    });
    deployed.abort();
    await asking;
    expect(statuses.length).toBeGreaterThan(5);
    expect(statuses.filter((status) => status !== 200)).toEqual([]);
    expect(containers()).toEqual(['scorecast-green']);
    expect(stage.calls().filter((call) => call.startsWith('docker stop'))).toEqual([
      'docker stop --time 30 scorecast-blue',
    ]);

    expect((await deploy('--roll-back')).stdout).toContain('scorecast:one is in service as blue');
    expect([await asks(), containers()]).toEqual([200, ['scorecast-blue']]);
    expect(read('state/former-image')).toBe('scorecast:two');
  });

  it('leaves what is in service alone when the new image ends at once, and when nginx refuses', async () => {
    await deploy('scorecast:one');
    const broken = await deploy('broken', 2);
    expect([broken.code, broken.stderr]).toEqual([1, expect.stringContaining('blue stays in service')]);

    writeFileSync(join(stage.folder, 'nginx-refuses'), '');
    const refused = await deploy('scorecast:two');
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('blue is in service again')]);
    rmSync(join(stage.folder, 'nginx-refuses'));

    expect([await asks(), containers(), read('state/image')]).toEqual([200, ['scorecast-blue'], 'scorecast:one']);
    expect(read('state/upstream.conf')).toBe(`server 127.0.0.1:${ports[0]};`);
  });

  it('starts containers that can write nothing and have no rights', async () => {
    await deploy('scorecast:one');
    const [run] = stage.calls().filter((call) => call.startsWith('docker run'));
    for (const option of [
      '--read-only',
      '--cap-drop ALL',
      '--security-opt no-new-privileges',
      '--publish 127.0.0.1:',
    ]) {
      expect(run).toContain(option);
    }
  });

  it('says what it wants, and what it cannot go back to', async () => {
    expect(await stage.run('deploy/aws/ec2/deploy.sh', [])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('usage:'),
    });
    expect((await deploy('--roll-back')).stderr).toBe('error: there is no former image to go back to\n');
  });
});

describe('scorecast.nginx.conf', () => {
  it('includes the upstream where deploy.sh writes it, and tells the service who asks', () => {
    const configuration = readFileSync('deploy/aws/ec2/scorecast.nginx.conf', 'utf8');
    const script = readFileSync('deploy/aws/ec2/deploy.sh', 'utf8');
    const [, folder] = /^state=\$\{SCORECAST_STATE:-(.*)\}$/m.exec(script) ?? [];
    expect(configuration).toContain(`include ${folder}/upstream.conf;`);
    expect(configuration).toMatch(/proxy_set_header X-Forwarded-For \$proxy_add_x_forwarded_for;/);
    expect(configuration).toMatch(/proxy_set_header X-Forwarded-Proto \$scheme;/);
    expect(configuration.split('{').length).toBe(configuration.split('}').length);
  });
});

function writeProgram(name: string, text: string): void {
  const path = join(stage.folder, name);
  writeFileSync(path, `#!${process.execPath}\n${text}`);
  chmodSync(path, 0o755);
}

/** Just enough of docker: a container is a process, its published port is the one it listens on. */
function dockerProgram(folder: string): string {
  return `
const { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { spawn } = require('node:child_process');
const args = process.argv.slice(2);
appendFileSync('${folder}/calls', ['docker', ...args].join(' ') + '\\n');
const after = (option) => args[args.indexOf(option) + 1];
const file = (name) => '${folder}/containers/' + name;
const isAlive = (pid) => { try { process.kill(pid, 0); return true; } catch { return false; } };
const end = (name, signal) => {
  const pid = Number(readFileSync(file(name), 'utf8'));
  const until = () => { if (isAlive(pid)) setTimeout(until, 10); else rmSync(file(name)); };
  try { process.kill(pid, signal); } catch {}
  until();
};
if (args[0] === 'run') {
  const [, published, inside] = after('--publish').split(':');
  const given = Object.fromEntries(args.flatMap((arg, at) => (args[at - 1] === '--env' ? [arg.split('=')] : [])));
  const image = args.at(-1);
  const PORT = given.PORT === inside ? published : '0';
  const bundle = image === 'broken' ? '/nowhere' : '${folder}/bundle.json';
  const child = spawn(process.execPath, ['${EXECUTABLE}', bundle], { env: { ...given, PORT, HOST: '127.0.0.1' }, detached: true, stdio: 'ignore' });
  writeFileSync(file(after('--name')), String(child.pid));
  child.unref();
} else if (args[0] === 'stop') end(args.at(-1), 'SIGTERM');
else if (args[0] === 'rm') { if (existsSync(file(args.at(-1)))) end(args.at(-1), 'SIGKILL'); else process.exitCode = 1; }
`;
}

/** Just enough of nginx: a reload takes over what the upstream file says. */
function nginxProgram(folder: string, stateFolder: string): string {
  return `
const { copyFileSync, existsSync, renameSync } = require('node:fs');
if (existsSync('${folder}/nginx-refuses') && process.argv.includes('-t')) process.exit(1);
if (process.argv.includes('reload')) {
  copyFileSync('${stateFolder}/upstream.conf', '${folder}/loading.conf');
  renameSync('${folder}/loading.conf', '${folder}/loaded.conf');
}
`;
}
