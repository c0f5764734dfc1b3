import { among } from '../database/among.js';
import { type Dialect, type Queries } from '../database/database.js';
import { type DatasetInput } from './dataset.js';
import { groupBy } from './group-by.js';
import { type ModelInput, type ModelOutput } from './run.js';

/** The data sets that runs were given, by run. */
export async function datasetInputsOf(
  queries: Queries,
  dialect: Dialect,
  runIds: readonly string[],
): Promise<(runId: string) => readonly DatasetInput[]> {
  const inputs = await queries
    .selectFrom('inputs')
    .innerJoin('datasets', 'datasets.dataset_uuid', 'inputs.source_id')
    .select(['inputs.input_uuid', 'inputs.destination_id', 'datasets.name', 'datasets.digest'])
    .select(['dataset_source_type', 'dataset_source', 'dataset_schema', 'dataset_profile'])
    .where('inputs.destination_type', '=', 'RUN')
    .where('inputs.source_type', '=', 'DATASET')
    .where(among(dialect, 'inputs.destination_id', runIds))
    .orderBy('datasets.name')
    .orderBy('datasets.digest')
    .execute();
  if (inputs.length === 0) return () => [];
  const tags = await queries
    .selectFrom('input_tags')
    .select(['input_uuid', 'name', 'value'])
    .where(
      among(
        dialect,
        'input_uuid',
        inputs.map((input) => input.input_uuid),
      ),
    )
    .orderBy('name')
    .execute();
  const inputsOf = groupBy(inputs, (input) => input.destination_id);
  const tagsOf = groupBy(tags, (tag) => tag.input_uuid);
  return (runId) =>
    inputsOf(runId).map((input) => ({
      dataset: {
        name: input.name,
        digest: input.digest,
        sourceType: input.dataset_source_type,
        source: input.dataset_source,
        schema: input.dataset_schema,
        profile: input.dataset_profile,
      },
      tags: tagsOf(input.input_uuid).map(({ name, value }) => ({ key: name, value })),
    }));
}

interface ModelLinks {
  readonly modelInputs: (runId: string) => readonly ModelInput[];
  readonly modelOutputs: (runId: string) => readonly ModelOutput[];
}

/** The logged models that runs were given and made, by run. */
export async function modelLinksOf(queries: Queries, dialect: Dialect, runIds: readonly string[]): Promise<ModelLinks> {
  const links = await queries
    .selectFrom('inputs')
    .select(['source_id', 'source_type', 'destination_id', 'step'])
    .where('source_type', 'in', ['RUN_INPUT', 'RUN_OUTPUT'])
    .where(among(dialect, 'source_id', runIds))
    .where('destination_type', 'in', ['MODEL_INPUT', 'MODEL_OUTPUT'])
    .execute();
  const linksOf = groupBy(links, (link) => `${link.source_type} ${link.source_id}`);
  return {
    modelInputs: (runId) => linksOf(`RUN_INPUT ${runId}`).map((link) => ({ modelId: link.destination_id })),
    modelOutputs: (runId) =>
      linksOf(`RUN_OUTPUT ${runId}`).map((link) => ({ modelId: link.destination_id, step: link.step })),
  };
}
