#!/usr/bin/env bash
# Trains on the fictional sample data, as every pipeline does before it builds an image: writes bundle.json, leaderboard.json, result.json
# (everything that was measured) and the data into a folder. An R2 below 0.6 in cross-validation ends it with exit code 5.
#   deploy/train-sample.sh [FOLDER]        default scorecast-out, where the image's build looks for the bundle
set -euo pipefail

folder=${1:-scorecast-out}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
scorecast() { node "$root/packages/cli/bin/scorecast" "$@"; }

mkdir -p "$folder"
scorecast sample exams --output "$folder/exams.csv"
scorecast sample exams --schema --output "$folder/schema.json"
scorecast train "$folder/exams.csv" --schema "$folder/schema.json" --out "$folder" --floor r2=0.6 --tracking-uri none --json \
  >"$folder/result.json"
