/** Levels that have an order in everyday use, from lowest to highest; words of one place in the order share a list. */
const ORDERS: readonly (readonly (readonly string[])[])[] = [
  [['very low'], ['low'], ['medium', 'moderate', 'average'], ['high'], ['very high']],
  [['very poor'], ['poor', 'bad'], ['fair', 'average', 'ok'], ['good'], ['very good'], ['excellent']],
  [['very near'], ['near'], ['moderate', 'medium'], ['far'], ['very far']],
  [['very small'], ['small'], ['medium'], ['large', 'big'], ['very large']],
  [['very negative'], ['negative'], ['neutral'], ['positive'], ['very positive']],
  [['never'], ['rarely', 'seldom'], ['sometimes', 'occasionally'], ['often', 'frequently'], ['always']],
  [['strongly disagree'], ['disagree'], ['neutral', 'undecided'], ['agree'], ['strongly agree']],
  [['beginner', 'basic'], ['intermediate'], ['advanced'], ['expert']],
  [
    ['none', 'no education', 'no formal education'],
    ['primary', 'primary school', 'elementary school'],
    ['some high school'],
    ['high school', 'secondary', 'secondary school'],
    ['some college'],
    ["associate's degree", 'associate degree', 'associate'],
    ['college'],
    ["bachelor's degree", 'bachelor degree', 'bachelor', "bachelor's"],
    ["master's degree", 'master degree', 'master', "master's"],
    ['postgraduate'],
    ['doctorate', "doctor's degree", 'phd'],
  ],
];

const PLACES = ORDERS.map((order) => new Map(order.flatMap((words, place) => words.map((word) => [word, place]))));

/**
 * The levels from lowest to highest, when all of them belong to one known order; otherwise undefined.
 *
 * @param levels Different texts, in any order and case.
 */
export function knownOrder(levels: readonly string[]): readonly string[] | undefined {
  if (levels.length < 2) return undefined;
  for (const places of PLACES) {
    const placed = levels.map((level) => ({
      level,
      place: places.get(level.trim().toLowerCase().replaceAll('’', "'")),
    }));
    const found = new Set(placed.map(({ place }) => place));
    if (found.has(undefined) || found.size < levels.length) continue;
    return placed.sort((a, b) => (a.place ?? 0) - (b.place ?? 0)).map(({ level }) => level);
  }
  return undefined;
}
