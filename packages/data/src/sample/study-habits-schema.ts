import { defineSchema, type Schema } from '@scorecast/core';

/**
 * The schema of the study habits data: how a student works, earlier scores, and the exam score that is predicted.
 *
 * @example
 * studyHabitsSchema.identifiers[0].name; // => "student_id"
 */
export const studyHabitsSchema: Schema = defineSchema({
  name: 'study-habits',
  identifiers: [{ name: 'student_id', label: 'Student number' }],
  features: [
    {
      kind: 'numeric',
      name: 'study_hours',
      label: 'Study hours',
      description: 'Hours of study in a usual week, lessons left out.',
      actionable: true,
      min: 0,
      max: 40,
      unit: 'hours per week',
    },
    {
      kind: 'numeric',
      name: 'attendance',
      label: 'Attendance',
      description: 'The share of lessons that the student attended this term.',
      actionable: true,
      min: 0,
      max: 100,
      unit: '%',
    },
    {
      kind: 'numeric',
      name: 'sleep_hours',
      label: 'Sleep',
      description: 'Hours of sleep in a usual night; may be left out.',
      optional: true,
      actionable: true,
      min: 0,
      max: 24,
      unit: 'hours per night',
    },
    {
      kind: 'numeric',
      name: 'tutoring_sessions',
      label: 'Tutoring sessions',
      description: 'Tutoring sessions in the last month.',
      actionable: true,
      min: 0,
      max: 31,
      unit: 'per month',
      integer: true,
    },
    {
      kind: 'ordinal',
      name: 'motivation',
      label: 'Motivation',
      description: "The student's own answer in a survey; may be left out.",
      optional: true,
      actionable: true,
      levels: ['low', 'medium', 'high'],
    },
    {
      kind: 'nominal',
      name: 'internet_access',
      label: 'Internet at home',
      description: 'Whether the student can study on the internet at home.',
      actionable: true,
      levels: ['no', 'yes'],
    },
    {
      kind: 'numeric',
      name: 'last_year_score',
      label: "Last year's score",
      description: 'The exam score one year ago; left out for those who were at another school.',
      optional: true,
      min: 0,
      max: 100,
      unit: 'points',
    },
    {
      kind: 'numeric',
      name: 'midterm_score',
      label: 'Midterm score',
      description: 'The score in the middle of this term.',
      min: 0,
      max: 100,
      unit: 'points',
    },
  ],
  target: { name: 'exam_score', label: 'Exam score', min: 0, max: 100, unit: 'points' },
});
