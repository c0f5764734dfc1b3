import type { ComponentChildren } from 'preact';
import { messageOf } from '../api/api-error.js';
import type { Resource } from './use-resource.js';

/** What went wrong, and a way to try again. */
export function ErrorNotice({ error, retry }: { error: unknown; retry?: () => void }) {
  return (
    <div class="notice wrong" role="alert">
      <p>{messageOf(error)}</p>
      {retry !== undefined && (
        <button type="button" class="quiet" onClick={retry}>
          Try again
        </button>
      )}
    </div>
  );
}

/** There is nothing to show, and what to do about it. */
export function EmptyNotice({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="notice empty">
      <h2>{title}</h2>
      {children}
    </div>
  );
}

/** Something is on its way; it is only said when that takes a while. */
function LoadingNotice({ what }: { what: string }) {
  return (
    <p class="loading" role="status">
      Loading {what}…
    </p>
  );
}

/** Shows what was loaded, or how far that is. */
export function Loaded<T>(props: {
  readonly resource: Resource<T>;
  readonly what: string;
  readonly children: (value: T) => ComponentChildren;
}) {
  const { value, error, reload } = props.resource;
  if (error !== undefined) return <ErrorNotice error={error} retry={reload} />;
  return value === undefined ? <LoadingNotice what={props.what} /> : <>{props.children(value)}</>;
}
