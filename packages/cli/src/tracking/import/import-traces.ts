import { createHash } from 'node:crypto';
import { ScorecastError } from '@scorecast/core';
import type { ListedTrace } from '@scorecast/track/client';
import { countOf } from '../../terminal/count-of.js';
import { isForeign } from '../with-tracking.js';
import type { ImportedExperiment, ImportedRuns } from './import-experiments.js';
import { ORIGIN_TAG, originOf, tagsOf, type ImportPlace } from './import-place.js';

/** What became of the traces. */
export interface ImportedTraces {
  readonly copied: number;
  readonly present: number;
}

/** The metadata with the run that recorded a trace. */
const SOURCE_RUN = 'mlflow.sourceRun';
/** Where files and spans are, which the target says itself. */
const OF_PLACE = ['mlflow.artifactLocation', 'mlflow.trace.spansLocation'];

/**
 * Copies traces with their steps, and says to which of the copied runs they belong. A trace whose steps cannot be read is left
 * out, and named; so are judgements of traces, which the target does not keep.
 */
export async function importTraces(place: ImportPlace, runs: ImportedRuns): Promise<ImportedTraces> {
  const { terminal } = place;
  const counts = { copied: 0, present: 0 };
  let assessments = 0;
  for (const experiment of runs.experiments) {
    const copies = await copiesIn(place, experiment);
    const before = counts.copied + counts.present;
    for await (const trace of tracesOf(place, experiment.sourceId)) {
      if (copies.has(originOf(place, trace.traceId))) {
        counts.present += 1;
        continue;
      }
      if (!(await copyTrace(place, experiment, trace, runs))) continue;
      counts.copied += 1;
      assessments += trace.assessments;
    }
    if (counts.copied + counts.present > before) await linkTraces(place, experiment, runs);
  }
  if (assessments > 0) {
    terminal.message('warn', `${countOf(assessments, 'assessment')} of traces left out: this server keeps none`);
  }
  return counts;
}

async function* tracesOf(
  { source }: ImportPlace,
  experimentId: string,
  filter?: string,
): AsyncGenerator<ListedTrace, void, undefined> {
  try {
    yield* source.client.traces.search(experimentId, filter);
  } catch (error) {
    // Servers before 2.14 have none.
    if (!isForeign(error)) throw error;
  }
}

/** What the finished copies of an experiment were copied from. */
async function copiesIn({ target }: ImportPlace, { targetId }: ImportedExperiment): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for await (const { tags, state } of target.client.traces.search(targetId, `tags.\`${ORIGIN_TAG}\` LIKE '%'`)) {
    if (state !== 'IN_PROGRESS') found.add(tagsOf(tags)[ORIGIN_TAG] ?? '');
  }
  return found;
}

async function copyTrace(
  place: ImportPlace,
  { name, targetId: experimentId }: ImportedExperiment,
  trace: ListedTrace,
  { targets }: ImportedRuns,
): Promise<boolean> {
  const { source, target, terminal } = place;
  const traceId = copyId(trace.traceId);
  try {
    const spans = await source.client.traces.spans(trace.traceId);
    if (spans.length > 0) await target.client.traces.logSpans({ experimentId, traceId }, spans);
    // Last, with the tag by which a copy is known.
    await target.client.traces.start({
      ...trace,
      traceId,
      experimentId,
      metadata: trace.metadata.map(({ key, value }) => ({
        key,
        value: key === SOURCE_RUN ? (targets.get(value)?.info.runId ?? value) : value,
      })),
      tags: [
        ...trace.tags.filter(({ key }) => !OF_PLACE.includes(key)),
        { key: ORIGIN_TAG, value: originOf(place, trace.traceId) },
      ],
    });
    return true;
  } catch (error) {
    if (!(error instanceof ScorecastError) || error.code === 'TEMPORARILY_UNAVAILABLE') throw error;
    terminal.message('warn', `${name}: trace ${trace.traceId} is left out: ${error.message}`);
    return false;
  }
}

/** Runs to which traces were linked by others than those that recorded them; a server says so run by run only. */
async function linkTraces(place: ImportPlace, { sourceId }: ImportedExperiment, runs: ImportedRuns): Promise<void> {
  const inExperiment = runs.originals.filter(({ info }) => info.experimentId === sourceId);
  for (const { info } of inExperiment) {
    const linked: string[] = [];
    for await (const { traceId, metadata } of tracesOf(place, sourceId, `attributes.run_id = '${info.runId}'`)) {
      if (tagsOf(metadata)[SOURCE_RUN] !== info.runId) linked.push(copyId(traceId));
    }
    const copy = runs.targets.get(info.runId);
    if (copy === undefined) continue;
    for (let at = 0; at < linked.length; at += 100) {
      await place.target.client.traces.linkToRun(linked.slice(at, at + 100), copy.info.runId);
    }
  }
}

/** Traces keep their ids, as far as those are such that OpenTelemetry knows. */
function copyId(traceId: string): string {
  const [, hex] = /^(?:tr-)?([0-9a-f]{32})$/.exec(traceId) ?? [];
  return `tr-${hex ?? createHash('sha256').update(traceId).digest('hex').slice(0, 32)}`;
}
