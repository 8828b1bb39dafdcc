#!/bin/sh
# Turns Raspberry Pi OS Lite (Bookworm, 64-bit) into a seat. Run it as root, as often as you like: what is right already
# is left alone. What it does, in order, is `main` at the end; the files it installs are under seat/, as they are.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=hardware/provision/common.sh
. "$here/common.sh"
# shellcheck source=hardware/provision/seat/opt/hallvote/bin/hallvote-settings.sh
. "$here/seat/opt/hallvote/bin/hallvote-settings.sh"

usage() {
  cat <<'END'
install-seat.sh --id <id> --hall <hall> --coordinator <url> --key <key> [options]   one seat
install-seat.sh --golden  --hall <hall> --coordinator <url> --key <key> [options]   a card to clone
install-seat.sh --image [options]   a system that does not run, for any hall: see make-image
install-seat.sh --uninstall

  --id <id>            this terminal's name, such as T-001
  --golden             no id: every clone takes its own from seats.csv, or from its Pi's serial number
  --image              as --golden, in a chroot: nothing is started, and hall, coordinator and key may stay open
  --seats <file>       seats.csv for the clones: serial,id
  --hall <id>          hall.id in the coordinator's hall.yaml
  --coordinator <url>  such as mqtts://192.168.10.1:8883
  --ca <file>          the hall's CA, ca.crt, which the coordinator names when it starts; for mqtts://
  --key <key>          the coordinator's public key, as it prints it at start
  --board <board>      firmata[:<port>] (default; the panel on USB), raspberry-pi, simulated, none
  --reader <reader>    pn532 (default), pcsc, input[:<device>], none
  --language <zh|en>   of the screen; zh
  --no-screen          a seat without a screen of its own
  --release-key <key>  what hallvote release key printed, or a file that holds it: versions signed with it are taken from the coordinator
  --data-partition <p> such as LABEL=hallvote-data: an ext4 partition for key and outbox
  --node <file>        the Node.js tarball, for a machine without the Internet
  --node-sha256 <sum>  of another Node.js than the one named in common.sh
  --dry-run            say what would be done, and do nothing
  --root <dir>         write the files under <dir> and run nothing (for tests and images)
END
}

ID='' GOLDEN=no SEATS='' HALL='' COORDINATOR='' CA='' KEY='' BOARD=firmata READER=pn532 LANGUAGE=zh SCREEN=yes
DATA_PARTITION='' RELEASE_KEY='' NODE='' NODE_SHA256=''
IS_SEAT=yes
# What is disabled is stopped as well, where anything runs.
now=--now

parse() {
  while [ $# -gt 0 ]; do
    option=$1
    shift
    case $option in
      --golden) GOLDEN=yes && continue ;;
      --image) GOLDEN=yes IMAGE=yes now='' && continue ;;
      --no-screen) SCREEN=no && continue ;;
      --dry-run) DRY_RUN=yes && continue ;;
      --uninstall) UNINSTALL=yes && continue ;;
      --help | -h) usage && exit 0 ;;
    esac
    [ $# -gt 0 ] || die "$option: unknown, or its value is missing; see --help"
    one_line "$option" "$1"
    case $option in
      --id) ID=$1 ;;
      --seats) SEATS=$1 ;;
      --hall) HALL=$1 ;;
      --coordinator) COORDINATOR=$1 ;;
      --ca) CA=$1 ;;
      --key) KEY=$1 ;;
      --board) BOARD=$1 ;;
      --reader) READER=$1 ;;
      --language) LANGUAGE=$1 ;;
      --release-key) RELEASE_KEY=$1 ;;
      --data-partition) DATA_PARTITION=$1 ;;
      --node) NODE=$1 ;;
      --node-sha256) NODE_SHA256=$1 ;;
      --root) ROOT=$1 ;;
      *) die "$option: unknown; see --help" ;;
    esac
    shift
  done
}

check() {
  if [ "$GOLDEN" = yes ]; then
    [ -z "$ID" ] || die '--golden and --id exclude each other: a clone finds its id itself'
  else
    [ -n "$ID" ] || die '--id is missing: the name of this terminal, such as --id T-001'
    is_id "$ID" || die "--id $ID: letters, digits, . _ - only, at most 64"
  fi
  problem=
  [ "$IMAGE" = yes ] && [ -z "$HALL$COORDINATOR$KEY" ] || problem=$(wrong_setting)
  [ -z "$problem" ] || die "--$problem"
  printf '%s\n' "$DATA_PARTITION" | grep -Eqx '((LABEL|UUID|PARTLABEL|PARTUUID)=[A-Za-z0-9._-]+|/dev/[A-Za-z0-9._/-]+)?' ||
    die "--data-partition $DATA_PARTITION: LABEL=…, UUID=…, PARTLABEL=…, PARTUUID=… or /dev/…"
  [ -z "$SEATS" ] || check_seats
  [ -n "$ROOT" ] || [ "$DRY_RUN" = yes ] || [ "$(id -u)" = 0 ] || die 'run it as root: sudo …'
}

