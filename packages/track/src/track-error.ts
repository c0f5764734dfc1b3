import { errorFactory } from '@scorecast/core';

interface Told {
  readonly message: string;
}

const told = (details: Told): string => details.message;

/** The errors of the tracking server. Their codes are those that MLflow's clients know. */
export const trackErrors = {
  INVALID_PARAMETER_VALUE: { status: 400, exitCode: 2, message: told },
  RESOURCE_DOES_NOT_EXIST: { status: 404, exitCode: 1, message: told },
  RESOURCE_ALREADY_EXISTS: { status: 400, exitCode: 1, message: told },
};

/** Makes an error of this package. */
export const trackError = errorFactory(trackErrors);
