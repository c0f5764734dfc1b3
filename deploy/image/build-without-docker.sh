#!/usr/bin/env bash
# Builds the images of deploy/image/Dockerfile where there is no Docker engine, runs what came out and checks it.
#
#   sudo apt-get install buildah debootstrap
#   sudo deploy/image/build-without-docker.sh
#
# The base is made here from Debian's packages and this machine's Node, so that no registry of images is needed; npm's
# is. The programs run as the image's user, without capabilities, on a read-only root, in namespaces of their own, and
# only share the machine's network. WORK is a folder that is kept for the next time, with base, images and logs in it
# (else a new one, removed at the end); BUNDLE is what is served (scorecast-out/bundle.json).
# Ends with 0 when every check holds, 1 when one does not, 2 when it could not begin.
set -euo pipefail
cd "$(dirname "$0")/../.."

readonly bundle=${BUNDLE:-scorecast-out/bundle.json} base=localhost/scorecast-node
readonly uid=10001 most_mib=70
export BUILDAH_ISOLATION=chroot
failed=0
runner=
driver=

main() {
  require_tools
  work=$(realpath "${WORK:-$(mktemp -d)}")
  mkdir -p "$work"
  trap clean_up EXIT
  choose_driver
  images inspect --type image "$base" >/dev/null 2>&1 || make_base
  for target in inference training all-in-one; do build "$target"; done
  check_inference
  check_training
  check_all_in_one
  return "$failed"
}

require_tools() {
  [[ $(id -u) -eq 0 ]] || stop 'needs root, to mount and to change users (use sudo)'
  for program in buildah debootstrap node npm unshare setpriv; do
    command -v "$program" >/dev/null || stop "needs $program (apt-get install buildah debootstrap util-linux)"
  done
  [[ -f $bundle ]] || stop "there is no bundle at $bundle (run \"npm start\" once, or set BUNDLE)"
}

stop() {
  echo "build-without-docker: $1" >&2
  exit 2
}

images() { buildah --storage-driver "$driver" --root "$work/images" --runroot "$work/run" "$@"; }

# Overlays are quick; inside of containers there are often none, and whole copies do as well.
choose_driver() {
  driver=overlay
  if ! images info >/dev/null 2>&1; then
    driver=vfs
    rm -rf "$work/images" "$work/run"
  fi
}

clean_up() {
  end_service >/dev/null 2>&1 || true
  images rm --all >/dev/null 2>&1 || true
  [[ -n ${WORK:-} ]] || rm -rf "$work"
}