# Every serial and every id once, or two seats would be one.
check_seats() {
  [ -r "$SEATS" ] || die "$SEATS: cannot be read"
  # Excel may begin a file with a byte order mark, and ends lines with CR LF.
  problem=$(awk -F, '
    NR == 1 { sub(/^\357\273\277/, "") }
    { gsub(/[ \t\r"]/, "") }
    NR == 1 && tolower($1) == "serial" || $0 == "" || /^#/ { next }
    $1 !~ /^[0-9A-Fa-f]+$/ || length($1) != 8 && length($1) != 16 { print "line " NR ": " $1 " is no serial number"; exit }
    $2 !~ /^[A-Za-z0-9][A-Za-z0-9._-]*$/ { print "line " NR ": \"" $2 "\" is no id"; exit }
    seen[tolower(substr($1, length($1) - 7))]++ { print "line " NR ": serial " $1 " stands there twice"; exit }
    ids[$2]++ { print "line " NR ": id " $2 " stands there twice"; exit }' "$SEATS")
  [ -z "$problem" ] || die "$SEATS: $problem"
}

install_packages() {
  reader=$READER
  [ "$IMAGE" = no ] || reader=any
  # shellcheck disable=SC2046 # a word each
  packages $(seat_packages "$SCREEN" "$reader")
}

# Two users: the browser shall not be able to read the seat's key. Each gets the groups it needs, and no others:
# `hallvote` those of its board and reader, `hallvote-kiosk` video and render, the screen and its GPU. Keys of the screen
# come from logind, so the browser needs no `input`. No group lets anybody become root. An image does not know its
# hardware yet, so it has all groups; what the terminal may open is listed in its unit all the same.
make_users() {
  user hallvote /var/lib/hallvote
  groups=$(groups_for_hardware)
  [ "$IMAGE" = no ] || groups=dialout,gpio,i2c,input
  # Raspberry Pi OS has them, Debian has not; what belongs to them is said in 70-hallvote.rules.
  for group in gpio i2c; do
    getent group "$group" >/dev/null || act groupadd --system "$group"
  done
  act usermod --groups "$groups" hallvote
  [ "$SCREEN" = no ] || user hallvote-kiosk /run/hallvote-kiosk
  [ "$SCREEN" = no ] || act usermod --groups video,render hallvote-kiosk
}

# The libraries that this seat's hardware is opened with, and that npm leaves out where it cannot compile them.
libraries() {
  if [ "$IMAGE" = yes ]; then
    printf '%s\n' koffi i2c-bus nfc-pcsc
    return
  fi
  case $READER in pcsc) echo nfc-pcsc ;; input*) echo koffi ;; esac
  case $BOARD in raspberry-pi) printf '%s\n' koffi i2c-bus ;; esac
}

# The program itself reads the file before it becomes the seat's: a mistyped key would be found by nobody but the journal.
check_terminal_yaml() {
  set -- /opt/hallvote/node/bin/node /opt/hallvote/app/dist/terminal/main.js
  if [ -z "$HALL" ]; then
    act "$@" --help >"$tmp/help" || die 'the program does not start on this system'
    return
  fi
  terminal_yaml "${ID:-T-1}" >"$tmp/terminal.yaml"
  act "$@" --check --config "$tmp/terminal.yaml" ||
    die 'nothing of the settings was changed: correct the option and run this again'
}

install_files() {
  put_tree "$here/seat"
  if [ "$GOLDEN" = yes ]; then
    put 644 /etc/hallvote/from-card <<END
# This card takes its settings from hallvote/seat.txt on its boot partition, at every start: see hallvote-firstboot.
screen: $SCREEN
END
    seat_txt >"$tmp/seat.txt"
    # 755 is what every file on the firmware's FAT partition has; another mode is refused there.
    put 755 /boot/firmware/hallvote/seat.txt <"$tmp/seat.txt"
    drop /etc/hallvote/terminal.yaml
    [ -z "$CA" ] || put 755 /boot/firmware/hallvote/ca.crt <"$CA"
    [ -z "$SEATS" ] || put 755 /boot/firmware/hallvote/seats.csv <"$SEATS"
  else
    drop /etc/hallvote/from-card
    [ -z "$CA" ] || put 644 /etc/hallvote/ca.crt <"$CA"
    put 644 /etc/hallvote/terminal.yaml <"$tmp/terminal.yaml"
  fi
  timesyncd_conf >"$tmp/timesyncd.conf"
  [ -z "$COORDINATOR" ] || put 644 /etc/systemd/timesyncd.conf.d/hallvote.conf <"$tmp/timesyncd.conf"
  [ "$SCREEN" = no ] || fence_screen
}

# seat.txt as this card begins, with line ends that every Notepad knows.
seat_txt() {
  sed -e "s,@ID@,,; s,@HALL@,$HALL,; s,@COORDINATOR@,$COORDINATOR,; s,@KEY@,$KEY,; s,@BOARD@,$BOARD,; s,@READER@,$READER," \
    -e "s,@LANGUAGE@,$LANGUAGE,; s/ *\$/\r/" "$here/seat.txt"
}

# The browser can reach this machine only. Its login session lies outside the kiosk's unit, in the slice of its user.
fence_screen() {
  uid=$(id -u hallvote-kiosk 2>/dev/null) || {
    [ "$DRY_RUN" = yes ] || [ -n "$ROOT" ] || die 'the user hallvote-kiosk is missing'
    say 'not without the user hallvote-kiosk: /etc/systemd/system/user-<uid>.slice.d/hallvote.conf'
    return 0
  }
  put 644 "/etc/systemd/system/user-$uid.slice.d/hallvote.conf" <<'END'
[Slice]
IPAddressDeny=any
IPAddressAllow=localhost
END
}

# The Pi's firmware reads config.txt before Linux starts; ours is a file of its own that it includes.
configure_firmware() {
  [ -f "$ROOT/boot/firmware/config.txt" ] || return 0
  put 755 /boot/firmware/hallvote.txt <<'END'
# I2C for a PN532 on the Pi's own pins. 50 kHz: the PN532 stretches the clock, which a Pi before the 5 does badly.
dtparam=i2c_arm=on,i2c_arm_baudrate=50000
# The chip's watchdog, fed by systemd: a Pi that hangs starts again.
dtparam=watchdog=on
# A seat speaks to nobody by radio.
dtoverlay=disable-bt
disable_splash=1
END
  grep -qx 'include hallvote.txt' "$ROOT/boot/firmware/config.txt" || {
    cat "$ROOT/boot/firmware/config.txt"
    printf '\n[all]\ninclude hallvote.txt\n'
  } >"$tmp/config.txt"
  [ ! -s "$tmp/config.txt" ] || put 755 /boot/firmware/config.txt <"$tmp/config.txt"
}

# Key and outbox on a partition of their own survive a power cut apart from the system, which may then be read-only.
# ext4 orders data before metadata by default and the terminal calls fsync: a ballot is whole or was never cast.
# The boot does not wait long for the partition, and whenever it comes, late or again, it is mounted
# (x-systemd.wanted-by) and the seat starts (var-lib-hallvote.mount.d).
mount_data() {
  [ -n "$DATA_PARTITION" ] || return 0
  case $DATA_PARTITION in
    LABEL=*) device=/dev/disk/by-label/${DATA_PARTITION#*=} ;;
    UUID=*) device=/dev/disk/by-uuid/${DATA_PARTITION#*=} ;;
    PARTLABEL=*) device=/dev/disk/by-partlabel/${DATA_PARTITION#*=} ;;
    PARTUUID=*) device=/dev/disk/by-partuuid/${DATA_PARTITION#*=} ;;
    *) device=$DATA_PARTITION ;;
  esac
  unit=$(systemd-escape --path --suffix=device "$device")
  options=noatime,nofail,x-systemd.device-timeout=10s,x-systemd.wanted-by=$unit
  {
    [ ! -f "$ROOT/etc/fstab" ] || sed '\,[[:space:]]/var/lib/hallvote[[:space:]],d' "$ROOT/etc/fstab"
    printf '%s\n' "$DATA_PARTITION /var/lib/hallvote ext4 $options 0 2"
  } >"$tmp/fstab"
  put 644 /etc/fstab <"$tmp/fstab"
  act mkdir -p /var/lib/hallvote
}

