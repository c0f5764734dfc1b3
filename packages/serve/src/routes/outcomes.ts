import type { FastifyInstance } from 'fastify';
import { csvRecords } from '../input/csv-records.js';
import { jsonLineRecords, jsonRecords } from '../input/json-records.js';
import type { RequestRecords } from '../input/request-records.js';
import { predictionLogError } from '../prediction-log/log-error.js';
import { outcomeSchema, readOutcomes } from '../prediction-log/read-outcomes.js';
import type { ServeContext } from '../serve-context.js';
import { serveError } from '../serve-error.js';
import { JSON_LINES } from './predict.js';
import { readBodies, type BodyReaders } from './read-bodies.js';

/** How many ids an answer lists that the log does not have. */
const LISTED_IDS = 100;

/**
 * `POST /outcomes`: what turned out to be true, by the ids of predictions: one `{ "id", "outcome", "at"? }` or a list as
 * JSON, or lines of NDJSON or CSV. Answered, when they are kept, by how many there are and how many belong to no
 * prediction that the log has; those are kept too. The same outcome may be sent again; another one is a correction.
 */
export function outcomesRoute(app: FastifyInstance, { recorder, options }: ServeContext): void {
  const readers: BodyReaders = {
    'application/json': jsonRecords,
    ...Object.fromEntries(JSON_LINES.map((type) => [type, jsonLineRecords])),
    'text/csv': (body, { bundle }) => csvRecords(body, outcomeSchema(bundle.schema.target)),
  };
  void app.register(async (scope) => {
    readBodies(scope, readers);
    const config = { reads: 'application/json, application/x-ndjson or text/csv', access: 'outcomes' } as const;
    scope.post<{ Body: RequestRecords | undefined }>('/outcomes', { config }, async ({ body, model }, reply) => {
      const { log } = recorder;
      if (log === undefined) throw predictionLogError('SERVE_LOG_OFF', {});
      if (body === undefined) throw serveError('SERVE_JSON_UNREADABLE', { reason: 'it is empty' });
      const { length } = body.records;
      if (length > options.maxRecords) {
        throw serveError('SERVE_TOO_MANY_RECORDS', { found: length, limit: options.maxRecords });
      }
      const rows = readOutcomes(body, model.bundle.schema.target, options.now().getTime());
      await log.writeOutcomes(rows);
      const ids = rows.map(({ id }) => id);
      const known = await log.knownIds(ids);
      const unknown = ids.filter((id) => !known.has(id));
      return reply.header('cache-control', 'no-store').send({
        recorded: rows.length,
        unknown: unknown.length,
        ...(unknown.length === 0 ? {} : { unknownIds: unknown.slice(0, LISTED_IDS) }),
      });
    });
  });
}
