#!/bin/sh
# Packs Hallvote for machines without its source. The package holds the built program, these scripts, the drawings and the
# panel's firmware, and the libraries where it is told to.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=hardware/provision/common.sh
. "$here/common.sh"
# shellcheck source=hardware/provision/arm64.sh
. "$here/arm64.sh"

usage() {
  cat <<'END'
pack.sh [options] [<file>]   hallvote-<version>.tar.gz, where nothing else is said

  --modules            with the libraries, for machines like this one (same processor, same Node.js) that cannot reach an
                       npm registry
  --for-pi             with the libraries, for Pis that are seats: made by this PC's own compiler, and without what only a
                       register needs
  --sign <file>        also makes <file>.update, which seats take from their coordinator, and the package says in what order
                       of releases it stands; the file is the release key: do it where that is kept, offline
  --note <line>        what is new in it, for the operator
  --node <file>        --for-pi: the Node.js tarball that the seats have (arm64), for a PC without nodejs.org
  --node-sha256 <sum>  --for-pi: of another Node.js than the one named in common.sh
  --mirror <url>       --for-pi: of Debian's packages; Debian's own
END
}

FOR='' SIGN='' NOTE='' NODE='' NODE_SHA256='' MIRROR='' OUT=''

parse() {
  while [ $# -gt 0 ]; do
    option=$1
    shift
    case $option in
      --modules) FOR=here && continue ;;
      --for-pi) FOR=pi && continue ;;
      --help | -h) usage && exit 0 ;;
      -*) ;;
      *)
        [ -z "$OUT" ] || die "$option: only one package at a time; see --help"
        OUT=$(realpath "$option")
        continue
        ;;
    esac
    [ $# -gt 0 ] || die "$option: unknown, or its value is missing; see --help"
    case $option in
      --sign) SIGN=$(realpath "$1") ;;
      --note) NOTE=$1 ;;
      --node) NODE=$(realpath "$1") ;;
      --node-sha256) NODE_SHA256=$1 ;;
      --mirror) MIRROR=$1 ;;
      *) die "$option: unknown; see --help" ;;
    esac
    shift
  done
  [ -z "$SIGN" ] || [ -n "$FOR" ] || die '--sign: a version for seats needs its libraries; see --modules and --for-pi'
}

# What this checkout runs with, less the developer's tools; fetched and compiled anew where it is not what is locked.
modules_from_here() {
  if node -e "
    const packages = (file) => JSON.parse(fs.readFileSync(file, 'utf8')).packages;
    const installed = packages('node_modules/.package-lock.json');
    const isThere = ([path, { dev, optional, version }]) =>
      path === '' || dev || optional || installed[path]?.version === version;
    process.exit(Object.entries(packages('package-lock.json')).every(isThere) ? 0 : 1);" 2>/dev/null; then
    cp -R node_modules "$made"
    # Without a developer’s tools there is nothing to take away, and npm may know too little to see that.
    [ ! -d node_modules/typescript ] || npm prune --prefix "$made" --omit=dev --offline --ignore-scripts --no-audit --no-fund >&2
  else
    npm ci --prefix "$made" --omit=dev --no-audit --no-fund >&2
  fi
  # npm leaves them out in silence where they do not compile; install-seat.sh refuses such a package where it needs them.
  lacking=
  for library in koffi i2c-bus nfc-pcsc; do
    (cd "$made" && node --input-type=module -e 'await import(process.argv[1])' "$library") 2>/dev/null ||
      lacking="$lacking $library"
  done
  [ -z "$lacking" ] || cat >&2 <<END
pack.sh: WARNING: the package is without$lacking, which did not compile here.
  nfc-pcsc is for seats with --reader pcsc: apt-get install build-essential libpcsclite-dev
  koffi is for --reader input, koffi and i2c-bus for --board raspberry-pi: apt-get install build-essential
END
  packed_for=
}

modules_for_pi() {
  know_node aarch64 "$NODE_SHA256"
  bring_node "$NODE"
  libraries_for_pi "$made" "$tarball" "$MIRROR"
  for_seats "$made"
  packed_for="--arch arm64 --node $(node_version "$tmp/node-for-pi")"
}

sign() {
  cp -R dist "$made"
  # shellcheck disable=SC2086 # a list of words
  node dist/coordinator/cli/hallvote.js release pack "$made" "${OUT%.tar.gz}.update" --key "$SIGN" --note "$NOTE" \
    --manifest "$made/manifest.jws" $packed_for
}

main() {
  parse "$@"
  cd "$here/../.."
  version=$(sed -n 's/^  "version": "\(.*\)",$/\1/p' package.json)
  : "${OUT:=$PWD/hallvote-$version.tar.gz}"
  [ -f dist/terminal/main.js ] || { npm ci && npm run build; }
  made=$tmp/made
  mkdir "$made"
  cp package.json package-lock.json "$made"
  case $FOR in
    here) modules_from_here ;;
    pi) modules_for_pi ;;
  esac
  [ -z "$SIGN" ] || sign
  set -- dist package.json package-lock.json LICENSE hardware/README.md hardware/drawings hardware/provision \
    hardware/panel/panel.hex hardware/panel/build.sh
  for part in manifest.jws node_modules; do
    [ ! -e "$made/$part" ] || set -- "$@" -C "$made" "$part"
  done
  [ "$FOR" != pi ] || set -- --exclude=dist/coordinator/papers "$@"
  # Owned by root, whoever packs.
  tar -czf "$OUT" --owner=0 --group=0 "$@"
  echo "$OUT"
}
main "$@"
