import { useEffect, useId, useState } from 'preact/hooks';
import { messageOf } from '../api/api-error.js';

interface FilterBoxProps {
  /** The filter in force. */
  readonly filter: string;
  /** Why the server refused it, or undefined. */
  readonly error: unknown;
  readonly onFilter: (filter: string) => void;
}

/** Where runs are filtered in MLflow's language; the server's objections stand under it. */
export function FilterBox({ filter, error, onFilter }: FilterBoxProps) {
  const id = useId();
  const [typed, setTyped] = useState(filter);
  useEffect(() => setTyped(filter), [filter]);
  const isWrong = error !== undefined;
  return (
    <form
      class="filter"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        onFilter(typed.trim());
      }}
    >
      <label for={id}>Filter runs</label>
      <div class="entry">
        <input
          id={id}
          type="text"
          spellcheck={false}
          autocomplete="off"
          autocapitalize="off"
          placeholder="metrics.cv_r2 > 0.8 AND params.estimator = 'ridge'"
          value={typed}
          aria-invalid={isWrong ? 'true' : undefined}
          aria-describedby={`${id}-note`}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
        <button type="submit">Filter</button>
        {filter !== '' && (
          <button type="button" class="quiet" onClick={() => onFilter('')}>
            Clear
          </button>
        )}
      </div>
      <p id={`${id}-note`} class={isWrong ? 'wrong' : 'hint'} role={isWrong ? 'alert' : undefined}>
        {isWrong ? messageOf(error) : 'Words alone look for names. AND, OR, parentheses, LIKE and IN work.'}
      </p>
    </form>
  );
}