# A stand-in for node:*-bookworm-slim: Debian's smallest system, and Node where that image has it.
make_base() {
  local rootfs=$work/rootfs npm=usr/local/lib/node_modules/npm container mount release
  release=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
  echo "making the base: Debian $release, Node $(node --version)"
  rm -rf "$rootfs"
  debootstrap --variant=minbase "$release" "$rootfs" >"$work/debootstrap.log" || stop "debootstrap failed: $work/debootstrap.log"
  rm -rf "$rootfs"/var/cache/apt/* "$rootfs"/var/lib/apt/lists/*
  install -D "$(readlink -f "$(command -v node)")" "$rootfs/usr/local/bin/node"
  mkdir -p "$rootfs/${npm%/npm}"
  cp -r "$(npm root --global)/npm" "$rootfs/$npm"
  ln -s "/$npm/bin/npm-cli.js" "$rootfs/usr/local/bin/npm"
  ln -s "/$npm/bin/npx-cli.js" "$rootfs/usr/local/bin/npx"
  # npm trusts whom this machine trusts, which matters in networks with a certificate authority of their own.
  install -D -m 644 /etc/ssl/certs/ca-certificates.crt "$rootfs/etc/ssl/certs/ca-certificates.crt"
  echo 'cafile=/etc/ssl/certs/ca-certificates.crt' >"$rootfs/$npm/npmrc"
  container=$(images from scratch)
  mount=$(images mount "$container")
  cp -a "$rootfs/." "$mount/"
  images commit --quiet --rm "$container" "$base" >/dev/null
  rm -rf "$rootfs"
}

build() {
  local startedAt=$SECONDS
  images build --format docker --file deploy/image/Dockerfile --target "$1" --tag "scorecast-$1" --layers \
    --build-arg NODE_IMAGE="$base" --build-arg BUNDLE="$bundle" --build-arg UID="$uid" \
    --build-arg REVISION="$(git rev-parse HEAD 2>/dev/null || echo unknown)" . >"$work/build-$1.log" 2>&1 ||
    { tail -n 40 "$work/build-$1.log" >&2 && stop "the target $1 cannot be built"; }
  echo "built $1 in $((SECONDS - startedAt)) s"
}

check() {
  local name=$1
  shift
  if "$@"; then echo "ok      $name"; else
    echo "FAILED  $name"
    failed=1
  fi
}

check_inference() {
  local app log=$work/inference.log port
  open_image inference
  app=$root/app
  check 'inference: the user is a number, and not root' test "$(setting '{{.OCIv1.Config.User}}')" = "$uid:$uid"
  check 'inference: has a health check' contains healthcheck.mjs "$(setting '{{.Docker.Config.Healthcheck}}')"
  check 'inference: of ours only core and serve' test "$(cd "$app/node_modules/@scorecast" && echo *)" = 'core serve'
  check 'inference: no database, no training, no package manager' absent \
    "$app"/node_modules/{pg,kysely,libsql,@libsql,@duckdb,commander} "$root"/usr/local/lib/node_modules/npm
  check "inference: less than $most_mib MiB on top of the base" below "$most_mib" "$app" "$root/bundle"
  check 'inference: nothing in it can be changed by its user' test -z "$(find "$app" "$root/bundle" ! -type l \( -perm /022 -o -uid "$uid" \) -print -quit)"
  port=$(free_port)
  start_service "$log" "PORT=$port"
  check 'inference: is ready and predicts' node deploy/smoke-test.mjs "http://127.0.0.1:$port" --seconds 30
  check 'inference: its health check says so' in_image "PORT=$port" node /app/healthcheck.mjs
  check 'inference: its root is read-only' not in_image '' touch /app/x
  check 'inference: ends by itself when told to, with code 0' end_service
  check 'inference: its health check says so afterwards' not in_image "PORT=$port" node /app/healthcheck.mjs
  [[ $failed -eq 0 ]] || tail -n 20 "$log"
  close_image
}

check_training() {
  open_image training
  check 'training: contains no pages of the tracking server' absent "$root/app/node_modules/@scorecast/console"
  check 'training: trains as its user' in_image '' sh -c \
    'cd /data && scorecast() { node /app/bin/scorecast "$@"; } && scorecast sample exams --output marks.csv && scorecast sample exams --schema --output schema.json && scorecast train marks.csv --schema schema.json --out out && test -s out/bundle.json'
  close_image
}

check_all_in_one() {
  local port
  open_image all-in-one
  port=$(free_port)
  start_service "$work/all-in-one.log" "PORT=$port"
  check 'all-in-one: trains and serves' node deploy/smoke-test.mjs "http://127.0.0.1:$port" --seconds 120
  check 'all-in-one: ends by itself when told to' end_service
  [[ $failed -eq 0 ]] || tail -n 20 "$work/all-in-one.log"
  close_image
}

open_image() {
  image=scorecast-$1
  container=$(images from "$image")
  root=$(images mount "$container")
}

close_image() { images rm "$container" >/dev/null; }

setting() { images inspect --type image --format "$1" "$image"; }

# Runs a command as a container would: the image's environment and user, a read-only root, /tmp and /data in memory.
in_image() {
  local extra=$1 environment
  shift
  mapfile -t environment < <(setting '{{range .OCIv1.Config.Env}}{{println .}}{{end}}' | sed '/^$/d')
  [[ -z $extra ]] || environment+=("$extra")
  (trap - EXIT && exec_in_image "${environment[@]}" "$@") >>"$work/runs.log" 2>&1
}

# Becomes the command, so that its process is known.
exec_in_image() {
  # shellcheck disable=SC2016 # the inner shell has these variables
  exec env ROOT="$root" ID="$uid" unshare --mount --pid --ipc --uts --fork --kill-child -- bash -c '
    mount --bind "$ROOT" "$ROOT" && mount -o remount,bind,ro "$ROOT" &&
      mount -t tmpfs -o mode=1777 tmpfs "$ROOT/tmp" && mount -t tmpfs -o "uid=$ID,gid=$ID" tmpfs "$ROOT/data" &&
      mount -t proc proc "$ROOT/proc" && mount --rbind -o ro /dev "$ROOT/dev" || exit 125
    exec chroot "$ROOT" setpriv --reuid="$ID" --regid="$ID" --clear-groups --inh-caps=-all --bounding-set=-all \
      --no-new-privs env --chdir=/data -i "$@"' in-image "$@"
}

# Starts what the image starts, in the background.
start_service() {
  local log=$1 environment command
  mapfile -t environment < <(setting '{{range .OCIv1.Config.Env}}{{println .}}{{end}}' | sed '/^$/d')
  mapfile -t command < <(setting '{{range .OCIv1.Config.Entrypoint}}{{println .}}{{end}}{{range .OCIv1.Config.Cmd}}{{println .}}{{end}}' | sed '/^$/d')
  exec_in_image "${environment[@]}" "$2" "${command[@]}" >"$log" 2>&1 &
  runner=$!
}

# SIGTERM to the service itself; its exit code is the result. After 20 s it is killed.
end_service() {
  local service=
  [[ -n $runner ]] || return 1
  service=$(tr -d ' ' <"/proc/$runner/task/$runner/children" 2>/dev/null) || true
  [[ -z $service ]] || kill -TERM "$service"
  # A killed subshell of bash would run the trap of this one.
  (trap - EXIT && sleep 20 && kill -KILL "$runner") 2>/dev/null &
  local watchdog=$! code=0
  wait "$runner" || code=$?
  kill "$watchdog" 2>/dev/null || true
  runner=
  return "$code"
}

free_port() { node -e 'const s = require("node:net").createServer().listen(0, () => { console.log(s.address().port); s.close(); })'; }
contains() { [[ $2 == *"$1"* ]]; }
not() { ! "$@"; }
absent() { for path in "$@"; do [[ ! -e $path ]] || { echo "there is $path"; return 1; }; done; }

below() {
  local most=$1 size
  shift
  size=$(du --total --summarize --block-size=1M --apparent-size "$@" | tail -n 1 | cut -f 1)
  echo "        $size MiB"
  [[ $size -lt $most ]]
}

main
