import { describe, expect, it } from 'vitest';
import { auditReason, auditWords, placing, versionBefore } from '../web/models/audit-words.js';

const entry = (action: string, subject: string, details: object = {}, sequence = 1) => ({
  sequence,
  at: 0,
  actor: 'maria',
  action,
  subject,
  details,
});
const move = (kind: string, from: number | null, to: number) =>
  entry('alias.move', `exams/${to}`, { kind, alias: 'production', from, to, reason: 'better' });

describe('the history of a model in words', () => {
  it.each([
    [move('promote', null, 1), 'moved production to version 1'],
    [move('promote', 1, 2), 'moved production to version 2, from version 1'],
    [move('rollback', 2, 1), 'rolled production back from version 2 to version 1'],
    [entry('approve', 'exams/3'), 'approved version 3'],
    [entry('alias.refuse', 'a/b/3', { alias: 'production' }), 'was refused to move production to version 3'],
    [entry('version.create', 'exams/1'), 'added version 1'],
    [entry('model.rename', 'exams', { from: 'marks' }), 'renamed the model, which was marks'],
    [entry('stage.change', 'exams/1', { to: 'Staging' }), 'moved version 1 to the stage Staging'],
    [entry('something.new', 'exams'), 'did something.new to exams'],
  ])('%#', (one, words) => {
    expect(auditWords(one)).toBe(words);
  });

  it('gives the refusal before the reason', () => {
    expect(auditReason(entry('alias.refuse', 'exams/3', { reason: 'try', refusal: 'a gate is closed' }))).toBe(
      'a gate is closed',
    );
    expect(auditReason(entry('approve', 'exams/3', { reason: 'looks right' }))).toBe('looks right');
    expect(auditReason(entry('version.create', 'exams/3'))).toBeUndefined();
  });
});

describe('what is in production', () => {
  const entries = [move('rollback', 2, 1), move('promote', 1, 2), move('promote', null, 1)];

  it('was put there by the newest move', () => {
    expect(placing(entries, 'production', '1')).toBe(entries[0]);
    expect(placing(entries, 'production', '2')).toBeUndefined();
    expect(placing(entries, 'champion', '1')).toBeUndefined();
  });

  it('goes back to what was there when it was promoted', () => {
    expect(versionBefore(entries, 'production', '2')).toBe('1');
  });

  it('has no way back where it was the first', () => {
    expect(versionBefore(entries, 'production', '1')).toBeUndefined();
  });

  it('goes the way of its last promotion', () => {
    const again = [move('promote', 3, 2), ...entries];
    expect(versionBefore(again, 'production', '2')).toBe('3');
  });
});
