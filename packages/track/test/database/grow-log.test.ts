import { copyFile, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { growLog } from '../../src/database/grow-log.js';

const SIZE = 3_000_000;

describe('growing the log of a SQLite file', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'scorecast-log-'));
    path = join(folder, 'runs.db');
  });
  afterEach(async () => rm(folder, { recursive: true, force: true }));

  it('keeps what is in it and what is written to it afterwards, also for who finds it after a crash', async () => {
    const db = new Libsql(path);
    db.pragma('journal_mode = WAL');
    db.exec('create table t (n integer)');
    db.exec('begin immediate');
    growLog(path, SIZE);
    db.exec('insert into t values (1)');
    db.exec('commit');
    expect((await stat(`${path}-wal`)).size).toBe(SIZE);
    db.exec('insert into t values (2)');
    const crashed = join(folder, 'crashed.db');
    await copyFile(path, crashed);
    await copyFile(`${path}-wal`, `${crashed}-wal`);
    const other = new Libsql(crashed);
    expect(other.prepare('select n from t order by n').all()).toMatchObject([{ n: 1 }, { n: 2 }]);
    expect(other.pragma('integrity_check')).toMatchObject([{ integrity_check: 'ok' }]);
    other.close();
    db.close();
  });

  it('never makes it shorter, and does without one', async () => {
    await writeFile(path, '');
    growLog(path, SIZE);
    await expect(stat(`${path}-wal`)).rejects.toThrow('ENOENT');
    await writeFile(`${path}-wal`, 'x'.repeat(10));
    growLog(path, 5);
    expect((await stat(`${path}-wal`)).size).toBe(10);
  });
});
