import { errorFactory } from '../errors.js';
import { formatProblem, type Problem } from './problem.js';

/** How many problems a message lists before it only counts the rest. */
const LISTED = 5;

/** The errors of schemas and of records that do not meet them. */
export const schemaErrors = {
  SCHEMA_INVALID: {
    status: 400,
    exitCode: 2,
    message: (d: { problems: readonly { path: string; expected: string }[] }) =>
      `the schema is not valid:\n${d.problems.map((p) => `  ${p.path}: expected ${p.expected}`).join('\n')}`,
  },
  RECORD_INVALID: {
    status: 422,
    exitCode: 3,
    message: (d: { problems: readonly Problem[] }) => {
      const listed = d.problems.slice(0, LISTED).map((problem) => `\n  ${formatProblem(problem)}`);
      const rest = d.problems.length - listed.length;
      return `${d.problems.length} problem(s) in the input:${listed.join('')}${rest > 0 ? `\n  and ${rest} more` : ''}`;
    },
  },
};

/** Makes the error of a code of {@link schemaErrors}, for packages that read schemas and records in their own way. */
export const schemaError = errorFactory(schemaErrors);
