# shellcheck shell=sh
# What install-seat.sh and install-coordinator.sh share, and the scripts that pack and make images for them. Every change to the machine goes through `put` (a file) or
# `act` (a command), so that --dry-run and --root hold everywhere and a second run changes nothing.

# The Node.js every machine gets: Debian 12 has 18, and Hallvote needs 20 or later. The sums are those of
# https://nodejs.org/dist/v22.22.2/SHASUMS256.txt
NODE_VERSION=22.22.2
NODE_SHA256_arm64=e9e1930fd321a470e29bb68f30318bf58e3ecb4acb4f1533fb19c58328a091fe
NODE_SHA256_x64=88fd1ce767091fd8d4a99fdb2356e98c819f93f3b1f8663853a2dee9b438068a

DRY_RUN=no
ROOT=
IMAGE=no
IS_SEAT=no
UNINSTALL=no
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
# Services must be able to read what root installs, whatever root's own habits are.
umask 022

say() { printf '%s\n' "$*"; }
warn() { printf '%s: WARNING: %s\n' "$(basename "$0")" "$*" >&2; }
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

# live <command> …: as act, for what only a machine that runs can do; an image does it when it starts.
live() {
  if [ "$IMAGE" = yes ]; then
    say "not in an image: $*"
  else
    act "$@"
  fi
}

# attempt <what it costs> <command> …: as act, for what the machine can do without until its next start.
attempt() {
  cost=$1
  shift
  live "$@" || warn "$* failed: $cost"
}

# changed: whether anything is other than what the services were last started with. A file on the machine keeps it: a
# variable set in a pipeline is set in a shell of its own and lost, and a run that dies half-way leaves it to the next.
changed() { [ -e "$ROOT/opt/hallvote/.changed" ]; }
mark_changed() {
  mkdir -p "$ROOT/opt/hallvote"
  : >"$ROOT/opt/hallvote/.changed"
}
mark_applied() { rm -f "$ROOT/opt/hallvote/.changed"; }

# put <mode> <path>: writes what comes in on standard input, if it is not there already; whole or not at all. Never at
# the end of a pipe, which would hide that what stands before it failed.
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
    mark_changed
    say "written: $2"
  fi
}

# files_of <folder>: lists its files in $tmp/tree, as paths from there.
files_of() {
  (cd "$1" && find . -type f) >"$tmp/found"
  sed 's/^\.//' "$tmp/found" | sort >"$tmp/tree"
  [ -s "$tmp/tree" ] || die "$1 holds no files: unpack the package again"
}

# put_tree <folder>: every file of it to the same place under /.
put_tree() {
  files_of "$1"
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
      [ "$UNINSTALL" = yes ] || mark_changed
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

# know_node <processor> [sha256]: $arch and $sum of the Node.js that such a machine gets.
know_node() {
  case $1 in
    aarch64) arch=arm64 sum=$NODE_SHA256_arm64 ;;
    x86_64) arch=x64 sum=$NODE_SHA256_x64 ;;
    *) die "this system is $1: install a 64-bit one" ;;
  esac
  sum=${2:-$sum}
}

# bring_node [tarball]: the one that know_node has named, from nodejs.org or from a file brought along; $tarball is where.
bring_node() {
  tarball=${1:-}
  if [ -z "$tarball" ]; then
    tarball=$tmp/node.tar.xz
    act curl --fail --location --silent --show-error --output "$tarball" \
      "https://nodejs.org/dist/v$NODE_VERSION/node-v$NODE_VERSION-linux-$arch.tar.xz"
    [ -f "$tarball" ] || return 0
  fi
  printf '%s  %s\n' "$sum" "$tarball" | sha256sum --check --status ||
    die "$tarball is not the Node.js that was expected (SHA-256 $sum); fetch it again, or give --node-sha256"
}

