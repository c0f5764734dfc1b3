import { STATUS_CODES } from 'node:http';
import { PROBLEM_TYPE } from '../answer/problem-details.js';
import type { ServedModel } from '../served-model.js';
import { apiOperations, type ApiOperation } from './api-operations.js';
import { problemSchema } from './json-schemas.js';
import type { Protection } from './protection.js';

/** What every body can be refused with: unreadable, too slow, too large, of another type. */
const BODY_REFUSALS = [400, 408, 413, 415];

/** The service in OpenAPI 3.1: what may be sent follows from the bundle's schema, and every example is a real one. */
export function openApiDocument(model: ServedModel, protection: Protection): Readonly<Record<string, unknown>> {
  const { name, version, schema } = model.bundle;
  return {
    openapi: '3.1.0',
    info: {
      title: `${name}: predictions of the ${schema.target.label}`,
      version,
      description: 'Answers come with an interval that holds the true value as often as it says. Errors are RFC 9457.',
    },
    paths: Object.fromEntries(
      apiOperations(model).map((operation) => [
        operation.path,
        { [operation.method]: describe(operation, protection) },
      ]),
    ),
    ...protection.security,
    components: { schemas: { Problem: problemSchema }, securitySchemes: protection.securitySchemes },
  };
}

function describe(operation: ApiOperation, protection: Protection) {
  const { path, summary, explains, pathParameters = {}, bodies, answerType, answer, refusals } = operation;
  const statuses = [...(bodies === undefined ? [] : BODY_REFUSALS), ...refusals, ...protection.refusals(path)];
  const parameters = [
    ...Object.entries(pathParameters).map(([name, schema]) => ({ name, in: 'path', required: true, schema })),
    ...(explains === true ? [explainParameter] : []),
  ];
  return {
    operationId: path.slice(1).replaceAll(/[^a-z]+(\w)/g, (_match, letter: string) => letter.toUpperCase()),
    summary,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(bodies === undefined ? {} : { requestBody: { required: true, content: bodies } }),
    responses: {
      200: { description: 'The answer.', content: { [answerType]: answer } },
      ...Object.fromEntries(statuses.map((status) => [status, refusal(status)])),
    },
  };
}

const explainParameter = {
  name: 'explain',
  in: 'query',
  description: 'Adds what each feature contributes to each prediction.',
  schema: { type: 'string', enum: ['true', 'false'], default: 'false' },
};

function refusal(status: number) {
  const [mediaType] = PROBLEM_TYPE.split(';');
  return {
    description: STATUS_CODES[status] ?? 'Refused',
    content: { [mediaType]: { schema: { $ref: '#/components/schemas/Problem' } } },
  };
}
