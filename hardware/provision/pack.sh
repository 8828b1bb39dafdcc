#!/bin/sh
# Packs Hallvote for machines without its source: pack.sh [--modules [--sign <release key> [--note <line>]]] [<file>]
# The package holds the built program, these scripts, the drawings and the panel's firmware. With --modules it also holds the
# libraries, for machines like this one (same processor, same Node.js) that cannot reach an npm registry: run it on a Pi
# for Pis.
# With --sign it also makes <file>.update, which seats take from their coordinator, and the package says in what order of
# releases it stands: make both where the release key is kept, offline.
set -eu
cd "$(dirname "$0")/../.."

modules=no
if [ "${1:-}" = --modules ]; then
  modules=yes
  shift
fi
sign='' note=''
while [ "$modules" = yes ]; do
  case ${1:-} in
    --sign) sign=$2 ;;
    --note) note=$2 ;;
    *) break ;;
  esac
  shift 2
done
case $sign in '' | /*) ;; *) sign=$OLDPWD/$sign ;; esac
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
  # What this checkout runs with, less the developer's tools; fetched and compiled anew where it is not what is locked.
  if node -e "
    const packages = (file) => JSON.parse(fs.readFileSync(file, 'utf8')).packages;
    const installed = packages('node_modules/.package-lock.json');
    const isThere = ([path, { dev, optional, version }]) =>
      path === '' || dev || optional || installed[path]?.version === version;
    process.exit(Object.entries(packages('package-lock.json')).every(isThere) ? 0 : 1);" 2>/dev/null; then
    cp -R node_modules "$tmp"
    # Without a developer’s tools there is nothing to take away, and npm may know too little to see that.
    [ ! -d node_modules/typescript ] || npm prune --prefix "$tmp" --omit=dev --offline --ignore-scripts --no-audit --no-fund >&2
  else
    npm ci --prefix "$tmp" --omit=dev --no-audit --no-fund >&2
  fi
  # npm leaves them out in silence where they do not compile; install-seat.sh refuses such a package where it needs them.
  lacking=
  for library in koffi i2c-bus nfc-pcsc; do
    (cd "$tmp" && node --input-type=module -e 'await import(process.argv[1])' "$library") 2>/dev/null ||
      lacking="$lacking $library"
  done
  [ -z "$lacking" ] || cat >&2 <<END
pack.sh: WARNING: the package is without$lacking, which did not compile here.
  nfc-pcsc is for seats with --reader pcsc: apt-get install build-essential libpcsclite-dev
  koffi is for --reader input, koffi and i2c-bus for --board raspberry-pi: apt-get install build-essential
END
  if [ -n "$sign" ]; then
    cp -R dist "$tmp"
    node dist/coordinator/cli/hallvote.js release pack "$tmp" "${file%.tar.gz}.update" --key "$sign" --note "$note" \
      --manifest "$tmp/manifest.jws"
    set -- "$@" -C "$tmp" manifest.jws
  fi
  set -- "$@" -C "$tmp" node_modules
fi
# Owned by root, whoever packs.
tar -czf "$file" --owner=0 --group=0 "$@"
echo "$file"
