import { useState } from 'preact/hooks';
import type { Experiment } from '../api/experiments.js';
import { Popover } from '../parts/popover.js';

interface ExperimentPickerProps {
  readonly experiments: readonly Experiment[];
  /** Ids; none means all. */
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

const MANY = 8;

/** Chooses of which experiments the runs are listed. */
export function ExperimentPicker({ experiments, chosen, onChange }: ExperimentPickerProps) {
  const [wanted, setWanted] = useState('');
  const found = experiments.filter(({ name }) => name.toLowerCase().includes(wanted.toLowerCase()));
  const toggle = (id: string) =>
    onChange(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id]);
  return (
    <Popover label="Experiments">
      {experiments.length > MANY && (
        <label class="find">
          Find
          <input type="search" value={wanted} onInput={(event) => setWanted(event.currentTarget.value)} />
        </label>
      )}
      <fieldset>
        <legend class="unseen">Experiments</legend>
        <label class="choice">
          <input type="checkbox" checked={chosen.length === 0} onChange={() => onChange([])} />
          <span>All experiments</span>
        </label>
        {found.map(({ id, name }) => (
          <label class="choice" key={id}>
            <input type="checkbox" checked={chosen.includes(id)} onChange={() => toggle(id)} />
            <span>{name}</span>
          </label>
        ))}
      </fieldset>
    </Popover>
  );
}
