#!/usr/bin/env bash
# Copies an image to another registry under further tags, byte for byte: what was tested is what is deployed.
#   deploy/copy-image.sh ghcr.io/me/scorecast@sha256:... registry/repository TAG [TAG ...]
# Both registries must be logged in to. Prints the copy's address with its digest.
set -euo pipefail

if [[ $# -lt 3 ]]; then
  echo "usage: $0 SOURCE-IMAGE TARGET-REPOSITORY TAG [TAG ...]" >&2
  exit 2
fi

source_image=$1
repository=$2
shift 2

docker pull --quiet "$source_image" >&2
for tag in "$@"; do
  docker tag "$source_image" "$repository:$tag"
  docker push --quiet "$repository:$tag" >&2
done
docker image inspect --format '{{range .RepoDigests}}{{println .}}{{end}}' "$repository:$1" |
  grep --fixed-strings --max-count=1 "$repository@"
