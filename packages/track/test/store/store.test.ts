import { stopAfterAll } from './backends.js';
// One file runs the whole suite, so that one PostgreSQL is started for all of it.
import './experiments-suite.js';
import './histories-suite.js';
import './inputs-suite.js';
import './logged-models-suite.js';
import './records-suite.js';
import './registry-suite.js';
import './runs-suite.js';
import './search-suite.js';
import './traces-suite.js';

stopAfterAll();
