# shellcheck shell=sh
# What install-seat.sh and install-coordinator.sh share. Every change to the machine goes through `put` (a file) or
# `act` (a command), so that --dry-run and --root hold everywhere and a second run changes nothing.

# The Node.js every machine gets: Debian 12 has 18, and Hallvote needs 20 or later. The sums are those of
# https://nodejs.org/dist/v22.22.2/SHASUMS256.txt
NODE_VERSION=22.22.2
NODE_SHA256_arm64=e9e1930fd321a470e29bb68f30318bf58e3ecb4acb4f1533fb19c58328a091fe
NODE_SHA256_x64=88fd1ce767091fd8d4a99fdb2356e98c819f93f3b1f8663853a2dee9b438068a

DRY_RUN=no
ROOT=
# Whether anything is other than it was before.
CHANGED=no
: "$CHANGED"
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

say() { printf '%s\n' "$*"; }
die() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 2
}

# act <command> …: does something to the machine; not under --root, where only files are written.
act() {
  if [ "$DRY_RUN" = yes ]; then
    say "would run: $*"
  elif [ -n "$ROOT" ]; then
    say "not with --root: $*"
  else
    "$@"
  fi
}

# put <mode> <path>: writes what comes in on standard input, if it is not there already; whole or not at all.
put() {
  if [ "$DRY_RUN" = yes ]; then
    say "would write: $2"
    cat >/dev/null
    return
  fi
  mkdir -p "$(dirname "$ROOT$2")"
  cat >"$ROOT$2.new"
  chmod "$1" "$ROOT$2.new"
  if cmp -s "$ROOT$2.new" "$ROOT$2"; then
    rm "$ROOT$2.new"
    chmod "$1" "$ROOT$2"
  else
    mv "$ROOT$2.new" "$ROOT$2"
    CHANGED=yes
    say "written: $2"
  fi
}

# put_tree <folder>: every file of it to the same place under /.
put_tree() {
  (cd "$1" && find . -type f | sort) | sed 's/^\.//' >"$tmp/tree"
  while read -r path; do
    mode=644
    [ ! -x "$1$path" ] || mode=755
    put "$mode" "$path" <"$1$path"
  done <"$tmp/tree"
}

# drop <path> …: removes files and folders.
drop() {
  for path in "$@"; do
    [ -e "$ROOT$path" ] || [ -L "$ROOT$path" ] || continue
    if [ "$DRY_RUN" = yes ]; then
      say "would remove: $path"
    else
      rm -rf "${ROOT:-}${path:?}"
      say "removed: $path"
    fi
  done
}

# user <name> <home>: a system user that cannot log in.
user() {
  id "$1" >/dev/null 2>&1 ||
    act useradd --system --user-group --no-create-home --home-dir "$2" --shell /usr/sbin/nologin "$1"
}

# packages <name> …: Debian packages, unless they are all there: a hall without the Internet needs no archive.
packages() {
  missing=
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
  done
  [ -n "$missing" ] || return 0
  act apt-get update
  # shellcheck disable=SC2086 # a list of names
  act env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends $missing
}

# install_node [tarball] [sha256]: Node.js into /opt/hallvote/node, from nodejs.org or from a file brought along.
install_node() {
  case $(uname -m) in
    aarch64) arch=arm64 sum=$NODE_SHA256_arm64 ;;
    x86_64) arch=x64 sum=$NODE_SHA256_x64 ;;
    *) die "this system is $(uname -m): install a 64-bit one" ;;
  esac
  sum=${2:-$sum}
  if [ "$(cat "$ROOT/opt/hallvote/node/.sha256" 2>/dev/null)" = "$sum" ]; then return; fi
  tarball=${1:-}
  if [ -z "$tarball" ]; then
    tarball=$tmp/node.tar.xz
    act curl --fail --location --silent --show-error --output "$tarball" \
      "https://nodejs.org/dist/v$NODE_VERSION/node-v$NODE_VERSION-linux-$arch.tar.xz"
    [ -f "$tarball" ] || return 0
  fi
  printf '%s  %s\n' "$sum" "$tarball" | sha256sum --check --status ||
    die "$tarball is not the Node.js that was expected (SHA-256 $sum); fetch it again, or give --node-sha256"
  if [ "$DRY_RUN" = yes ]; then
    say "would unpack: $tarball to /opt/hallvote/node"
    return
  fi
  rm -rf "$ROOT/opt/hallvote/node.new"
  mkdir -p "$ROOT/opt/hallvote/node.new"
  tar -xf "$tarball" -C "$ROOT/opt/hallvote/node.new" --strip-components=1 --no-same-owner
  printf '%s\n' "$sum" >"$ROOT/opt/hallvote/node.new/.sha256"
  swap /opt/hallvote/node
}

# install_app: Hallvote into /opt/hallvote/app, from the folder that this script stands in: an unpacked package of
# pack.sh, or a built checkout. Libraries that did not come along are fetched by npm.
install_app() {
  app=$ROOT/opt/hallvote/app.new
  source=$(cd "${here:?}/../.." && pwd)
  [ -f "$source/dist/terminal/main.js" ] || die "$source is not built: npm ci && npm run build, or use pack.sh"
  set -- dist package.json package-lock.json
  # A checkout's own node_modules hold a developer's tools as well; those of a package are just right.
  if [ -d "$source/node_modules" ] && [ ! -d "$source/node_modules/typescript" ]; then set -- "$@" node_modules; fi
  if [ "$DRY_RUN" = yes ]; then
    say "would copy: $source to /opt/hallvote/app"
    return
  fi
  rm -rf "$app"
  mkdir -p "$app"
  (cd "$source" && tar -cf - "$@") | tar -xf - -C "$app" --no-same-owner
  if diff -r -q -x node_modules "$app" "$ROOT/opt/hallvote/app" >/dev/null 2>&1; then
    rm -rf "$app"
    return
  fi
  if [ ! -d "$app/node_modules" ]; then
    packages build-essential python3
    # The headers that native parts are compiled against come with Node.js: nothing else is fetched for them.
    act env PATH="/opt/hallvote/node/bin:$PATH" npm_config_nodedir=/opt/hallvote/node \
      npm ci --prefix "$app" --omit=dev --no-audit --no-fund
  fi
  swap /opt/hallvote/app
}

# swap <path>: puts <path>.new in the place of <path>.
swap() {
  rm -rf "$ROOT$1.old"
  [ ! -e "$ROOT$1" ] || mv "$ROOT$1" "$ROOT$1.old"
  mv "$ROOT$1.new" "$ROOT$1"
  rm -rf "$ROOT$1.old"
  CHANGED=yes
  say "installed: $1"
}

# host_of <url>: the host in it.
host_of() { printf '%s\n' "$1" | sed -E 's,^[a-z]+://(\[[^]]*\]|[^:/]+).*,\1,' | tr -d '[]'; }

# is_id <text>: may it be the id of a seat or a hall?
is_id() { printf '%s\n' "$1" | grep -Eqx '[A-Za-z0-9][A-Za-z0-9._-]{0,63}'; }

# one_line <option> <value>: refuses values that would become two lines of a file.
one_line() { [ "$(printf %s "$2" | wc -l)" -eq 0 ] || die "$1: must be one line"; }
