/** What a cut makes small. `friedman_mse` of scikit-learn orders all cuts of a node as `squared_error` does. */
export type Criterion = 'squared_error' | 'absolute_error' | 'poisson';
