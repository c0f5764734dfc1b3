import { checkMaxResults, invalid } from '../../store/checks.js';
import { getMetricHistory, getMetricHistoryBulk } from '../../store/metric-history.js';
import { getMetricHistoryBulkInterval } from '../../store/sampled-history.js';
import { route, type ApiRoute } from '../api-route.js';
import { filled, runId } from '../request/entities.js';
import { required, text, texts, whole, type FieldSource } from '../request/fields.js';
import { wireMetric } from '../wire/run.js';

/** Histories of metrics. */
export const metricRoutes: readonly ApiRoute[] = [
  route('GET', 'metrics/get-history', 'viewer', async ({ store, fields }) => {
    const page = await getMetricHistory(store, {
      runId: runId(fields),
      metricKey: required(text, fields, 'metric_key'),
      maxResults: maxResults(fields),
      pageToken: filled(fields, 'page_token'),
    });
    return { metrics: page.items.map(wireMetric), next_page_token: page.nextPageToken };
  }),
  route('GET', 'metrics/get-history-bulk', 'viewer', async ({ store, fields }) => {
    const metrics = await getMetricHistoryBulk(store, {
      runIds: texts(fields, 'run_id') ?? [],
      metricKey: bulkKey(fields),
      maxResults: maxResults(fields),
    });
    return { metrics: metrics.map(wireMetric) };
  }),
  route('GET', 'metrics/get-history-bulk-interval', 'viewer', async ({ store, fields }) => {
    const metrics = await getMetricHistoryBulkInterval(store, {
      runIds: required(texts, fields, 'run_ids'),
      metricKey: required(text, fields, 'metric_key'),
      startStep: whole(fields, 'start_step'),
      endStep: whole(fields, 'end_step'),
      maxResults: whole(fields, 'max_results'),
    });
    return { metrics: metrics.map(wireMetric) };
  }),
];

/** In MLflow's words, which are others than for the rest. */
function bulkKey(fields: FieldSource): string {
  const key = filled(fields, 'metric_key');
  if (key === undefined) throw invalid('GetMetricHistoryBulk request must specify a metric_key.');
  return key;
}

/** The largest number of points that is asked for, if one is. */
function maxResults(fields: FieldSource): number | undefined {
  const count = whole(fields, 'max_results');
  if (count !== undefined) checkMaxResults(count, Number.MAX_SAFE_INTEGER - 1);
  return count;
}
