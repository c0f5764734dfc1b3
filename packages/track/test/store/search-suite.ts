import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { createRun, deleteRun, logBatch, searchRuns, type Run, type SearchRunsRequest } from '../../src/index.js';
import { onEachDatabase, type StoreInTest } from './backends.js';

/** Six runs; number i starts at 100 + i. */
const runs = [
  { name: 'zero', metrics: { acc: 0.5, loss: 3 }, params: { model: 'Ridge', alpha: '1' }, tags: { team: 'a' } },
  { name: 'one', metrics: { acc: 0.9, loss: NaN }, params: { model: 'lasso' }, tags: { team: 'b', 'my key': "it's" } },
  { name: 'two', metrics: { acc: NaN }, params: { model: 'ridge' }, tags: { team: 'A' } },
  { name: 'three', metrics: { acc: Infinity }, params: {}, tags: { note: '100%' } },
  { name: 'four', metrics: { acc: -Infinity }, params: { alpha: '10' }, tags: {} },
  { name: 'five', metrics: {}, params: { alpha: '2' }, tags: { note: '100x' } },
];

async function seed({ store }: StoreInTest): Promise<void> {
  for (const [index, { name, metrics, params, tags }] of runs.entries()) {
    const { runId } = (await createRun(store, { runName: name, startTime: 100 + index, userId: 'ada' })).info;
    const texts = (values: object): { key: string; value: string }[] =>
      Object.entries(values).map(([key, value]) => ({ key, value: String(value) }));
    await logBatch(store, {
      runId,
      metrics: Object.entries(metrics).map(([key, value]) => ({ key, value, timestamp: 1, step: 0 })),
      params: texts(params),
      tags: texts(tags),
    });
  }
}

