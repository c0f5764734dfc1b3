import type { Candidate } from '../search/candidate.js';
import type { ScoringName } from '../search/scoring.js';
import { checkBudget, type Budget } from './budget.js';
import type { Batch, Strategy } from './strategy.js';
import { candidateKey, scoreOf, type Evaluate, type Trial, type TrialOutcome } from './trial.js';
import { journalWriter, recordedOutcomes, trialKey, type JournalWriter, type TrialJournal } from './trial-journal.js';

/** Why a search stopped: the strategy had no more to try, nothing new came up, or a limit was reached. */
export type StopReason = 'end' | 'exhausted' | 'candidates' | 'time' | 'patience' | 'cancelled';

/** How far a search by strategy has come; reported after every batch. */
export interface StrategyProgress {
  /** How many different candidates are finished, with whatever share of the rows. */
  readonly candidates: number;
  /** The best trial with all rows, and its mean score, higher is better; absent while there is none. */
  readonly best?: { readonly trial: Trial; readonly score: number };
  readonly elapsedMs: number;
  /** By the budget for time or candidates, whichever is used up first; undefined when neither is set. */
  readonly remainingMs: number | undefined;
}

/** A batch that is about to be evaluated. */
export interface StartedBatch {
  /** How many different candidates there are so far, those of this batch included. */
  readonly candidates: number;
  /** The share of the rows that it learns from. */
  readonly share: number;
  /** The best of what is known before anything of it is fitted, by its mean score, higher is better. */
  readonly best?: { readonly candidate: Candidate; readonly score: number };
}

/** What {@link runStrategy} may be told; none of it but the budget changes what comes out. */
export interface StrategyRun {
  readonly evaluate: Evaluate;
  /** Default: until the strategy ends. */
  readonly budget?: Budget;
  /** What is to be as good as possible, by any metric. Default `r2`. */
  readonly metric?: ScoringName;
  /** Where finished trials are kept and found again, with the fingerprint of data and settings. */
  readonly journal?: { readonly store: TrialJournal; readonly fingerprint: string } | undefined;
  /** Ends the search early; what is finished comes out all the same. */
  readonly signal?: AbortSignal | undefined;
  onBatch?: ((batch: StartedBatch) => void) | undefined;
  onProgress?: ((progress: StrategyProgress) => void) | undefined;
  /** A clock in milliseconds. */
  now(this: void): number;
}

/** Every trial in the order of the strategy, and why there are no more. */
export interface StrategyOutcome {
  readonly trials: readonly Trial[];
  readonly stoppedBy: StopReason;
}

/** After so many candidates in a row that were all known, a space has nothing new to give. */
const IDLE_CANDIDATES = 100;

/**
 * Runs a strategy: has its batches evaluated, tells it the scores, and keeps to the budget. A candidate is never
 * evaluated twice with the same share of the rows. Unless time or the signal ends it, the outcome is a function of the
 * strategy and the evaluation alone: a search that was killed and goes on from its journal ends like one that was not.
 *
 * @throws TRAIN_OPTION for a budget that makes no sense, and what the journal throws.
 */
export async function runStrategy(strategy: Strategy, run: StrategyRun): Promise<StrategyOutcome> {
  checkBudget(run.budget ?? {});
  const search = new RunningSearch(run, run.now());
  await search.open();
  let step = strategy.next([]);
  while (step.done !== true) {
    const scores = await search.evaluate(step.value);
    const stoppedBy = search.stoppedBy();
    if (stoppedBy !== undefined) return search.end(stoppedBy);
    step = strategy.next(scores);
  }
  return search.end('end');
}

/** A class, because a search lives: it fills its memory, its journal and its budget as it goes. */
class RunningSearch {
  readonly #run: StrategyRun;
  readonly #startedAt: number;
  readonly #trials = new Map<string, Trial>();
  readonly #candidates = new Set<string>();
  #recorded = new Map<string, TrialOutcome>();
  readonly #writer: JournalWriter;
  #best: { readonly trial: Trial; readonly score: number } | undefined;
  #sinceBest = 0;
  #idle = 0;
  #cut = false;

  constructor(run: StrategyRun, startedAt: number) {
    this.#run = run;
    this.#startedAt = startedAt;
    this.#writer = journalWriter(run.journal?.store);
  }

  async open(): Promise<void> {
    const { journal } = this.#run;
    if (journal !== undefined) this.#recorded = recordedOutcomes(await journal.store.read(journal.fingerprint));
  }

