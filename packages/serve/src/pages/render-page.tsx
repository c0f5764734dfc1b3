import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Assets } from '../assets.js';
import type { ServedModel } from '../served-model.js';

/** What differs from page to page. */
interface Page {
  readonly title: string;
  /** The page's own address, when the navigation lists it. */
  readonly path?: string;
  /** One sentence for search engines and previews. */
  readonly description: string;
  readonly content: ComponentChildren;
  /** Whether the form's script is wanted. */
  readonly script?: boolean;
}

/** What surrounds the content of every page: the model that it names, and the files that it refers to. */
export interface PageFrame {
  readonly model: ServedModel;
  readonly assets: Assets;
}

/** A complete HTML document; everything that is not markup is escaped. */
export function renderPage({ title, path, description, content, script }: Page, { assets, model }: PageFrame): string {
  const { name, version } = model.bundle;
  const document = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} · Scorecast`}</title>
        <meta name="description" content={description} />
        <link rel="icon" type="image/svg+xml" href={assets['favicon.svg'].href} />
        <link rel="stylesheet" href={assets['style.css'].href} />
        {script === true && <script src={assets['form.js'].href} defer></script>}
      </head>
      <body>
        <a class="skip" href="#main">
          Skip to the content
        </a>
        <header class="top">
          <a class="brand" href="/">
            <Mark />
            Scorecast
          </a>
          <nav aria-label="Pages">
            <a href="/" aria-current={path === '/' ? 'page' : undefined}>
              The model
            </a>
            <a href="/predictdata" aria-current={path === '/predictdata' ? 'page' : undefined}>
              Predict
            </a>
            <a href="/predictfile" aria-current={path === '/predictfile' ? 'page' : undefined}>
              A file
            </a>
            <a href="/docs" aria-current={path === '/docs' ? 'page' : undefined}>
              API
            </a>
          </nav>
        </header>
        <main id="main" tabindex={-1}>
          {content}
        </main>
        <footer>
          <p>A prediction informs a decision. It does not make one.</p>
          <p>
            {name}, version <code>{version}</code>
          </p>
        </footer>
      </body>
    </html>
  );
  return `<!doctype html>${renderToString(document)}`;
}

/** The sign of the product: a score on a scale, and the stretch it may lie in. */
function Mark() {
  return (
    <svg class="mark" viewBox="0 0 28 20" width="28" height="20" aria-hidden="true">
      <rect class="mark-band" x="6" y="3" width="18" height="10" rx="2" />
      <path class="mark-ink" d="M1 16h26M16 2v14" />
    </svg>
  );
}
