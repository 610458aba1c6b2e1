#!/usr/bin/env bash
# Makes .tools with uv in it, from whichever Python 3 works on this machine.
set -euo pipefail
cd "$(dirname "$0")/.."

[ -x .tools/bin/uv ] && exit 0

# A version manager's shim for python3 exists but fails where .python-version asks
# for a version that is not installed; so each candidate has to prove itself.
works() {
  "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 8))' \
    >/dev/null 2>&1
}

candidates() {
  local name folder
  for name in python3 python3.10 python3.11 python3.12 python3.13 python3.14 \
    python3.9 python3.8; do
    type -aP "$name" 2>/dev/null || true
  done
  for folder in "${PYENV_ROOT:-$HOME/.pyenv}"/versions/*/bin; do
    echo "$folder/python3"
  done
}

while read -r python; do
  if works "$python"; then
    rm -rf .tools
    "$python" -m venv .tools
    .tools/bin/python -m pip install --quiet --disable-pip-version-check uv
    exit 0
  fi
done < <(candidates)

echo "No working Python 3.8 or newer with venv found; install one, then: make setup" >&2
exit 1
