import type { Feature, NumericFeature } from '@scorecast/core';
import { fieldAdvice } from '../form-input.js';
import { capitalised } from './wording.js';

/** Up to this many levels are all shown at once; more go into a list. */
const MOST_RADIOS = 3;

/** One field of the form, as the page shows it. */
interface FieldProps {
  readonly feature: Feature;
  /** Its place in the form; ids are made from it, since names may hold blanks. */
  readonly position: number;
  readonly text: string;
  readonly error: string | undefined;
}

/** The id of a field's first control: where an error's link leads. */
export function fieldId(position: number): string {
  return `field-${position + 1}`;
}

/** A question of the form: label, help, the control that fits the feature, and the place for its error. */
export function Field(props: FieldProps) {
  const { feature, position, error } = props;
  const id = fieldId(position);
  const choices = feature.kind !== 'numeric' && feature.levels.length <= MOST_RADIOS;
  return (
    <div class={error === undefined ? 'field' : 'field invalid'} data-advice={fieldAdvice(feature)}>
      <div class="question">
        {choices ? (
          <span class="label" id={`${id}-label`}>
            <Label feature={feature} />
          </span>
        ) : (
          <label class="label" for={id}>
            <Label feature={feature} />
          </label>
        )}
        <Help {...props} />
      </div>
      <div class="reply">
        {feature.kind === 'numeric' && <NumberInput {...props} feature={feature} />}
        {feature.kind !== 'numeric' && choices && <Radios {...props} levels={feature.levels} />}
        {feature.kind !== 'numeric' && !choices && <Select {...props} levels={feature.levels} />}
        <p class="error" id={`${id}-error`} hidden={error === undefined}>
          {error}
        </p>
      </div>
    </div>
  );
}

function Label({ feature }: { feature: Feature }) {
  return (
    <>
      {capitalised(feature.label)}
      {feature.optional && <span class="optional"> (optional)</span>}
    </>
  );
}

function Help({ feature, position }: FieldProps) {
  const help = helpText(feature);
  return help === '' ? null : (
    <p class="help" id={`${fieldId(position)}-help`}>
      {help}
    </p>
  );
}

function helpText(feature: Feature): string {
  const parts = [feature.description, feature.kind === 'numeric' ? rangeText(feature) : undefined];
  return parts.filter((part) => part !== undefined && part !== '').join(' ');
}

/** `0 to 100 points`, `whole number, at least 0`, or an empty text. */
function rangeText({ min, max, unit, integer }: NumericFeature): string {
  const range =
    min !== undefined && max !== undefined
      ? `${min} to ${max}`
      : [min === undefined ? '' : `at least ${min}`, max === undefined ? '' : `at most ${max}`].join('');
  const sized = [range, unit ?? ''].filter((part) => part !== '').join(' ');
  return capitalised([integer ? 'whole number' : '', sized].filter((part) => part !== '').join(', '));
}

function describedBy({ feature, position }: FieldProps): string {
  const help = helpText(feature) === '' ? '' : `${fieldId(position)}-help `;
  return `${help}${fieldId(position)}-error`;
}

function controlProps(props: FieldProps) {
  return {
    id: fieldId(props.position),
    name: props.feature.name,
    required: !props.feature.optional,
    autocomplete: 'off' as const,
    'aria-describedby': describedBy(props),
    'aria-invalid': props.error === undefined ? undefined : ('true' as const),
  };
}

function NumberInput(props: FieldProps & { feature: NumericFeature }) {
  const { min, max, integer } = props.feature;
  return (
    <input
      {...controlProps(props)}
      type="number"
      inputmode={integer && (min ?? -1) >= 0 ? 'numeric' : 'decimal'}
      min={min}
      max={max}
      step={integer ? 1 : 'any'}
      value={props.text}
    />
  );
}

function Select(props: FieldProps & { levels: readonly string[] }) {
  const { feature, levels, text } = props;
  return (
    <select {...controlProps(props)}>
      <option value="" selected={text === ''}>
        {feature.optional ? 'Not known' : 'Choose…'}
      </option>
      {levels.map((level) => (
        <option key={level} value={level} selected={level === text}>
          {capitalised(level)}
        </option>
      ))}
    </select>
  );
}

function Radios(props: FieldProps & { levels: readonly string[] }) {
  const { feature, levels, text, position, error } = props;
  const id = fieldId(position);
  return (
    <div
      class="choices"
      role="radiogroup"
      aria-labelledby={`${id}-label`}
      aria-describedby={describedBy(props)}
      aria-required={!feature.optional}
      aria-invalid={error === undefined ? undefined : 'true'}
    >
      {[...levels, ...(feature.optional ? [''] : [])].map((level, i) => (
        <label class="choice" key={level}>
          <input
            type="radio"
            id={i === 0 ? id : `${id}-${i + 1}`}
            name={feature.name}
            value={level}
            checked={level === text && (text !== '' || feature.optional)}
            required={!feature.optional}
            autocomplete="off"
          />
          <span>{level === '' ? 'Not known' : capitalised(level)}</span>
        </label>
      ))}
    </div>
  );
}
