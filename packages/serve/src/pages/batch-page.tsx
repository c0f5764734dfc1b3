import { expectation } from '@scorecast/core';
import { ADDED_COLUMNS } from '../batch/batch-job.js';
import { renderPage, type PageFrame } from './render-page.js';
import { capitalised, counted, sizeText } from './wording.js';

/** How large a file may be. */
interface FileLimits {
  readonly batchLimitBytes: number;
  readonly batchMaxRows: number;
}

/** The page that takes a file and gives it back with predictions. */
export function batchPage(frame: PageFrame, { batchLimitBytes, batchMaxRows }: FileLimits): string {
  const { schema } = frame.model.bundle;
  return renderPage(
    {
      title: 'Predict a file',
      path: '/predictfile',
      description: `Predict the ${schema.target.label} of every row of a CSV or Parquet file.`,
      content: (
        <>
          <h1>Predict a file</h1>
          <p class="lead">
            Send a table with one row for each {schema.target.label} that you want to know, and get it back with the
            prediction, its range, or what is wrong, beside each row.
          </p>
          <form class="panel upload" method="post" action="/predictfile" enctype="multipart/form-data">
            <label for="file">CSV or Parquet file</label>
            <input
              type="file"
              id="file"
              name="file"
              required
              accept=".csv,.parquet,text/csv,application/vnd.apache.parquet"
              aria-describedby="file-hint"
            />
            <p class="help" id="file-hint">
              At most {sizeText(batchLimitBytes)} and {counted(batchMaxRows, 'row')}. From Excel, save as “CSV UTF-8”.
              The answer is a download; it begins when the last row has been read. The file is deleted here as soon as
              it has been answered.
            </p>
            <label class="choice">
              <input type="checkbox" name="decimalComma" />
              Numbers are written with a comma, as in 3,5
            </label>
            <div class="actions">
              <button type="submit">Predict all rows</button>
              <a href="/predictfile/template.csv">Get an example to fill in</a>
            </div>
          </form>
          <section aria-labelledby="columns">
            <h2 id="columns">What the file needs</h2>
            <p>
              A first line with these names, in any order. Other columns, such as names of pupils, are not looked at and
              come back as they are.
            </p>
            <dl class="facts wide">
              {schema.features.map((feature) => (
                <div key={feature.name}>
                  <dt>
                    <code>{feature.name}</code>
                  </dt>
                  <dd>
                    {capitalised(expectation(feature))}
                    {feature.optional && ', or nothing'}
                  </dd>
                </div>
              ))}
            </dl>
            <p>
              The answer adds the columns{' '}
              {ADDED_COLUMNS.map((name, i) => (
                <>
                  {i > 0 && (i === ADDED_COLUMNS.length - 1 ? ' and ' : ', ')}
                  <code>{name}</code>
                </>
              ))}
              .
            </p>
          </section>
        </>
      ),
    },
    frame,
  );
}
