import { stopAfterAll } from './backends.js';
// One file runs the whole suite, so that one PostgreSQL is started for all of it.
import './experiments.spec.js';
import './histories.spec.js';
import './inputs.spec.js';
import './logged-models.spec.js';
import './records.spec.js';
import './registry.spec.js';
import './runs.spec.js';
import './search.spec.js';
import './traces.spec.js';

stopAfterAll();
