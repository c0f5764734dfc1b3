import { expectation, fieldIndex, type Feature, type Problem, type Schema } from '@scorecast/core';

/** What a form post brought: the record to predict from, and the texts to show again in the form. */
export interface FormInput {
  /** Fields left empty are missing, not empty texts; a field sent twice stays a list, which no field accepts. */
  readonly record: Readonly<Record<string, unknown>>;
  /** By feature name. */
  readonly texts: ReadonlyMap<string, string>;
  /** The features that were sent more than once. */
  readonly repeated: ReadonlySet<string>;
}

/** A form that nobody has filled in yet. */
export const emptyForm: FormInput = { record: {}, texts: new Map(), repeated: new Set() };

/** Reads the fields of a form post, by name or alias; an unknown field stays, so that it is refused by name. */
export function readForm(body: unknown, schema: Schema): FormInput {
  const index = fieldIndex(schema.features);
  const entries: [string, unknown][] = [];
  const texts = new Map<string, string>();
  const repeated = new Set<string>();
  for (const [key, value] of Object.entries(typeof body === 'object' && body !== null ? body : {})) {
    const at = index.get(key);
    const name = at === undefined ? key : schema.features[at].name;
    if (at !== undefined && value === '') continue;
    entries.push([key, value]);
    if (at === undefined) continue;
    if (Array.isArray(value) || texts.has(name)) repeated.add(name);
    texts.set(name, String(Array.isArray(value) ? value[0] : value));
  }
  return { record: Object.fromEntries(entries), texts, repeated };
}

/** What the form shows instead of an answer: a sentence at each wrong field, and those that belong to no field. */
export interface FormErrors {
  /** By feature name. */
  readonly fields: ReadonlyMap<string, string>;
  readonly others: readonly string[];
}

/** A person reads a few; a program that posts thousands of unknown fields must not get a page of megabytes. */
const LISTED_OTHERS = 10;

/** Words problems for the people at the form. */
export function formErrors(problems: readonly Problem[], input: FormInput, schema: Schema): FormErrors {
  const fields = new Map<string, string>();
  const others: string[] = [];
  for (const problem of problems) {
    const feature = schema.features.find(({ name }) => name === problem.column);
    if (feature === undefined) others.push(`There is no field “${problem.column}”.`);
    else fields.set(feature.name, fieldMessage(problem, feature, input.repeated.has(feature.name)));
  }
  const left = others.length - LISTED_OTHERS;
  return { fields, others: left > 0 ? [...others.slice(0, LISTED_OTHERS), `And ${left} more.`] : others };
}

/** What to do at a field, as one sentence: `Enter a number from 0 to 100.` */
export function fieldAdvice(feature: Feature): string {
  return feature.kind === 'numeric' ? `Enter ${expectation(feature)}.` : 'Choose one of the options.';
}

function fieldMessage(problem: Problem, feature: Feature, repeated: boolean): string {
  const advice = fieldAdvice(feature);
  if (repeated) return `This was answered more than once. ${advice}`;
  if (problem.code === 'missing') return advice;
  if (problem.code === 'out-of-range') return `${problem.value ?? 'This'} is out of range. ${advice}`;
  return `“${problem.value ?? ''}” cannot be used here. ${advice}`;
}
