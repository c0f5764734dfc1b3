import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { type Identity, type Role } from '../access/role.js';
import { type Acting } from '../registry/audited-verbs.js';
import { trackError } from '../track-error.js';
import { requestFields } from './request/request-fields.js';
import { type FieldSource } from './request/fields.js';
import { guard, type ServerContext } from './server-context.js';

/** What a route of the API is given. */
export interface ApiCall extends ServerContext {
  /** The fields of the query or of the JSON body. */
  readonly fields: FieldSource;
  readonly request: FastifyRequest;
}

/** A route of the API: its fields in, an object in wire format out. */
export interface ApiRoute {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** After the prefix, such as `runs/create`; `:name` is a part that varies. */
  readonly path: string;
  readonly role: Role;
  readonly answer: (call: ApiCall) => Promise<object>;
}

/** Makes the routes of one group; the method comes first, as in HTTP. */
export function route(method: ApiRoute['method'], path: string, role: Role, answer: ApiRoute['answer']): ApiRoute {
  return { method, path, role, answer };
}

/** Who is at work in a call. */
export function identityOf({ request: { identity } }: Pick<ApiCall, 'request'>): Identity {
  if (identity === undefined) throw trackError('UNAUTHENTICATED', { message: 'nobody was asked who they are' });
  return identity;
}

/** Who is at work in a call, and by which rules. */
export async function acting(call: Pick<ApiCall, 'store' | 'policy' | 'request'>): Promise<Acting> {
  return { store: call.store, policy: await call.policy(), by: identityOf(call) };
}

/** Adds routes under all their prefixes: `api` for clients, `ajax-api` for pages. */
export function addApiRoutes(
  app: FastifyInstance,
  context: ServerContext,
  family: '2.0/mlflow' | '3.0/mlflow' | '2.0/scorecast',
  routes: readonly ApiRoute[],
): void {
  for (const { method, path, role, answer } of routes) {
    for (const prefix of ['api', 'ajax-api']) {
      app.route({
        method,
        url: `/${prefix}/${family}/${path}`,
        onRequest: guard(context, role),
        handler: async (request: FastifyRequest) => answer({ ...context, request, fields: requestFields(request) }),
      });
    }
  }
}

/** A part of the path that varies. */
export function pathParameter(request: FastifyRequest, name: string): string {
  const { params } = request;
  const value: unknown = typeof params === 'object' && params !== null ? Reflect.get(params, name) : undefined;
  return typeof value === 'string' ? value : '';
}
