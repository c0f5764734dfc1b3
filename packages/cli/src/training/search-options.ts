import type { Dataset } from '@scorecast/data';
import type { TrainingOptions } from '@scorecast/train';
import { cliError } from '../cli-error.js';
import type { ParsedConfig } from '../config/parse-config.js';

/**
 * What of a job says how candidates are drawn, split and chosen.
 *
 * @throws CLI_GROUP when the group column is no identifier of the schema; CLI_GROUP_MISSING when a row has no group.
 */
export function searchOptions(
  { search, space, metric, group, stratify }: ParsedConfig,
  { identifiers, rowNumbers }: Dataset,
): Pick<TrainingOptions, 'search' | 'space' | 'metric' | 'groups' | 'groupColumn' | 'stratify'> {
  const groups = identifiers.find(({ name }) => name === group)?.values;
  if (group !== undefined && groups === undefined) {
    throw cliError('CLI_GROUP', { group, identifiers: identifiers.map(({ name }) => name) });
  }
  const unnamed = groups?.indexOf(null) ?? -1;
  if (group !== undefined && unnamed >= 0) {
    const rows = groups?.filter((name) => name === null).length ?? 0;
    throw cliError('CLI_GROUP_MISSING', { group, row: rowNumbers[unnamed], rows });
  }
  return {
    ...(search === undefined ? {} : { search }),
    ...(space === undefined ? {} : { space }),
    ...(metric === undefined ? {} : { metric }),
    ...(groups === undefined || group === undefined ? {} : { groups, groupColumn: group }),
    ...(stratify === undefined ? {} : { stratify }),
  };
}
