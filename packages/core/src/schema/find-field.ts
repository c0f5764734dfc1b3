/**
 * A look-up from every name and alias to the field's place in the list.
 *
 * @example
 * fieldIndex([{ name: 'race_ethnicity', aliases: ['ethnicity'] }]).get('ethnicity'); // => 0
 */
export function fieldIndex(
  fields: readonly { readonly name: string; readonly aliases: readonly string[] }[],
): ReadonlyMap<string, number> {
  const index = new Map<string, number>();
  fields.forEach((field, i) => {
    for (const name of [field.name, ...field.aliases]) index.set(name, i);
  });
  return index;
}

/**
 * The known name that was most likely meant, or undefined when none is near (more than a third of the letters differ).
 *
 * @example
 * closestName('readng_score', ['reading_score', 'writing_score']); // => "reading_score"
 */
export function closestName(wrong: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(Math.min(wrong.length, 100) / 3)) + 1;
  for (const name of known) {
    const distance = editDistance(wrong.toLowerCase().slice(0, 100), name.toLowerCase().slice(0, 100));
    if (distance < bestDistance) [best, bestDistance] = [name, distance];
  }
  return best;
}

/** The Levenshtein distance: the fewest insertions, deletions and replacements that turn `a` into `b`. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(replaced, previous[j] + 1, current[j - 1] + 1));
    }
    previous = current;
  }
  return previous[b.length];
}
