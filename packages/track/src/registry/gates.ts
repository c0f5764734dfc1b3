/** What is known of a version from the training that made it; undefined where that training recorded nothing of the kind. */
export interface VersionFacts {
  /** Cross-validated R2. */
  readonly cvR2?: number;
  /** Share of held-out rows whose interval held the true value, 0 to 1. */
  readonly intervalCoverage?: number;
  /** The share that was promised. */
  readonly intervalLevel?: number;
  /** How many leakage warnings the training had. */
  readonly leakageWarnings?: number;
}

/** What a version must reach before a protected alias points to it. */
export interface GateSettings {
  /** The least cross-validated R2. Default .6. */
  readonly minR2?: number;
  /** By how much its R2 may be below that of the present version. Default .01. */
  readonly tolerance?: number;
  /** By how much its intervals may hold less than they promise. Default .05. */
  readonly coverageSlack?: number;
  /** Whether what is not known counts as not reached. Default false: models of other tools record no such facts. */
  readonly strict?: boolean;
}

/** The gates, unless others are chosen. */
export const defaultGates: Required<GateSettings> = { minR2: 0.6, tolerance: 0.01, coverageSlack: 0.05, strict: false };

/** How one gate came out. */
export interface GateResult {
  readonly gate: 'floor' | 'not-worse' | 'coverage' | 'leakage';
  readonly outcome: 'passed' | 'failed' | 'unknown';
  /** What was compared, in words. */
  readonly why: string;
}

/**
 * Holds a version against the gates.
 *
 * @param present The facts of the version that the alias points to now; none where it points to nothing.
 */
export function checkGates(
  facts: VersionFacts,
  present: VersionFacts | undefined,
  settings: GateSettings = {},
): readonly GateResult[] {
  const { minR2, tolerance, coverageSlack } = { ...defaultGates, ...settings };
  const { cvR2, intervalCoverage, intervalLevel, leakageWarnings } = facts;
  return [
    compared('floor', cvR2, minR2, (a, b) => `cross-validated R2 ${a} against a floor of ${b}`),
    ...(present === undefined ? [] : [notWorse(cvR2, present.cvR2, tolerance)]),
    compared(
      'coverage',
      intervalCoverage,
      intervalLevel === undefined ? undefined : intervalLevel - coverageSlack,
      (a, b) => `intervals held ${a} of the true values, at least ${b} expected`,
    ),
    leakageWarnings === undefined
      ? { gate: 'leakage', outcome: 'unknown', why: 'its training says nothing of leakage checks' }
      : {
          gate: 'leakage',
          outcome: leakageWarnings === 0 ? 'passed' : 'failed',
          why: `${leakageWarnings} leakage ${leakageWarnings === 1 ? 'warning' : 'warnings'}`,
        },
  ];
}

/** Whether the gates let a version through. */
export function gatesHold(results: readonly GateResult[], { strict = false }: GateSettings = {}): boolean {
  return results.every(({ outcome }) => outcome === 'passed' || (outcome === 'unknown' && !strict));
}

function notWorse(found: number | undefined, present: number | undefined, tolerance: number): GateResult {
  const least = present === undefined ? undefined : present - tolerance;
  return compared(
    'not-worse',
    found,
    least,
    (a, b) => `cross-validated R2 ${a}, at least ${b} expected (the present version less ${tolerance})`,
  );
}

function compared(
  gate: GateResult['gate'],
  found: number | undefined,
  least: number | undefined,
  words: (found: string, least: string) => string,
): GateResult {
  if (found === undefined || least === undefined) {
    return { gate, outcome: 'unknown', why: 'the trainings recorded no such number' };
  }
  // NaN reaches nothing.
  return { gate, outcome: found >= least ? 'passed' : 'failed', why: words(found.toFixed(4), least.toFixed(4)) };
}
