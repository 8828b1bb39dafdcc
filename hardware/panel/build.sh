#!/bin/sh
# Builds panel.hex, the same bytes every time, with Debian's gcc-avr, avr-libc and binutils-avr.
#   build.sh               writes panel.hex beside this script
#   build.sh --check       builds elsewhere and compares with the panel.hex that is here
#   build.sh flash <port>  writes panel.hex to a Nano or Uno on <port> with avrdude
set -eu
cd "$(dirname "$0")"

flags="-mmcu=atmega328p -DF_CPU=16000000UL -std=c11 -Os -flto -fshort-enums -ffunction-sections -fdata-sections
  -Wall -Wextra -Werror -frandom-seed=hallvote -Wl,--gc-sections"

build() {
  # shellcheck disable=SC2086 # the flags are words
  avr-gcc $flags -o "$1/panel.elf" main.c firmata.c pins.c twi.c uart.c
  avr-objcopy -O ihex -R .eeprom "$1/panel.elf" "$1/panel.hex"
  avr-size "$1/panel.elf"
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
case "${1:-}" in
  "")
    build "$work"
    cp "$work/panel.hex" panel.hex
    ;;
  --check)
    build "$work"
    cmp "$work/panel.hex" panel.hex
    echo "panel.hex is what the source builds"
    ;;
  flash)
    # 57600 for the old boot loader of most Nano clones; an Uno wants 115200.
    avrdude -p atmega328p -c arduino -P "${2:?name the port, such as /dev/ttyUSB0}" -b "${3:-57600}" -U flash:w:panel.hex:i
    ;;
  *)
    echo "usage: build.sh [--check | flash <port> [baud]]" >&2
    exit 2
    ;;
esac
