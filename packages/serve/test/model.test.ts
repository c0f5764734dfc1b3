import { describe, expect, it } from 'vitest';
import { answerErrors } from '../src/answer/answer-errors.js';
import { readAssets } from '../src/assets.js';
import { bareServer } from '../src/bare-server.js';
import { createServer } from '../src/index.js';
import { readyRoute } from '../src/routes/ready.js';
import { modelOfRequests, serveContext } from '../src/serve-context.js';
import { openRecorder } from '../src/prediction-log/recorder.js';
import { completeOptions } from '../src/server-options.js';
import { examsBundle, examsSchema } from './exams-bundle.js';

const bundle = await examsBundle();

describe('GET /model', () => {
  it('says what is served, how good it is and where it comes from', async () => {
    const app = await createServer(bundle, { logLevel: 'silent' });
    const { name, version, metrics, interval, provenance } = bundle;
    expect((await app.inject('/model')).json()).toEqual({
      name,
      version,
      kind: 'linear',
      schema: examsSchema,
      metrics,
      interval,
      provenance,
    });
  });

  it('says null for the radius of an interval without bounds', async () => {
    const open = await examsBundle({ interval: { ...bundle.interval, radius: Infinity } });
    const app = await createServer(open, { logLevel: 'silent' });
    expect((await app.inject('/model')).json().interval.radius).toBeNull();
  });
});

describe('GET /ready', () => {
  it('is ready until the server is told to stop, and then sends requests elsewhere', async () => {
    const options = completeOptions({ logLevel: 'silent' });
    const app = bareServer(options);
    const recorder = await openRecorder(options, options.now, app.log);
    const context = serveContext(bundle, options, await readAssets(), recorder);
    modelOfRequests(app, context);
    answerErrors(app, context);
    readyRoute(app, context);
    const answers: Response[] = [];
    app.addHook('preClose', async () => {
      answers.push(await fetch(`${url}/ready`));
    });
    const url = await app.listen({ port: 0 });
    expect(await (await fetch(`${url}/ready`)).json()).toEqual({
      status: 'ready',
      model: 'exams',
      version: bundle.version,
    });
    await app.close();
    expect(answers[0].status).toBe(503);
    expect(await answers[0].json()).toMatchObject({ code: 'SERVE_STOPPING' });
  });
});
