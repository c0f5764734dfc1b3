const SCORE_WORDS = [
  'score',
  'scores',
  'grade',
  'grades',
  'mark',
  'marks',
  'percent',
  'percentage',
  'attendance',
  'result',
];
const IDENTIFIER_WORDS = ['id', 'number', 'no', 'nr', 'index', 'code', 'key', 'roll', 'uuid'];
const TRAIT_WORDS = [
  'gender',
  'sex',
  'race',
  'ethnicity',
  'religion',
  'nationality',
  'age',
  'disability',
  'disabilities',
];

/** The words in a column name, in small letters: `studentID` and `student_id` are `student` and `id`. */
function wordsOf(name: string): readonly string[] {
  const parted = name.replace(/([a-z\d])([A-Z])/g, '$1 $2');
  return parted.toLowerCase().split(/[^\p{L}\p{N}]+/u);
}

/** Whether a name says that the column is a score on a usual scale: `math_score`, `Attendance`, `G3`. */
export function namesScore(name: string): boolean {
  return /^g\d$/i.test(name) || wordsOf(name).some((word) => SCORE_WORDS.includes(word));
}

/** Whether a name says that the column tells rows apart: `id`, `student_id`, `rollNumber`. */
export function namesIdentifier(name: string): boolean {
  const words = wordsOf(name);
  return words[0] === 'id' || IDENTIFIER_WORDS.includes(words.at(-1) ?? '');
}

/** Whether a name says that the column describes a protected trait, such as gender. */
export function namesTrait(name: string): boolean {
  return wordsOf(name).some((word) => TRAIT_WORDS.includes(word));
}
