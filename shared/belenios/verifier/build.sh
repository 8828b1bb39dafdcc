#!/bin/sh
# Makes image.ts, or the file named, from group.c: clang and wasm-ld, version 14 (Debian 12), give these bytes.
set -eu
cd "$(dirname "$0")"
image=${1:-image.ts}
out=$(mktemp -d)
clang --target=wasm32 -O3 -nostdlib -ffreestanding -fno-builtin-memset -mbulk-memory -Wall -Wextra -Werror \
  -Wl,--no-entry -Wl,--strip-all -o "$out/group.wasm" group.c
{
  echo '/** The image of group.c, made by build.sh: do not edit. */'
  echo 'export const IMAGE ='
  printf "  '%s';\n" "$(base64 -w 0 "$out/group.wasm")"
} > "$image"
rm -r "$out"
