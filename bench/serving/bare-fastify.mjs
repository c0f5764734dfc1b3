// The same echo on the framework that the service is built on, without log, checks or headers. bare-fastify.mjs PORT

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../../scripts/prepare.mjs';

const { fastify } = createRequire(join(root, 'packages/serve/package.json'))('fastify');

const app = fastify();
app.get('/health', async () => ({ status: 'ok' }));
app.post('/predict', async (request) => request.body);
await app.listen({ host: '127.0.0.1', port: Number(process.argv[2]) });
