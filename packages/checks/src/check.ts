/** What a check found: nothing, or a sentence that says what is wrong and what would be right. */
export type Finding = string | undefined;

/** Promises by name, each with the check that it is kept. A check that throws has found something too. */
export type Checks<S> = Readonly<Record<string, (subject: S) => Finding | Promise<Finding>>>;

/**
 * Runs all checks.
 *
 * @param makeSubject Called for each check, so that none sees what another one changed.
 * @returns A sentence for each promise that is broken; none when all is well.
 */
export async function runChecks<S>(name: string, checks: Checks<S>, makeSubject: () => S): Promise<readonly string[]> {
  const broken: string[] = [];
  for (const [promise, check] of Object.entries(checks)) {
    const finding = await outcome(() => check(makeSubject()));
    if (finding !== undefined) broken.push(`${name} must ${promise}: ${finding}`);
  }
  return broken;
}

/** What is found first among items, for checks of many things. */
export function firstFinding<T>(items: readonly T[], find: (item: T) => Finding): Finding {
  for (const item of items) {
    const finding = find(item);
    if (finding !== undefined) return finding;
  }
  return undefined;
}

async function outcome(check: () => Finding | Promise<Finding>): Promise<Finding> {
  try {
    return await check();
  } catch (error) {
    return `it threw ${error instanceof Error ? `"${error.message}"` : String(error)}`;
  }
}
