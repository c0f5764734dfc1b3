// Another program that writes to a database file, and takes its time: holding-lock.mjs FILE. It ends with its input.
import Libsql from 'libsql';

const db = new Libsql(process.argv[2]);
db.exec('begin immediate');
process.stdout.write('locked\n');
process.stdin.resume().once('end', () => {
  db.exec('rollback');
  db.close();
});
