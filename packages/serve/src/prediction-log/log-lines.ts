import { JsonReader } from '@scorecast/core';
import type { OutcomeRow, PredictionRow } from './prediction-sink.js';

/** The version of the lines that this release writes, the first key of each. It reads this one and every earlier one. */
const LINE_VERSION = 1;

const ID_OF_LINE = /^\{"v":\d+,"id":"([^"]+)"/;

/** A prediction as one line of JSON; every line says its version and is complete in itself. */
export function predictionLine(row: PredictionRow): string {
  const { id, route, model, version, prediction, lower, upper, level, inputs, inputsHash, identifiers } = row;
  return (
    `{"v":${LINE_VERSION},"id":"${id}","givenAt":"${timeText(row.givenAt)}","route":"${route}","model":${JSON.stringify(model)},` +
    `"version":${JSON.stringify(version)},"prediction":${prediction},"lower":${lower},"upper":${upper},"level":${level}` +
    `${inputs === null ? '' : `,"inputs":${inputs}`}${inputsHash === null ? '' : `,"inputsHash":"${inputsHash}"`}` +
    `${identifiers === null ? '' : `,"identifiers":${identifiers}`}}\n`
  );
}

/** An outcome as one line of JSON. */
export function outcomeLine({ id, outcome, outcomeAt, recordedAt }: OutcomeRow): string {
  const when = outcomeAt === null ? '' : `,"outcomeAt":"${timeText(outcomeAt)}"`;
  return `{"v":${LINE_VERSION},"id":"${id}","outcome":${outcome}${when},"recordedAt":"${timeText(recordedAt)}"}\n`;
}

/** The id that a line begins with; undefined for a line that a crash tore off, or that is none of ours. */
export function idOfLine(line: string): string | undefined {
  return ID_OF_LINE.exec(line)?.[1];
}

/** Reads a line of {@link predictionLine}; undefined for what is none. */
export function readPredictionLine(line: string): PredictionRow | undefined {
  const reader = new JsonReader();
  const value = readObject(line, reader);
  const orNull = (key: string) => (value[key] === null ? null : reader.number(value[key], key));
  const jsonOf = (key: string) => (value[key] === undefined ? null : JSON.stringify(reader.object(value[key], key)));
  const row = {
    id: reader.string(value['id'], 'id'),
    givenAt: readTime(value['givenAt'], reader),
    route: reader.string(value['route'], 'route'),
    model: reader.string(value['model'], 'model'),
    version: reader.string(value['version'], 'version'),
    prediction: reader.number(value['prediction'], 'prediction'),
    lower: orNull('lower'),
    upper: orNull('upper'),
    level: reader.number(value['level'], 'level'),
    inputs: jsonOf('inputs'),
    inputsHash: value['inputsHash'] === undefined ? null : reader.string(value['inputsHash'], 'inputsHash'),
    identifiers: jsonOf('identifiers'),
  };
  return reader.problems.length === 0 ? row : undefined;
}

/** Reads a line of {@link outcomeLine}; undefined for what is none. */
export function readOutcomeLine(line: string): OutcomeRow | undefined {
  const reader = new JsonReader();
  const value = readObject(line, reader);
  const row = {
    id: reader.string(value['id'], 'id'),
    outcome: reader.number(value['outcome'], 'outcome'),
    outcomeAt: value['outcomeAt'] === undefined ? null : readTime(value['outcomeAt'], reader),
    recordedAt: readTime(value['recordedAt'], reader),
  };
  return reader.problems.length === 0 ? row : undefined;
}

function readObject(line: string, reader: JsonReader): Readonly<Record<string, unknown>> {
  const value = reader.object(parsed(line), '');
  reader.integer(value['v'], 'v', 1, LINE_VERSION);
  return value;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function readTime(value: unknown, reader: JsonReader): number {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at)) reader.note('at', 'a time');
  return at;
}

/** Neighbours are often of one millisecond, and wording a time takes as long as half the line. */
let worded = { at: Number.NaN, text: '' };

function timeText(at: number): string {
  if (at !== worded.at) worded = { at, text: new Date(at).toISOString() };
  return worded.text;
}
