import { errorFactory } from '@scorecast/core';

/** The errors of the log of predictions. */
export const predictionLogErrors = {
  SERVE_LOG_OFF: {
    status: 409,
    exitCode: 1,
    message: () =>
      'predictions are not recorded here, so that there is nothing to look up or add to (start the server with --log-predictions and a folder)',
  },
  SERVE_LOG_BROKEN: {
    status: 503,
    exitCode: 1,
    message: () =>
      "the log of predictions cannot be read or written just now (try again in a moment; the server's own log says why)",
  },
  SERVE_LOG_ADD_ON: {
    status: 500,
    exitCode: 2,
    message: (d: { place: string; addOn: string }) =>
      `predictions cannot be logged to ${d.place}: the add-on ${d.addOn} is not installed (install it beside the server with "npm install ${d.addOn}", or log to a folder)`,
  },
  SERVE_OUTCOMES_INVALID: {
    status: 422,
    exitCode: 3,
    message: (d: { errors: readonly object[]; errorCount: number }) =>
      `${d.errorCount} ${d.errorCount === 1 ? 'value' : 'values'} in the outcomes cannot be used (each is listed under "errors"` +
      `${d.errors.length < d.errorCount ? `, the first ${d.errors.length} of them` : ''}; nothing was recorded)`,
  },
  SERVE_PREDICTION_UNKNOWN: {
    status: 404,
    exitCode: 1,
    message: (d: { id: string }) =>
      `there is no prediction ${JSON.stringify(d.id)} in the log (expected an id as answers have it; the log may no longer hold it, and what another process gave appears after a moment)`,
  },
  SERVE_INPUTS_NOT_LOGGED: {
    status: 409,
    exitCode: 3,
    message: (d: { id: string; logged: string }) =>
      `prediction ${d.id} cannot be computed again: its inputs are ${d.logged} in the log (only a server with --log-inputs full writes them down)`,
  },
  SERVE_OTHER_BUNDLE: {
    status: 409,
    exitCode: 3,
    message: (d: { id: string; logged: string; found: string }) =>
      `prediction ${d.id} was given by ${d.logged}, and the bundle is ${d.found} (expected the bundle that gave it)`,
  },
};

export const predictionLogError = errorFactory(predictionLogErrors);
