import { Option, type Command } from 'commander';
import type { AccessOptions, OpenStore, Role } from '@scorecast/track';
import { cliError } from '../cli-error.js';
import { collect, integerOption, withExamples } from '../options.js';
import { untilStopped } from '../serve-until-stopped.js';
import type { Surroundings } from '../surroundings.js';
import { openTracking, userName, withTrackingPlace, type TrackingPlace } from '../tracking/tracking-place.js';
import { changesOf, withRules, type RuleOptions } from './model-rules.js';

interface TrackOptions extends TrackingPlace, RuleOptions {
  readonly port: number;
  readonly host: string;
  readonly keys: boolean;
  readonly oidcIssuer?: string;
  readonly oidcAudience?: string;
  readonly oidcRolesClaim?: string;
  readonly oidcDefaultRole?: Role;
  readonly allowedHost?: readonly string[];
  readonly allowedOrigin?: readonly string[];
  readonly requestsPerMinute?: number;
}

const ROLES: readonly Role[] = ['viewer', 'editor', 'approver', 'admin'];

/** How often it is looked for what webhooks are still to be told. */
const WEBHOOK_PAUSE_MS = 2000;

/** `scorecast track`: the tracking server with its pages. */
export function addTrack(program: Command, surroundings: Surroundings): void {
  const command = withTrackingPlace(
    program
      .command('track')
      .summary('serve experiments, runs and models over HTTP, with a page')
      .description(
        'Serves the database with the runs to MLflow clients (set MLFLOW_TRACKING_URI=http://localhost:5000), to "scorecast train\n' +
          '--tracking-uri http://..." and to browsers. On this machine it asks nobody who they are; a server that other machines\n' +
          'reach asks for API keys ("scorecast keys create") or tokens of an OpenID Connect issuer. --approval, --min-r2 and\n' +
          '--strict-gates change the rules that the database keeps ("scorecast models rules").',
      ),
  )
    .option('-p, --port <n>', 'the port', integerOption(0, 65_535), 5000)
    .option('--host <address>', 'the address to listen on; 0.0.0.0 is every address of this machine', '127.0.0.1')
    .option('--keys', 'ask for API keys', false)
    .option('--oidc-issuer <url>', 'take tokens of this OpenID Connect issuer')
    .option('--oidc-audience <name>', 'what its tokens must be meant for')
    .option('--oidc-roles-claim <name>', 'the claim of a token with the roles (roles)')
    .addOption(
      new Option(
        '--oidc-default-role <role>',
        'the role of those whose token names none; else they are refused',
      ).choices(ROLES),
    )
    .option('--allowed-host <name>', 'a further name under which clients may ask; may be repeated', collect)
    .option('--allowed-origin <origin>', 'a site whose pages may change things here; may be repeated', collect)
    .option('--requests-per-minute <n>', 'the most that one client may send (no limit)', integerOption(1, 1e9))
    .action((options: TrackOptions) => track(options, surroundings));
  withRules(command);
  withExamples(
    command,
    'scorecast track',
    'scorecast track --tracking-uri postgresql://me@db/runs --artifact-root s3://lab/runs',
    'scorecast track --host 0.0.0.0 --keys --approval two-person',
  );
}

async function track(options: TrackOptions, surroundings: Surroundings): Promise<void> {
  const { terminal, signal } = surroundings;
  const access = accessOptions(options);
  const { accessTo, isOpenTo, startTrackingServer } = await import('@scorecast/track');
  // Before a database is made for a server that is refused.
  isOpenTo(access);
  const { store, artifacts } = await openTracking(options, surroundings, 'create');
  try {
    await setRules(store, options, surroundings);
    const { consoleDirectory } = await import('@scorecast/console');
    const server = await startTrackingServer({
      store,
      artifacts,
      access: accessTo(store, access),
      console: consoleDirectory,
      host: options.host,
      port: options.port,
      ...(options.requestsPerMinute === undefined ? {} : { requestsPerMinute: options.requestsPerMinute }),
      ...terminal.serverLog,
    });
    const { url } = server;
    terminal.message('info', `\nruns and models at ${terminal.bold(url)}`, { url });
    terminal.message('info', `  MLflow   MLFLOW_TRACKING_URI=${url} python train.py`);
    terminal.message('info', `  train    scorecast train --tracking-uri ${url}`);
    terminal.message('info', '  stop     Ctrl-C');
    const deliveries = deliverWebhooks(store, surroundings);
    await untilStopped(signal);
    await server.close();
    await deliveries;
    terminal.message('info', 'stopped');
  } finally {
    await store.close();
  }
}

function accessOptions(options: TrackOptions): AccessOptions {
  const { host, keys, oidcIssuer: issuer, oidcAudience: audience, allowedHost, allowedOrigin } = options;
  const { oidcRolesClaim: rolesClaim, oidcDefaultRole: defaultRole } = options;
  if ((issuer === undefined) !== (audience === undefined)) {
    throw cliError('CLI_USAGE', {
      problem: '--oidc-issuer and --oidc-audience belong together (expected both or none)',
    });
  }
  if (issuer === undefined && (rolesClaim !== undefined || defaultRole !== undefined)) {
    throw cliError('CLI_USAGE', {
      problem: '--oidc-roles-claim and --oidc-default-role say how tokens are read (expected --oidc-issuer with them)',
    });
  }
  const oidc = {
    ...(rolesClaim === undefined ? {} : { rolesClaim }),
    ...(defaultRole === undefined ? {} : { defaultRole }),
  };
  return {
    host,
    keys,
    ...(issuer === undefined || audience === undefined ? {} : { oidc: { issuer, audience, ...oidc } }),
    ...(allowedHost === undefined ? {} : { allowedHosts: allowedHost }),
    ...(allowedOrigin === undefined ? {} : { allowedOrigins: allowedOrigin }),
  };
}

/** Options that change rules change those of the database, for whoever works on it. */
async function setRules(store: OpenStore, options: TrackOptions, { terminal }: Surroundings): Promise<void> {
  const { changeRules } = await import('@scorecast/track');
  const by = { subject: userName(), role: 'admin', via: 'open' } as const;
  const changed = await changeRules(store, changesOf(options), { by, reason: 'an option of "scorecast track"' });
  const words = Object.entries(changed).map(([name, { from, to }]) => `${name} ${from} -> ${to}`);
  if (words.length > 0) terminal.message('info', `the database keeps new rules: ${words.join(', ')}`, { changed });
}

/** Tells webhooks what they wait for, until the signal. */
async function deliverWebhooks(store: OpenStore, { signal, terminal }: Surroundings): Promise<void> {
  const { deliverEvents } = await import('@scorecast/track');
  while (!signal.aborted) {
    await deliverEvents(store).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      terminal.message('warn', `webhooks could not be told of changes: ${reason}`);
    });
    await pause(WEBHOOK_PAUSE_MS, signal);
  }
}

function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(end, delayMs);
    function end() {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    }
    signal.addEventListener('abort', end, { once: true });
  });
}
