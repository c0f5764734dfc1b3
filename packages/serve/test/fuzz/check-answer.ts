import { Ajv2020 } from 'ajv/dist/2020.js';
import { operationsOf, type FuzzRequest } from './api-requests.js';
import { asSchema, type Schema } from './schema-values.js';

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly type: string | undefined;
  readonly body: string;
}

/** What every address may say besides what its operation says: it does not take this method, or this is no URL. */
const ANYWHERE = [400, 404, 405];

/** What a right request may be told where it is about something that is not there. */
const NOT_THERE = [404, 409];

/** Tells what is wrong with an answer after a service's own description; undefined when nothing is. */
export function answerChecker(document: Schema): (request: FuzzRequest, answer: Answer) => string | undefined {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  ajv.addSchema({ ...document, $id: 'api' });
  const operations = new Map(operationsOf(document).map((operation) => [operation.name, operation]));
  const validators = new Map<string, ReturnType<typeof ajv.compile>>();
  const validator = (pointer: string) => {
    const known = validators.get(pointer) ?? ajv.compile({ $ref: `api#${pointer}` });
    validators.set(pointer, known);
    return known;
  };
  const problem = validator('/components/schemas/Problem');

  return (request, { status, type = '', body }) => {
    const operation = operations.get(request.operation);
    if (operation === undefined) return 'is for no operation of the description';
    const { path, method, description } = operation;
    const mediaType = type.split(';', 1)[0].trim();
    if (request.isRight && status !== 200 && !NOT_THERE.includes(status)) {
      return `is right, and was answered with ${status}: ${body.slice(0, 300)}`;
    }
    // Node itself answers what it is asked to promise and does not know.
    if (status === 417 && body === '') return undefined;
    if (status >= 500) return `was answered with ${status}`;
    if (request.method === 'HEAD') return undefined;
    const content = asSchema(asSchema(asSchema(description['responses'])[status])['content']);
    if (request.method !== method || content[mediaType] === undefined) {
      if (request.method === method && !ANYWHERE.includes(status)) return `${status} ${type} is not described`;
      if (mediaType === 'text/html') return ANYWHERE.includes(status) ? undefined : `${status} is a page`;
      if (mediaType !== 'application/problem+json') {
        return request.method === method ? `${status} as ${type}` : undefined;
      }
      return failure(problem, parsed(body)) ?? statusOf(body, status);
    }
    const isJson = mediaType.endsWith('json');
    const place = ['paths', path, method.toLowerCase(), 'responses', String(status), 'content', mediaType, 'schema'];
    const pointer = place.map((step) => `/${encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))}`);
    return failure(validator(pointer.join('')), isJson ? parsed(body) : body);
  };

  function failure(validate: ReturnType<typeof ajv.compile>, value: unknown): string | undefined {
    return validate(value) ? undefined : `the answer is not as described: ${ajv.errorsText(validate.errors)}`;
  }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function statusOf(body: string, status: number): string | undefined {
  return asSchema(parsed(body))['status'] === status ? undefined : 'the body names another status';
}