# Services that a seat does not need, each with what it could do to a sitting.
quieten() {
  # bluetooth, hciuart: a radio; avahi-daemon: answers strangers on the network; triggerhappy: acts on key presses;
  # ModemManager: talks to the panel's serial port as if it were a modem.
  # apt-daily*, man-db: updates and indexing in mid-sitting; maintenance is done between sittings, by hand.
  for unit in bluetooth.service hciuart.service avahi-daemon.service avahi-daemon.socket triggerhappy.service \
    ModemManager.service apt-daily.timer apt-daily-upgrade.timer man-db.timer; do
    [ ! -e "/lib/systemd/system/$unit" ] || act systemctl disable $now --quiet "$unit"
  done
  # Ctrl-Alt-Del on a keyboard somebody plugs in would restart the seat.
  act systemctl mask --quiet ctrl-alt-del.target
}

start() {
  live systemctl daemon-reload
  attempt 'panel and reader get their names at the next start' udevadm control --reload
  attempt 'panel and reader get their names at the next start' udevadm trigger
  live systemctl restart systemd-journald systemd-timesyncd
  attempt 'panel and reader on USB or I2C are found after the next start' modprobe --all i2c-dev cdc_acm usbserial
  act systemctl enable --quiet hallvote-terminal.service hallvote-firstboot.service
  if [ "$SCREEN" = yes ]; then
    act systemctl enable --quiet hallvote-kiosk.service
  else
    act systemctl disable $now --quiet hallvote-kiosk.service
  fi
  if [ "$GOLDEN" = yes ]; then
    become_golden
  else
    start_seat
  fi
  [ "$DRY_RUN" = yes ] || mark_applied
  act sync
}