onEachDatabase('searching runs', (open) => {
  beforeEach(async () => seed(open()));

  const search = async (request: Partial<SearchRunsRequest>): Promise<readonly Run[]> =>
    (await searchRuns(open().store, { experimentIds: ['0'], ...request })).items;
  const names = async (request: Partial<SearchRunsRequest>): Promise<(string | null)[]> =>
    (await search(request)).map(({ info }) => info.runName);
  const found = async (filter: string): Promise<(string | null)[]> => names({ filter, orderBy: ['start_time ASC'] });

  it('gives the newest first, with all that they recorded', async () => {
    expect(await names({})).toEqual(['five', 'four', 'three', 'two', 'one', 'zero']);
    const [one] = await search({ filter: "run_name = 'one'" });
    expect(one.data.params).toEqual([{ key: 'model', value: 'lasso' }]);
    expect(one.data.metrics).toHaveLength(2);
    expect(one.data.tags).toContainEqual({ key: 'my key', value: "it's" });
  });

  it('compares the latest metrics with numbers', async () => {
    expect(await found('metrics.acc > 0.5')).toEqual(['one', 'three']);
    expect(await found('metrics.acc >= 0.5 AND metric.loss = 3')).toEqual(['zero']);
    expect(await found('metrics.acc < -1e300')).toEqual(['four']);
    expect(await found('metrics.`acc` IN (0.5, 0.9)')).toEqual(['zero', 'one']);
  });

  it('finds NaN unequal to every number and in no order with any', async () => {
    expect(await found('metrics.acc != 0.5')).toEqual(['one', 'two', 'three', 'four']);
    expect(await found('metrics.loss < 1')).toEqual([]);
    expect(await found('metrics.acc NOT IN (0.5, 0.9)')).toEqual(['two', 'three', 'four']);
  });

  it('tells upper case from lower in LIKE, not in ILIKE', async () => {
    expect(await found("params.model LIKE 'r%'")).toEqual(['two']);
    expect(await found("params.model ILIKE 'r%'")).toEqual(['zero', 'two']);
    expect(await found("tags.team = 'a'")).toEqual(['zero']);
    expect(await found("tag.team ILIKE 'A'")).toEqual(['zero', 'two']);
    expect(await found("tags.note LIKE '100%'")).toEqual(['three', 'five']);
    expect(await found("tags.note LIKE '100_'")).toEqual(['three', 'five']);
    expect(await found("tags.note LIKE '100\\%'")).toEqual([]);
  });

  it('leaves out runs without the key, for != too', async () => {
    expect(await found("params.model != 'lasso'")).toEqual(['zero', 'two']);
    expect(await found("tags.team NOT IN ('a')")).toEqual(['one', 'two']);
  });

  it('reads keys and values in quotes', async () => {
    expect(await found("tags.`my key` = 'it''s'")).toEqual(['one']);
    expect(await found('tags."my key" = "it\'s"')).toEqual(['one']);
    expect(await found("tags.mlflow.runName = 'two'")).toEqual(['two']);
  });

  it('knows the attributes of runs', async () => {
    const [zero] = await search({ filter: "attributes.run_name = 'zero'" });
    expect(await found(`run_id IN ('${zero.info.runId}')`)).toEqual(['zero']);
    expect(await found(`attribute.run_id NOT IN ('${zero.info.runId}', 'x')`)).toHaveLength(5);
    expect(await found('start_time >= 103')).toEqual(['three', 'four', 'five']);
    expect(await found('attributes.start_time > 103.5')).toEqual(['four', 'five']);
    expect(await found('start_time IN (101, 102.5) OR start_time = 1e300')).toEqual(['one']);
    expect(await found('created < 101')).toEqual(['zero']);
    expect(await found("status = 'RUNNING' AND user_id = 'ada' AND \"Run name\" LIKE 't%'")).toEqual(['two', 'three']);
    expect(await found(`artifact_uri LIKE '%${zero.info.runId}/artifacts'`)).toEqual(['zero']);
    expect(await found('end_time > 0')).toEqual([]);
  });

  it('goes beyond MLflow with OR, parentheses and IN', async () => {
    expect(await found("params.model IN ('Ridge', 'ridge') AND (metrics.acc > 0 OR tags.team = 'A')")).toEqual([
      'zero',
      'two',
    ]);
    expect(await found("run_name = 'one' OR run_name = 'two' AND metrics.acc > 99")).toEqual(['one']);
    expect(await found("(run_name = 'one' or run_name = 'two') and (start_time = 101)")).toEqual(['one']);
  });

  it('orders by metrics: values, then NaN, then runs without', async () => {
    expect(await names({ orderBy: ['metrics.acc ASC'] })).toEqual(['four', 'zero', 'one', 'three', 'two', 'five']);
    expect(await names({ orderBy: ['metrics.acc DESC'] })).toEqual(['three', 'one', 'zero', 'four', 'two', 'five']);
  });

  it('orders by params, tags and attributes, those without last and ties by start', async () => {
    expect(await names({ orderBy: ['params.alpha'] })).toEqual(['zero', 'four', 'five', 'three', 'two', 'one']);
    expect(await names({ orderBy: ['params.alpha DESC'] })).toEqual(['five', 'four', 'zero', 'three', 'two', 'one']);
    expect(await names({ orderBy: ['tag.note desc', 'attributes.run_name'] })).toEqual([
      'five',
      'three',
      'four',
      'one',
      'two',
      'zero',
    ]);
    expect(await names({ orderBy: ['end_time', '`Run name` DESC'] })).toEqual([
      'zero',
      'two',
      'three',
      'one',
      'four',
      'five',
    ]);
  });

  it('gives pages that make up the whole in every order', async () => {
    const orders = [
      [],
      ['metrics.acc DESC'],
      ['metrics.acc'],
      ['params.alpha', 'tags.team DESC'],
      ['status'],
      ['end_time DESC'],
    ];
    for (const orderBy of orders) {
      const whole = await names({ orderBy });
      for (const maxResults of [1, 2, 4, 6]) {
        const pages: (string | null)[] = [];
        let pageToken: string | undefined;
        do {
          const page = await searchRuns(open().store, { experimentIds: ['0'], orderBy, maxResults, pageToken });
          pages.push(...page.items.map(({ info }) => info.runName));
          pageToken = page.nextPageToken;
        } while (pageToken !== undefined);
        expect(pages, `${orderBy.join()} in pages of ${maxResults}`).toEqual(whole);
      }
    }
  });

  it('skips and repeats no run when others come and go between two pages', async () => {
    const { store } = open();
    const first = await searchRuns(store, { experimentIds: ['0'], maxResults: 3 });
    await createRun(store, { runName: 'new', startTime: 999 });
    await deleteRun(store, first.items[0].info.runId);
    const second = await searchRuns(store, { experimentIds: ['0'], maxResults: 3, pageToken: first.nextPageToken });
    expect(second.items.map(({ info }) => info.runName)).toEqual(['two', 'one', 'zero']);
  });

  it('has a next page whenever a page is full, as MLflow does', async () => {
    const { store } = open();
    const full = await searchRuns(store, { experimentIds: ['0'], maxResults: 6 });
    expect(full.nextPageToken).toBeDefined();
    expect(await searchRuns(store, { experimentIds: ['0'], pageToken: full.nextPageToken })).toEqual({ items: [] });
    expect((await searchRuns(store, { experimentIds: ['0'], maxResults: 7 })).nextPageToken).toBeUndefined();
  });

  it('shows deleted runs when it is asked to', async () => {
    const { store } = open();
    const [{ info }] = await search({});
    await deleteRun(store, info.runId);
    expect(await names({})).toHaveLength(5);
    expect(await names({ viewType: 'DELETED_ONLY' })).toEqual(['five']);
    expect(await names({ viewType: 'ALL' })).toHaveLength(6);
    expect(await names({ experimentIds: ['1', 'abc'] })).toEqual([]);
    expect(await names({ experimentIds: [] })).toEqual([]);
  });

  it('asks at most seven questions of the database, however many runs there are', async () => {
    const { store } = open();
    let statements = 0;
    const counting = {
      ...store,
      db: {
        ...store.db,
        dialect: store.db.dialect,
        read: async <T>(work: Parameters<typeof store.db.read<T>>[0]) =>
          store.db.read<T>(async (queries) =>
            work(
              queries.withPlugin({
                transformQuery: ({ node }) => {
                  statements += 1;
                  return node;
                },
                transformResult: async ({ result }) => result,
              }),
            ),
          ),
      },
    };
    await searchRuns(counting, { experimentIds: ['0'], filter: 'metrics.acc > 0', orderBy: ['params.alpha'] });
    expect(statements).toBeGreaterThan(3);
    expect(statements).toBeLessThanOrEqual(7);
  });

  it('refuses limits, tokens and words that it does not know', async () => {
    const refused = async (request: Partial<SearchRunsRequest>): Promise<void> =>
      expect(search(request), JSON.stringify(request)).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
    await refused({ maxResults: 0 });
    await refused({ maxResults: 50_001 });
    for (const pageToken of ['%%%', 'abc', 'e30=', Buffer.from('{"offset": -1}').toString('base64')]) {
      await refused({ pageToken });
    }
    for (const filter of [
      "metrics.acc = 'x'",
      'params.model = 3',
      "params.model > 'a'",
      'metrics.acc LIKE 3',
      "nope = 'x'",
    ]) {
      await refused({ filter });
    }
    for (const orderBy of ['nope', 'metrics.acc UP', 'datasets.name', 'metrics.acc DESC x', '']) {
      await refused({ orderBy: [orderBy] });
    }
    await refused({ orderBy: ['metrics.acc', 'metrics.acc DESC'] });
  });

  describe('with texts that were made to break out', () => {
    it('finds what equals them, and nothing else', async () => {
      const { store } = open();
      const texts = [
        "'; drop table runs; --",
        "' or '1'='1",
        '$1',
        '?',
        '%',
        '\\',
        '"',
        '`',
        '{}',
        ':a',
        'a\u{1F600}b',
      ];
      for (const [index, text] of texts.entries()) {
        const { runId } = (await createRun(store, { runName: `hostile ${index}`, startTime: index })).info;
        await logBatch(store, { runId, params: [{ key: 'p', value: text }] });
      }
      for (const [index, text] of texts.entries()) {
        expect(await found(`params.p = '${text.replaceAll("'", "''")}'`), text).toEqual([`hostile ${index}`]);
      }
    });

    it('never fails otherwise than by saying what is wrong', async () => {
      const pieces = [
        "'",
        '"',
        '`',
        '(',
        ')',
        ',',
        '.',
        ' AND ',
        ' OR ',
        'metrics.acc',
        'params.',
        '=',
        '!=',
        ' IN ',
        "('a')",
        '1e9',
        '-',
        ';',
        '--',
        '\0',
        '$1',
        '?',
      ];
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 3 })), { maxLength: 12 }),
          async (parts) => {
            const answer = await found(parts.join('')).catch((error: unknown) => error);
            if (!Array.isArray(answer)) expect(answer).toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
          },
        ),
        { numRuns: 150 },
      );
    });
  });
});
