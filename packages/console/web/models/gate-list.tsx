import type { Gates } from '../api/registry.js';

const OUTCOMES: Readonly<Record<string, { readonly sign: string; readonly word: string }>> = {
  passed: { sign: '✓', word: 'passed' },
  failed: { sign: '✕', word: 'not passed' },
  unknown: { sign: '?', word: 'not known' },
};
const NAMES: Readonly<Record<string, string>> = {
  floor: 'Good enough',
  'not-worse': 'Not worse than the present version',
  coverage: 'Intervals hold what they promise',
  leakage: 'No sign of leakage',
};

/** How a version comes out at each gate, and what was compared. */
export function GateList({ gates: { hold, gates } }: { gates: Gates }) {
  return (
    <div class="gates">
      <h3>{hold ? 'The gates let it through' : 'A gate is closed'}</h3>
      <ul>
        {gates.map(({ name, outcome, why }) => {
          const { sign, word } = OUTCOMES[outcome] ?? { sign: '?', word: outcome };
          return (
            <li key={name} class={outcome}>
              <span class="sign" aria-hidden="true">
                {sign}
              </span>
              <span>
                <strong>{NAMES[name] ?? name}</strong>: {word}
                <br />
                <span class="hint">{why}</span>
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
