import { checkLength, checkName, invalid } from './checks.js';
import { type Stage } from './model-version.js';
import { type Tag } from './tag.js';

const MAX_TAG_KEY_LENGTH = 250;
const MAX_TAG_VALUE_LENGTH = 100_000;
const MAX_ALIAS_LENGTH = 255;
const STAGES: readonly Stage[] = ['None', 'Staging', 'Production', 'Archived'];

/** Refuses a missing name. */
export function checkModelName(name: string): void {
  if (name === '') throw invalid("Missing value for required parameter 'name'.");
}

/** Refuses a tag that a model or version cannot have. */
export function checkRegistryTag({ key, value }: Tag): void {
  checkName(key, 'key');
  checkLength('key', key, MAX_TAG_KEY_LENGTH);
  checkLength('value', value, MAX_TAG_VALUE_LENGTH);
}

/** The number in a version. */
export function versionNumber(version: string): number {
  if (!/^[-+]?\d+$/u.test(version.trim())) throw invalid(`Parameter 'version' must be an integer, got '${version}'.`);
  // The column has 32 bits; no version is larger.
  return Math.min(Number(version), 2 ** 31 - 1);
}

/** Refuses what cannot be an alias. */
export function checkAlias(alias: string): void {
  if (alias === '') throw invalid('Registered model alias name cannot be empty.');
  if (!/^[\p{L}\p{N}_-]*$/u.test(alias)) {
    throw invalid(
      `Invalid alias name: '${alias}'. Names may only contain alphanumerics, underscores (_), and dashes (-).`,
    );
  }
  checkLength('Registered model alias name', alias, MAX_ALIAS_LENGTH);
}

/** Refuses an alias that means something else: `latest`, and `v1` and so on. */
export function checkAliasIsFree(alias: string): void {
  if (alias.toLowerCase() === 'latest') throw invalid("'latest' alias name (case insensitive) is reserved.");
  if (/^v\d+$/iu.test(alias)) throw invalid(`Version alias name '${alias}' is reserved.`);
}

/** The stage that a text names, whatever its case. */
export function stageNamed(text: string): Stage {
  const stage = STAGES.find((one) => one.toLowerCase() === text.toLowerCase());
  if (stage === undefined) {
    throw invalid(`Invalid Model Version stage: ${text}. Value must be one of ${STAGES.join(', ')}.`);
  }
  return stage;
}
