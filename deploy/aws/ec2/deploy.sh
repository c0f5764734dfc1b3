#!/usr/bin/env bash
# Blue/green on one host: starts the new image beside the old one, waits until it is ready, lets nginx send requests to it,
# looks once more through nginx, and only then stops the old one. When a step fails, the old one goes on as if nothing had been.
#   deploy/aws/ec2/deploy.sh IMAGE
#   deploy/aws/ec2/deploy.sh --roll-back        the image before the present one
#
# Settings (environment):
#   SCORECAST_STATE     where colour, images and nginx's upstream are kept     /var/lib/scorecast
#   SCORECAST_FRONT     the service as nginx offers it                         http://127.0.0.1:80
#   SCORECAST_NGINX     how nginx is called                                    sudo --non-interactive nginx
#   SCORECAST_SECONDS   how long a new container may take to be ready          60
#   SCORECAST_DRAIN_MS  how long the old service goes on accepting requests    5000
#                       after the switch, for what nginx was about to send it
#   SCORECAST_PASS      names of environment variables that the service gets   (none)
#   SCORECAST_BLUE_PORT, SCORECAST_GREEN_PORT   where each colour is found     8081, 8082
set -euo pipefail

state=${SCORECAST_STATE:-/var/lib/scorecast}
front=${SCORECAST_FRONT:-http://127.0.0.1:80}
read -r -a nginx <<<"${SCORECAST_NGINX:-sudo --non-interactive nginx}"
seconds=${SCORECAST_SECONDS:-60}
drain=${SCORECAST_DRAIN_MS:-5000}
read -r -a passed <<<"${SCORECAST_PASS:-}"

# Where the service listens in its container, and where each colour is found on this host.
container_port=8080
# nginx, as a container sees it: an address of a Docker network. Nobody else reaches the published port.
proxy=172.16.0.0/12
declare -A ports=([blue]=${SCORECAST_BLUE_PORT:-8081} [green]=${SCORECAST_GREEN_PORT:-8082})

fail() {
  echo "error: $*" >&2
  exit 1
}

kept() {
  if [[ -f $state/$1 ]]; then cat "$state/$1"; fi
}

keep() {
  echo "$2" >"$state/$1.new"
  mv "$state/$1.new" "$state/$1"
}

# Polls an address until it answers 200.
ready() {
  local url=$1 end=$((SECONDS + seconds))
  until curl --fail --silent --show-error --max-time 5 --output /dev/null "$url" 2>"$state/last-answer"; do
    if ((SECONDS >= end)); then
      cat "$state/last-answer" >&2
      return 1
    fi
    sleep 0.5
  done
}

# Lets nginx send requests to a colour.
point_to() {
  keep upstream.conf "server 127.0.0.1:${ports[$1]};"
  "${nginx[@]}" -t -q && "${nginx[@]}" -s reload
}

remove() {
  docker rm --force "scorecast-$1" >/dev/null 2>&1 || true
}

[[ $# -eq 1 ]] || {
  echo "usage: $0 IMAGE | --roll-back" >&2
  exit 2
}
[[ -d $state ]] || fail "there is no folder $state (make it, and give it to the user that deploys)"
exec 9>"$state/lock"
flock --nonblock 9 || fail "another deployment is under way"

image=$1
if [[ $image == --roll-back ]]; then
  image=$(kept former-image)
  [[ -n $image ]] || fail "there is no former image to go back to"
fi
active=$(kept active)
next=blue
if [[ $active == blue ]]; then next=green; fi

echo "starting $image as $next (in service: ${active:-nothing})"
docker pull --quiet "$image" >/dev/null
remove "$next"
environment=()
for name in "${passed[@]}"; do environment+=(--env "$name"); done
docker run --detach --name "scorecast-$next" --restart unless-stopped \
  --read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges --memory 512m --pids-limit 256 \
  --log-driver json-file --log-opt max-size=10m --log-opt max-file=5 \
  --publish "127.0.0.1:${ports[$next]}:$container_port" --env "PORT=$container_port" --env "SCORECAST_TRUST_PROXY=$proxy" --env "SCORECAST_DRAIN_DELAY=$drain" "${environment[@]}" \
  "$image" >/dev/null

if ! ready "http://127.0.0.1:${ports[$next]}/ready"; then
  docker logs --tail 20 "scorecast-$next" >&2 || true
  remove "$next"
  fail "$image was not ready within $seconds s; ${active:-nothing} stays in service"
fi

if ! point_to "$next" || ! ready "$front/ready"; then
  if [[ -n $active ]]; then point_to "$active" || true; fi
  remove "$next"
  fail "$image could not be reached through nginx; ${active:-nothing} is in service again"
fi

present=$(kept image)
if [[ -n $present ]]; then keep former-image "$present"; fi
keep image "$image"
keep active "$next"

# What nginx's old workers still send there is answered: after SIGTERM the service goes on accepting for a while, then drains.
if [[ -n $active ]]; then
  docker stop --time 30 "scorecast-$active" >/dev/null || true
  remove "$active"
fi
echo "$image is in service as $next"
