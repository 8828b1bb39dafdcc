#!/bin/sh
# Packs Hallvote for machines without its source: pack.sh [--modules] [<file>]
# The package holds the built program, these scripts, the drawings and the panel's firmware. With --modules it also holds the
# libraries, for machines like this one (same processor, same Node.js) that cannot reach an npm registry: run it on a Pi
# for Pis.
set -eu
cd "$(dirname "$0")/../.."

modules=no
if [ "${1:-}" = --modules ]; then
  modules=yes
  shift
fi
version=$(sed -n 's/^  "version": "\(.*\)",$/\1/p' package.json)
file=${1:-$PWD/hallvote-$version.tar.gz}
case $file in /*) ;; *) file=$OLDPWD/$file ;; esac
[ -f dist/terminal/main.js ] || { npm ci && npm run build; }

set -- dist package.json package-lock.json LICENSE hardware/README.md hardware/drawings hardware/provision \
  hardware/panel/panel.hex hardware/panel/build.sh
if [ "$modules" = yes ]; then
  tmp=$(mktemp -d)
  trap 'rm -rf "$tmp"' EXIT
  cp package.json package-lock.json "$tmp"
  npm ci --prefix "$tmp" --omit=dev --no-audit --no-fund
  set -- "$@" -C "$tmp" node_modules
fi
# Owned by root, whoever packs.
tar -czf "$file" --owner=0 --group=0 "$@"
echo "$file"