# A clone must not inherit who its original was: no key, no SSH host keys, no machine id.
become_golden() {
  live systemctl stop hallvote-kiosk.service hallvote-terminal.service
  [ -z "$DATA_PARTITION" ] || live systemctl start var-lib-hallvote.mount
  act mkdir -p /var/lib/hallvote
  act find /var/lib/hallvote -mindepth 1 -delete
  act find /etc/ssh -name 'ssh_host_*' -delete
  act truncate --size 0 /etc/machine-id
  [ "$IMAGE" = no ] || return 0
  say 'golden card ready: shut down now (sudo poweroff) and copy the card; do not start it again first'
}

start_seat() {
  verb=start
  ! changed || verb=restart
  # The screen first: it says why, where the seat does not start.
  [ "$SCREEN" = no ] || act systemctl "$verb" --no-block hallvote-kiosk.service
  act systemctl "$verb" hallvote-terminal.service ||
    die 'all is installed, but the seat does not start: journalctl -u hallvote-terminal -u var-lib-hallvote.mount'
  [ "$SCREEN" = no ] ||
    attempt 'no page on the screen yet; is one plugged in? systemctl status hallvote-kiosk' \
      timeout 300 systemctl start hallvote-kiosk.service
  act systemctl is-active --quiet hallvote-terminal.service ||
    die 'all is installed, but the seat does not stay up: journalctl -u hallvote-terminal'
  if changed || [ "$DRY_RUN" = yes ]; then
    say "seat $ID ready. Restart once for I2C and watchdog: sudo reboot"
  else
    say "seat $ID: nothing to change"
  fi
}

uninstall() {
  units='hallvote-kiosk.service hallvote-terminal.service hallvote-firstboot.service hallvote-update.path'
  for unit in $units; do
    [ ! -e "$ROOT/etc/systemd/system/$unit" ] || act systemctl disable --now --quiet "$unit"
  done
  files_of "$here/seat"
  while read -r path; do drop "$path"; done <"$tmp/tree"
  drop /opt/hallvote /etc/systemd/timesyncd.conf.d/hallvote.conf
  for fence in "$ROOT"/etc/systemd/system/user-*.slice.d/hallvote.conf; do drop "${fence#"$ROOT"}"; done
  act systemctl daemon-reload
  act systemctl unmask --quiet ctrl-alt-del.target
  say 'left in place: /etc/hallvote, and /var/lib/hallvote with the key of the seat and any ballot not yet delivered'
}

main() {
  parse "$@"
  if [ "$UNINSTALL" = yes ]; then
    uninstall
    return
  fi
  check
  install_packages
  make_users
  install_node "$NODE" "$NODE_SHA256"
  # shellcheck disable=SC2046 # a list of names
  install_app $(libraries)
  check_terminal_yaml
  pin_release_key "$RELEASE_KEY"
  mount_data
  install_files
  configure_firmware
  quieten
  start
}
main "$@"
