# shellcheck shell=sh
# What a PC does for a Pi: it runs a Pi's programs, and makes the libraries that the seat's program needs there. For
# make-image and pack.sh, after common.sh.

# The release of Debian that the hardware's page names.
SUITE=bookworm

# Programs for a Pi run here: on a Pi, or by QEMU, which the kernel is told of where it has not been.
runs_arm64() {
  [ "$(uname -m)" != aarch64 ] || return 0
  formats=/proc/sys/fs/binfmt_misc
  [ -e $formats/register ] || mount -t binfmt_misc binfmt_misc $formats ||
    die 'the kernel has no binfmt_misc, which programs for arm64 run through here: make the image on a Pi or another PC'
  [ ! -e $formats/qemu-aarch64 ] || return 0
  format=$(cat /usr/lib/binfmt.d/qemu-aarch64.conf) || die 'QEMU is missing: apt-get install qemu-user-static'
  printf '%s' "$format" >$formats/register ||
    # Somebody else may have been quicker.
    [ -e $formats/qemu-aarch64 ] || die "the kernel takes no QEMU for arm64 at $formats"
}

# needs <packages> <tool> …: all of them are here, or it is said what to install.
needs() {
  packages=$1 missing=
  shift
  for tool in "$@"; do
    command -v "$tool" >/dev/null || missing="$missing $tool"
  done
  [ -z "$missing" ] || die "missing:$missing; apt-get install $packages"
}

# What libraries_for_pi is done with.
needs_compiler() {
  needs 'nodejs npm make python3 mmdebstrap g++-aarch64-linux-gnu' node npm make python3 mmdebstrap aarch64-linux-gnu-g++
}

# libraries_for_pi <folder> <Node.js> [<mirror>]: node_modules for a Pi, into the folder, which holds package.json and
# package-lock.json. <Node.js> is the seats' own tarball, for whose headers they are compiled; <mirror> is of Debian's
# packages. npm, node-gyp and the compiler are this machine's: emulated, they take over half an hour for what this does
# in two minutes.
libraries_for_pi() {
  headers=${tmp:?}/node-for-pi pcsclite=$tmp/pcsclite-for-pi
  needs_compiler
  mkdir "$headers" "$pcsclite"
  tar -xf "$2" -C "$headers" --strip-components=1 --wildcards '*/include/node'
  [ -f "$headers/include/node/node_version.h" ] || die "$2: holds no headers of Node.js"
  npm ci --prefix "$1" --os=linux --cpu=arm64 --libc=glibc --omit=dev --ignore-scripts --no-audit --no-fund >&2
  # nfc-pcsc's own library is the only one that a compiler for arm64 does not bring along. Nothing of it is run.
  mmdebstrap --quiet --architectures=arm64 --variant=extract --include=libpcsclite-dev "$SUITE" "$pcsclite.tar" ${3:+"$3"} >&2
  tar -xf "$pcsclite.tar" -C "$pcsclite" ./usr/include/PCSC ./usr/lib/aarch64-linux-gnu
  # What comes compiled for arm64 is taken as it comes.
  (cd "$1/node_modules" && find . -name binding.gyp ! -path '*/node_modules/*') >"$tmp/compiled"
  set -- "$1"
  while read -r file; do
    library=${file#./} library=${library%/binding.gyp}
    [ -d "$1/node_modules/$library/prebuilds/linux-arm64" ] || set -- "$@" "$library"
  done <"$tmp/compiled"
  folder=$1
  shift
  env CC=aarch64-linux-gnu-gcc CXX=aarch64-linux-gnu-g++ AR=aarch64-linux-gnu-ar CPPFLAGS="-I$pcsclite/usr/include/PCSC" \
    LDFLAGS="-L$pcsclite/usr/lib/aarch64-linux-gnu" npm_config_arch=arm64 npm_config_nodedir="$headers" \
    npm_config_build_from_source=true JOBS=max npm rebuild --prefix "$folder" --foreground-scripts "$@" >&2
  for library in "$@"; do
    compiled=$folder/node_modules/$library/build/Release
    for binary in "$compiled"/*.node; do is_for_pi "$binary"; done
    # What the compiler leaves lying would be half of the library.
    rm -rf "$compiled/obj" "$compiled/obj.target" "$compiled/.deps"
  done
}

# is_for_pi <file>: ends this where it is no program or library of arm64 (machine 183 in the head of its ELF file).
is_for_pi() {
  [ "$(od -An -tu2 -j18 -N2 "$1" | tr -d ' ')" = 183 ] || die "$1: was not compiled for arm64"
}

# node_version <folder>: of the headers that lie there.
node_version() {
  sed -n 's/^#define NODE_\(MAJOR\|MINOR\|PATCH\)_VERSION //p' "$1/include/node/node_version.h" | paste -sd.
}
