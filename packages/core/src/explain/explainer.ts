import type { Bundle } from '../bundle/bundle.js';
import { predictPipeline, type Pipeline } from '../model/model.js';
import { transformAll } from '../transform/transformer.js';
import type { Table } from '../table/table.js';
import { columnMeans } from './column-means.js';
import { columnOwners } from './column-owners.js';
import { addByFeature, type Contributions } from './contributions.js';
import { explainByEnumeration, MAX_ENUMERATED } from './explain-by-enumeration.js';
import { explainError } from './explain-error.js';
import { explainLinear } from './explain-linear.js';
import { treesExplainer } from './explain-trees.js';
import type { Explanation, ExplanationMethod } from './explanation.js';
import { typicalRow } from './typical-row.js';

/** Explains predictions of one bundle; made once, used for every request. */
export interface Explainer {
  readonly method: ExplanationMethod;
  /** What the base stands for, in words: contributions say how far a row is from it. */
  readonly reference: string;
  /** @param features Rows of the schema's features. */
  explainTable(features: Table): readonly Explanation[];
}

/** Contributions of the schema's features to the predictions for some rows. */
type Explain = (features: Table) => Contributions;

interface Way {
  readonly method: ExplanationMethod;
  readonly explain: Explain;
}

const REFERENCES: Readonly<Record<ExplanationMethod, string>> = {
  linear: 'the mean of the training rows',
  'tree-shap': 'the mean of the training rows, as they went through the trees',
  members: 'the mean of the training rows, as each member of the model saw them',
  enumeration: 'a typical record: the median of each number and the most frequent level of the rest',
};

/**
 * Prepares exact explanations of a bundle's predictions.
 *
 * Linear models, trees that are averaged or added, and stacks of such are explained in closed form. Everything else
 * (neighbours, networks, weighted medians, products of columns) by enumeration, up to 10 features.
 *
 * @throws EXPLAIN_TOO_MANY_FEATURES, EXPLAIN_NO_REFERENCE
 * @example
 * const [{ base, contributions }] = explainer(tinyBundle).explainTable(table([numericColumn('hours', [7])]));
 * [base, contributions[0]]; // => [50, 20]
 */
export function explainer(bundle: Bundle): Explainer {
  const { method, explain } = closedForm(bundle.pipeline, bundle) ?? enumeration(bundle);
  return {
    method,
    reference: REFERENCES[method],
    explainTable(features) {
      const { base, values } = explain(features);
      const predictions = predictPipeline(bundle.pipeline, features);
      return Array.from(predictions, (prediction, i) => ({
        base,
        prediction,
        contributions: Float64Array.from(values, (column) => column[i]),
      }));
    },
  };
}

/** Undefined where there is no closed form. */
function closedForm(pipeline: Pipeline, bundle: Bundle): Way | undefined {
  const { transformers, model } = pipeline;
  const { features } = bundle.schema;
  if (model.kind === 'stack') {
    // The members start from the schema's columns as they are.
    if (transformers.length > 0) return undefined;
    const members = model.members.map((member) => closedForm(member, bundle));
    return members.every((member) => member !== undefined) ? weightedMembers(members, model) : undefined;
  }
  const owners = columnOwners(
    transformers,
    features.map(({ name }) => name),
  );
  const explainColumns = owners === undefined ? undefined : columnExplainer(pipeline, bundle, owners);
  if (owners === undefined || explainColumns === undefined) return undefined;
  return {
    method: model.kind === 'linear' ? 'linear' : 'tree-shap',
    explain: (rows) =>
      addByFeature(explainColumns(transformAll(transformers, rows)), owners, features.length, rows.rowCount),
  };
}

function columnExplainer(
  { transformers, model }: Pipeline,
  bundle: Bundle,
  owners: readonly number[],
): Explain | undefined {
  if (model.kind === 'linear') {
    const { schema, reference, metrics } = bundle;
    const means = columnMeans(schema.features, reference, metrics.trainRows, transformers, owners);
    return (columns) => explainLinear(model, columns, means);
  }
  return model.kind === 'tree-ensemble' && model.combine !== 'weighted-median' ? treesExplainer(model) : undefined;
}

/** Shapley values of a weighted sum are the weighted sums of Shapley values. */
function weightedMembers(
  members: readonly Way[],
  { weights, intercept }: { readonly weights: Float64Array; readonly intercept: number },
): Way {
  return {
    method: 'members',
    explain(rows) {
      const parts = members.map(({ explain }) => explain(rows));
      const values = parts[0].values.map((_, f) =>
        Float64Array.from({ length: rows.rowCount }, (_row, i) =>
          parts.reduce((sum, part, m) => sum + weights[m] * part.values[f][i], 0),
        ),
      );
      return { base: parts.reduce((sum, part, m) => sum + weights[m] * part.base, intercept), values };
    },
  };
}

function enumeration({ pipeline, schema, reference }: Bundle): Way {
  const { features } = schema;
  if (features.length > MAX_ENUMERATED) {
    throw explainError('EXPLAIN_TOO_MANY_FEATURES', {
      model: pipeline.model.kind,
      features: features.length,
      limit: MAX_ENUMERATED,
    });
  }
  const typical = typicalRow(features, reference);
  return { method: 'enumeration', explain: (rows) => explainByEnumeration(pipeline, features, rows, typical) };
}
