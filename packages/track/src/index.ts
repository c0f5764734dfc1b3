export { trackErrors, trackError } from './track-error.js';
