export { defineConfig, type Config } from './config/config.js';
export { defineSchema, type Schema, type SchemaInput } from '@scorecast/core';
export { cliErrors } from './cli-error.js';
