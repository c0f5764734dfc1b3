import { text } from './json.js';

/** What the server refused, in its own words. */
export class ApiError extends Error {
  readonly status: number;
  /** MLflow's name of the reason, such as `INVALID_PARAMETER_VALUE`. */
  readonly code: string;

  constructor(status: number, answer: unknown) {
    super(text(answer, 'message') || `The server answered with status ${status}.`);
    this.name = 'ApiError';
    this.status = status;
    this.code = text(answer, 'error_code');
  }
}

/** What to say of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
