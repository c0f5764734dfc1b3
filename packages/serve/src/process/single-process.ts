import { openServer } from '../start-server.js';
import type { Settings } from '../settings/settings.js';
import { readBundleFile } from './bundle-file.js';
import type { RunningService } from './keep-serving.js';
import { reloader } from './reloader.js';

/**
 * Serves the bundle at a path from this very process.
 *
 * @throws SERVE_NO_BUNDLE, BUNDLE_..., and what `startServer` throws
 */
export async function singleProcess(
  path: string,
  settings: Settings,
  logStream?: { write(line: string): void },
): Promise<RunningService> {
  const { bundle } = await readBundleFile(path);
  const { url, app, context, close, cut } = await openServer(bundle, {
    ...settings,
    ...(logStream === undefined ? {} : { logStream }),
  });
  const { reload, families } = reloader(path, bundle, (next) => context.replace(next.bundle), app.log);
  context.metrics.add(families);
  return {
    url,
    bundle,
    reload,
    cut,
    async stop() {
      app.log.info('stopping');
      await close();
      app.log.info('stopped');
    },
    failed: new Promise<never>(() => undefined),
  };
}
