import { useState } from 'preact/hooks';
import { Popover } from '../parts/popover.js';
import { ATTRIBUTES, byImportance, columnId, columnLabel, type Column } from './column.js';

interface ColumnPickerProps {
  readonly shown: readonly Column[];
  readonly metrics: readonly string[];
  readonly params: readonly string[];
  /** Undefined goes back to the usual columns. */
  readonly onChange: (columns: readonly Column[] | undefined) => void;
}

const MANY = 12;

/** Chooses which facts, metrics and params are columns of the list. */
export function ColumnPicker({ shown, metrics, params, onChange }: ColumnPickerProps) {
  const [wanted, setWanted] = useState('');
  const groups = [
    { title: 'Facts', columns: columnsOf('attributes', ATTRIBUTES) },
    { title: 'Metrics', columns: columnsOf('metrics', byImportance(metrics)) },
    { title: 'Params', columns: columnsOf('params', [...params].sort()) },
  ];
  const isShown = new Set(shown.map(columnId));
  const toggle = (column: Column) => {
    const id = columnId(column);
    onChange(isShown.has(id) ? shown.filter((other) => columnId(other) !== id) : [...shown, column]);
  };
  return (
    <Popover label="Columns">
      {metrics.length + params.length > MANY && (
        <label class="find">
          Find
          <input type="search" value={wanted} onInput={(event) => setWanted(event.currentTarget.value)} />
        </label>
      )}
      {groups.map(({ title, columns }) => (
        <ColumnGroup
          key={title}
          title={title}
          columns={columns.filter((column) => columnLabel(column).toLowerCase().includes(wanted.toLowerCase()))}
          isShown={isShown}
          onToggle={toggle}
        />
      ))}
      <button type="button" class="quiet" onClick={() => onChange(undefined)}>
        Usual columns
      </button>
    </Popover>
  );
}

function ColumnGroup(props: {
  readonly title: string;
  readonly columns: readonly Column[];
  readonly isShown: ReadonlySet<string>;
  readonly onToggle: (column: Column) => void;
}) {
  if (props.columns.length === 0) return null;
  return (
    <fieldset>
      <legend>{props.title}</legend>
      {props.columns.map((column) => (
        <label class="choice" key={columnId(column)}>
          <input
            type="checkbox"
            checked={props.isShown.has(columnId(column))}
            onChange={() => props.onToggle(column)}
          />
          <span>{columnLabel(column)}</span>
        </label>
      ))}
    </fieldset>
  );
}

function columnsOf(kind: Column['kind'], keys: readonly string[]): readonly Column[] {
  return keys.map((key) => ({ kind, key }));
}
