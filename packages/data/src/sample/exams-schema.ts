import { defineSchema, type Schema } from '@scorecast/core';

/**
 * The schema of the exams data: seven facts about a student and the maths score that is predicted from them.
 *
 * Its aliases take both header styles in which such files exist (`race_ethnicity`, `race/ethnicity`) and `ethnicity`.
 *
 * @example
 * examsSchema.features.length; // => 7
 */
export const examsSchema: Schema = defineSchema({
  name: 'exams',
  features: [
    {
      kind: 'nominal',
      name: 'gender',
      label: 'Gender',
      description: 'The gender in the school records.',
      sensitive: true,
      levels: ['female', 'male'],
    },
    {
      kind: 'nominal',
      name: 'race_ethnicity',
      aliases: ['race/ethnicity', 'ethnicity'],
      label: 'Race or ethnicity',
      description: 'One of five groups without further meaning.',
      sensitive: true,
      levels: ['group A', 'group B', 'group C', 'group D', 'group E'],
    },
    {
      kind: 'ordinal',
      name: 'parental_level_of_education',
      aliases: ['parental level of education'],
      label: "Parents' education",
      description: 'The highest education of a parent.',
      levels: [
        'some high school',
        'high school',
        'some college',
        "associate's degree",
        "bachelor's degree",
        "master's degree",
      ],
    },
    {
      kind: 'nominal',
      name: 'lunch',
      label: 'Lunch',
      description: 'Whether the school lunch is paid in full or at a lower price.',
      levels: ['standard', 'free/reduced'],
    },
    {
      kind: 'nominal',
      name: 'test_preparation_course',
      aliases: ['test preparation course'],
      label: 'Test preparation course',
      description: 'Whether the student completed the course before the exam.',
      actionable: true,
      levels: ['none', 'completed'],
    },
    {
      kind: 'numeric',
      name: 'reading_score',
      aliases: ['reading score'],
      label: 'Reading score',
      description: 'The result of the reading exam.',
      min: 0,
      max: 100,
      unit: 'points',
    },
    {
      kind: 'numeric',
      name: 'writing_score',
      aliases: ['writing score'],
      label: 'Writing score',
      description: 'The result of the writing exam.',
      min: 0,
      max: 100,
      unit: 'points',
    },
  ],
  target: { name: 'math_score', aliases: ['math score'], label: 'Maths score', min: 0, max: 100, unit: 'points' },
});
