import { type Migration } from './migration.js';

/** Approvals, the history of aliases, the audit log, and webhooks with what they are still to be told. */
export const registryRules: Migration = {
  name: '0004-registry-rules',
  statements: (dialect) => {
    // Names are compared byte by byte.
    const text = (length: number) => `varchar(${length}) not null${dialect === 'postgres' ? ' collate "C"' : ''}`;
    return [
      `create table scorecast_approvals (model_name ${text(256)}, version integer not null, approved_by ${text(200)}, ` +
        'approved_at bigint not null, reason text not null, primary key (model_name, version, approved_by))',
      `create table scorecast_alias_moves (sequence bigint primary key, model_name ${text(256)}, alias ${text(256)}, from_version integer, ` +
        'to_version integer not null, kind varchar(16) not null, moved_by varchar(200) not null, moved_at bigint not null)',
      `create table scorecast_audit (sequence bigint primary key, at bigint not null, actor varchar(200) not null, action varchar(32) not null, ` +
        `subject ${text(600)}, details text not null, hash char(64) not null)`,
      'create index scorecast_audit_subject on scorecast_audit (subject, sequence)',
      'create table scorecast_webhooks (id char(32) primary key, url varchar(2000) not null, events varchar(500) not null, ' +
        'secret varchar(100) not null, created_at bigint not null)',
      'create table scorecast_webhook_deliveries (id char(32) primary key, webhook_id char(32) not null references scorecast_webhooks (id), ' +
        'payload text not null, attempts integer not null, due_at bigint not null, last_error varchar(500))',
      'create index scorecast_webhook_deliveries_due on scorecast_webhook_deliveries (due_at)',
      ...appendOnly(dialect),
    ];
  },
};

/** Not even a program with a mistake in it changes or removes an entry of the audit log. */
function appendOnly(dialect: 'sqlite' | 'postgres'): readonly string[] {
  const words = 'the audit log is append-only';
  if (dialect === 'sqlite') {
    return ['update', 'delete'].map(
      (change) =>
        `create trigger scorecast_audit_no_${change} before ${change} on scorecast_audit begin select raise(abort, '${words}'); end`,
    );
  }
  return [
    `create function scorecast_audit_append_only() returns trigger language plpgsql as $$ begin raise exception '${words}'; end $$`,
    'create trigger scorecast_audit_append_only before update or delete or truncate on scorecast_audit ' +
      'for each statement execute function scorecast_audit_append_only()',
  ];
}