# install_node [tarball] [sha256]: Node.js into /opt/hallvote/node.
install_node() {
  know_node "$(uname -m)" "${2:-}"
  if [ "$(cat "$ROOT/opt/hallvote/node/.sha256" 2>/dev/null)" = "$sum" ]; then return; fi
  bring_node "${1:-}"
  [ -f "$tarball" ] || return 0
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

# What only a register's documents and pictures need, and fonts that the pages have already: more than a hundred megabytes that
# no seat would ever read. Updates leave out the same (coordinator/update/package-file.ts).
NOT_FOR_SEATS='dist/coordinator/papers node_modules/@myriaddreamin node_modules/@img node_modules/sharp node_modules/@cantoo node_modules/@fontsource-variable'

# for_seats <folder>: takes away of a program that lies there what no seat needs.
for_seats() {
  for part in $NOT_FOR_SEATS; do rm -rf "${1:?}/$part"; done
}

# install_app [library] …: Hallvote into /opt/hallvote/app, from the folder that this script stands in: an unpacked
# package of pack.sh, or a built checkout. Libraries that did not come along are fetched by npm. The libraries named are
# those that npm may leave out in silence, because they could not be compiled, and that this machine needs.
# shellcheck disable=SC2120 # a coordinator needs none in particular
install_app() {
  app=$ROOT/opt/hallvote/app.new
  source=$(cd "${here:?}/../.." && pwd)
  [ -f "$source/dist/terminal/main.js" ] || die "$source is not built: npm ci && npm run build, or use pack.sh"
  # A checkout's own node_modules hold a developer's tools as well; those of a package are just right.
  brought=no
  if [ -d "$source/node_modules" ] && [ ! -d "$source/node_modules/typescript" ]; then
    brought=yes
    has_libraries "$source" "$@" ||
      die "this package has no $lacking, which was not compiled where it was packed: see --modules in pack.sh"
  fi
  if [ "$DRY_RUN" = yes ]; then
    say "would copy: $source to /opt/hallvote/app"
    return
  fi
  rm -rf "$app"
  mkdir -p "$app"
  for part in dist package.json package-lock.json; do cp -R "$source/$part" "$app"; done
  [ "$IS_SEAT" = no ] || for_seats "$app"
  # What the package was signed as: nothing older is taken from a coordinator.
  [ ! -f "$source/manifest.jws" ] || cp "$source/manifest.jws" "$app"
  # Another Node.js needs its native parts compiled anew: then this file differs, too.
  [ ! -f "$ROOT/opt/hallvote/node/.sha256" ] || cp "$ROOT/opt/hallvote/node/.sha256" "$app/.node"
  if diff -r -q -x node_modules -x .installed "$app" "$ROOT/opt/hallvote/app" >/dev/null 2>&1 &&
    { [ -n "$ROOT" ] || has_libraries /opt/hallvote/app "$@"; }; then
    rm -rf "$app"
    return
  fi
  if [ "$brought" = yes ]; then
    cp -R "$source/node_modules" "$app"
  else
    packages build-essential python3
    # The headers that native parts are compiled against come with Node.js: nothing else is fetched for them.
    act env PATH="/opt/hallvote/node/bin:$PATH" npm_config_nodedir=/opt/hallvote/node \
      npm ci --prefix "$app" --omit=dev --no-audit --no-fund
    [ -n "$ROOT" ] || has_libraries "$app" "$@" ||
      die "npm could not install $lacking: try again, and look for its name in npm's own log"
  fi
  [ "$IS_SEAT" = no ] || for_seats "$app"
  # Another one each time: a version that came by an update gives way to what somebody has installed.
  date +%s.%N >"$app/.installed"
  swap /opt/hallvote/app
}

# release_key <key>: the public key that --release-key names: as hallvote release key printed it, or a file that holds that
# line. The secret one looks alike, and is in a file that only its owner can read: that one shall not get onto a seat.
release_key() {
  key=$1
  if [ -f "$1" ]; then
    [ -n "$(find "$1" -maxdepth 0 -perm /044)" ] ||
      die "--release-key $1: only its owner may read this file, as it is with the secret key; give the line that hallvote release key printed"
    key=$(cat "$1")
  fi
  printf '%s\n' "$key" | grep -Eqx '[A-Za-z0-9_-]{43}' ||
    die "--release-key $1: is no public key; write what hallvote release key printed"
  printf '%s\n' "$key"
}

# pin_release_key <key>: the only one whose versions this machine takes from a coordinator, or offers to its seats.
pin_release_key() {
  [ -n "$1" ] || return 0
  release_key "$1" >"$tmp/release.pub"
  act /opt/hallvote/node/bin/node /opt/hallvote/app/dist/terminal/update/main.js check-key "$tmp/release.pub" ||
    die "--release-key $1: is no public key; write what hallvote release key printed"
  put 644 /etc/hallvote/release.pub <"$tmp/release.pub"
}

# has_libraries <app> [library] …: whether all are among its modules and can be loaded; $lacking is the first that cannot.
has_libraries() {
  folder=$1
  shift
  node=/opt/hallvote/node/bin/node
  for lacking in "$@"; do
    [ -d "$folder/node_modules/$lacking" ] || return 1
    if [ "$DRY_RUN" = yes ] || [ -n "$ROOT" ]; then continue; fi
    (cd "$folder" && "$node" --input-type=module -e 'await import(process.argv[1])' "$lacking") || return 1
  done
}

# swap <path>: puts <path>.new in the place of <path>.
swap() {
  rm -rf "$ROOT$1.old"
  [ ! -e "$ROOT$1" ] || mv "$ROOT$1" "$ROOT$1.old"
  mv "$ROOT$1.new" "$ROOT$1"
  rm -rf "$ROOT$1.old"
  mark_changed
  say "installed: $1"
}

# comes_up <unit> <words>: waits until it says those words in its journal, five minutes at most; fails as soon as it has
# ended. systemd calls a service that ends at once and is started again and again a success.
comes_up() {
  if [ "$DRY_RUN" = yes ] || [ -n "$ROOT" ]; then return; fi
  restarts=$(systemctl show --property=NRestarts --value "$1")
  for _ in $(seq 600); do
    systemctl is-active --quiet "$1" || return 1
    [ "$(systemctl show --property=NRestarts --value "$1")" = "$restarts" ] || return 1
    invocation=$(systemctl show --property=InvocationID --value "$1")
    ! journalctl --quiet --output=cat "_SYSTEMD_INVOCATION_ID=$invocation" | grep -qF "$2" || return 0
    sleep 0.5
  done
  return 1
}

# one_line <option> <value>: refuses values that would become two lines of a file.
one_line() { [ "$(printf %s "$2" | wc -l)" -eq 0 ] || die "$1: must be one line"; }

# seat_packages <screen: yes or no> <reader, or any>: what a seat asks of Debian. No recommended packages: they would bring
# half a desktop.
seat_packages() {
  # The clock follows the coordinator through timesyncd, which Debian counts among the things one may leave out.
  echo ca-certificates curl xz-utils systemd-timesyncd
  # cage does not start without xwayland, nor without polkitd, which allows its session to take the screen.
  [ "$1" = no ] || echo cage xwayland chromium fonts-noto-cjk libpam-systemd polkitd
  # nfc-pcsc is compiled with libpcsclite-dev; polkitd also says who may use the reader.
  case $2 in pcsc | any) echo pcscd libpcsclite1 libpcsclite-dev libccid polkitd ;; esac
}
