#!/usr/bin/env node
// In the repository, and executable there: what the compiler writes is neither when npm links the command.
import '../dist/main.js';
