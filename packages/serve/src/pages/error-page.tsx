import { STATUS_CODES } from 'node:http';
import type { ScorecastError } from '@scorecast/core';
import { renderPage, type PageFrame } from './render-page.js';
import { capitalised } from './wording.js';

/** What a browser gets instead of a page. */
export function errorPage(error: ScorecastError, requestId: string, frame: PageFrame): string {
  const title = STATUS_CODES[error.status] ?? 'Error';
  return renderPage(
    {
      title,
      description: title,
      content: (
        <>
          <p class="eyebrow">{error.status}</p>
          <h1>{title}</h1>
          <p>{capitalised(error.message)}.</p>
          <p>
            <a class="button" href="/predictdata">
              To the form
            </a>
          </p>
          <p class="source">
            Request <code>{requestId}</code>
          </p>
        </>
      ),
    },
    frame,
  );
}
