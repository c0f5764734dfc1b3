#!/usr/bin/env bash
# Makes the passwords that compose.yaml reads, once: those that exist stay. Only their owner gets into the folder; the
# files themselves are readable, since the containers' users have other numbers.
set -euo pipefail
cd "$(dirname "$0")"

install -d -m 700 secrets
for name in database-password grafana-password; do
  [[ -s secrets/$name ]] && continue
  node -e 'process.stdout.write(require("node:crypto").randomBytes(24).toString("hex"))' >"secrets/$name"
  chmod 644 "secrets/$name"
  echo "made deploy/compose/secrets/$name"
done
