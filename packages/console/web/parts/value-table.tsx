import type { ComponentChildren } from 'preact';

interface ValueTableProps {
  readonly title: string;
  /** Unique on the page. */
  readonly id: string;
  readonly rows: readonly (readonly [string, ComponentChildren])[];
  readonly areNumbers?: boolean;
  readonly emptyText: string;
}

/** Names and values under a heading. */
export function ValueTable({ title, id, rows, areNumbers = false, emptyText }: ValueTableProps) {
  return (
    <section aria-labelledby={id} class="values">
      <h2 id={id}>{title}</h2>
      {rows.length === 0 ? (
        <p class="hint">{emptyText}</p>
      ) : (
        <div class="sheet">
          <table>
            <thead class="unseen">
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Value</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(([name, value]) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td class={areNumbers ? 'number' : undefined}>{value}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