  /** The batch's scores; -Infinity too for a candidate that the budget has no room for. */
  async evaluate(batch: Batch): Promise<readonly number[]> {
    const { metric = 'r2' } = this.#run;
    const keyed = batch.candidates.map((candidate) => this.#keyed(candidate, batch.share));
    const fresh = new Map(keyed.filter(({ id }) => !this.#trials.has(id)).map((one) => [one.id, one]));
    const admitted = [...fresh.values()].filter((one) => this.#admit(one.key));
    this.#idle = admitted.length === 0 ? this.#idle + batch.candidates.length : 0;
    this.#cut = admitted.length === 0 && fresh.size > 0;
    await this.#evaluateNew(admitted, batch.share);
    return keyed.map(({ id }) => {
      const trial = this.#trials.get(id);
      return trial === undefined ? -Infinity : scoreOf(trial.outcome, metric);
    });
  }

  stoppedBy(): StopReason | undefined {
    const { signal, budget: { patience = Infinity } = {} } = this.#run;
    if (signal?.aborted === true) return 'cancelled';
    if (this.#cut) return 'candidates';
    if (this.#idle >= IDLE_CANDIDATES) return 'exhausted';
    if (this.#elapsedMs() >= this.#timeMs()) return 'time';
    return this.#sinceBest >= patience ? 'patience' : undefined;
  }

  /** A search that ran out of time before any candidate had all rows gives them to the best one. */
  async end(stoppedBy: StopReason): Promise<StrategyOutcome> {
    const { metric = 'r2' } = this.#run;
    if (this.#best === undefined && stoppedBy !== 'cancelled') {
      const scored = [...this.#trials.values()].filter(({ outcome }) => outcome.kind === 'scored');
      const [leader] = scored.sort((a, b) => scoreOf(b.outcome, metric) - scoreOf(a.outcome, metric));
      if (scored.length > 0) await this.#evaluateNew([this.#keyed(leader.candidate, 1)], 1);
    }
    return { trials: [...this.#trials.values()], stoppedBy };
  }

  #keyed(candidate: Candidate, share: number): Keyed {
    const key = candidateKey(candidate);
    return { candidate, key, id: trialKey({ key, share }) };
  }

  /** Whether the budget has room for a candidate; one that has been tried always has its place. */
  #admit(key: string): boolean {
    const { budget: { candidates = Infinity } = {} } = this.#run;
    if (this.#candidates.size >= candidates) return this.#candidates.has(key);
    this.#candidates.add(key);
    return true;
  }

  async #evaluateNew(fresh: readonly Keyed[], share: number): Promise<void> {
    const outcomes = new Map<string, TrialOutcome>();
    for (const { id } of fresh) {
      const known = this.#recorded.get(id);
      if (known !== undefined) outcomes.set(id, known);
    }
    this.#announce(fresh, outcomes, share);
    const open = fresh.filter(({ id }) => !outcomes.has(id));
    const found = open.length === 0 ? [] : await this.#evaluateOpen(open, share);
    open.forEach(({ id }, i) => {
      const outcome = found[i];
      if (outcome !== undefined) outcomes.set(id, outcome);
    });
    for (const { id, candidate } of fresh) {
      const outcome = outcomes.get(id);
      if (outcome !== undefined) this.#keep(id, { candidate, share, outcome });
    }
    this.#report();
  }

  async #evaluateOpen(open: readonly Keyed[], share: number): Promise<readonly (TrialOutcome | undefined)[]> {
    const { evaluate, signal } = this.#run;
    const deadline = new AbortController();
    let scored = this.#best !== undefined;
    const giveUpInTime = () => {
      if (scored && this.#elapsedMs() >= this.#timeMs()) deadline.abort();
    };
    const timer = setTimeout(giveUpInTime, Math.min(2 ** 31 - 1, Math.max(0, this.#timeMs() - this.#elapsedMs())));
    const onFinished = (index: number, outcome: TrialOutcome) => {
      this.#writer.append({ key: open[index].key, share, outcome });
      scored ||= outcome.kind === 'scored';
      giveUpInTime();
    };
    try {
      const signals = signal === undefined ? [deadline.signal] : [deadline.signal, signal];
      const batch = { candidates: open.map(({ candidate }) => candidate), share };
      return await evaluate(batch, { signal: AbortSignal.any(signals), onFinished });
    } finally {
      clearTimeout(timer);
      await this.#writer.written();
    }
  }

  #keep(id: string, trial: Trial): void {
    const { metric = 'r2' } = this.#run;
    this.#trials.set(id, trial);
    if (trial.share < 1) return;
    const score = scoreOf(trial.outcome, metric);
    this.#sinceBest++;
    if (score > (this.#best?.score ?? -Infinity)) {
      this.#best = { trial, score };
      this.#sinceBest = 0;
    }
  }

  #announce(batch: readonly Keyed[], known: ReadonlyMap<string, TrialOutcome>, share: number): void {
    const { onBatch, metric = 'r2' } = this.#run;
    let best = this.#best && { candidate: this.#best.trial.candidate, score: this.#best.score };
    for (const { id, candidate } of share < 1 ? [] : batch) {
      const outcome = known.get(id);
      const score = outcome === undefined ? -Infinity : scoreOf(outcome, metric);
      if (score > (best?.score ?? -Infinity)) best = { candidate, score };
    }
    onBatch?.({ candidates: this.#candidates.size, share, ...(best && { best }) });
  }

  #report(): void {
    const best = this.#best;
    this.#run.onProgress?.({
      candidates: this.#candidates.size,
      ...(best === undefined ? {} : { best }),
      elapsedMs: this.#elapsedMs(),
      remainingMs: this.#remainingMs(),
    });
  }

  #remainingMs(): number | undefined {
    const { candidates = Infinity } = this.#run.budget ?? {};
    const elapsedMs = this.#elapsedMs();
    const byTime = this.#timeMs() - elapsedMs;
    const byCount = (elapsedMs / Math.max(1, this.#candidates.size)) * (candidates - this.#candidates.size);
    const remaining = Math.max(0, Math.min(byTime, byCount));
    return Number.isFinite(remaining) ? remaining : undefined;
  }

  #timeMs(): number {
    return this.#run.budget?.timeMs ?? Infinity;
  }

  #elapsedMs(): number {
    return this.#run.now() - this.#startedAt;
  }
}

/** A candidate with the texts that it is known by: without and with its share of the rows. */
interface Keyed {
  readonly candidate: Candidate;
  readonly key: string;
  readonly id: string;
}
