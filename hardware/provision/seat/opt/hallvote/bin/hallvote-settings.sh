# shellcheck shell=sh
# What a seat's settings may be, and the files that are made of them; for install-seat.sh and hallvote-firstboot, which
# have them in HALL, COORDINATOR, CA, KEY, BOARD, READER, LANGUAGE and SCREEN. CA is the file of the hall's CA, or empty.
# shellcheck disable=SC2153 # they are set there

# is_id <text>: may it be the id of a seat or a hall?
is_id() { printf '%s\n' "$1" | grep -Eqx '[A-Za-z0-9][A-Za-z0-9._-]{0,63}'; }

# host_of <url>: the host in it.
host_of() { printf '%s\n' "$1" | sed -E 's,^[a-z]+://(\[[^]]*\]|[^:/]+).*,\1,' | tr -d '[]'; }

is_like() { printf '%s\n' "$1" | grep -Eqx "$2"; }

# speaks_tls: does the seat, with this coordinator?
speaks_tls() { [ "${COORDINATOR#mqtts:}" != "$COORDINATOR" ]; }

# wrong_setting: the first that cannot be, as "name: what to write"; nothing where all are right. Not of the id.
wrong_setting() {
  if ! is_id "$HALL"; then
    echo 'hall: write hall.id as in hall.yaml of the coordinator'
  elif ! is_like "$COORDINATOR" '(mqtts?|ws)://[^[:space:]/"]+(/[^[:space:]"]*)?'; then
    echo 'coordinator: write mqtts://host:8883 with TLS, mqtt://host:1883 or ws://host:8080/mqtt without'
  elif speaks_tls && [ -z "$CA" ]; then
    echo 'ca: the file of the CA of the hall is missing, which the coordinator names when it starts; mqtts:// needs it'
  elif [ -n "$CA" ] && ! grep -q 'BEGIN CERTIFICATE' "$CA" 2>/dev/null; then
    echo "ca $CA: cannot be read, or is no certificate; take ca.crt, which the coordinator names when it starts"
  elif ! is_like "$KEY" '[A-Za-z0-9_-]{43}'; then
    echo 'key: write the public key of the coordinator, 43 characters, as it prints it when it starts'
  elif ! is_like "$BOARD" 'firmata(:/dev/[A-Za-z0-9._:/-]+)?|raspberry-pi|simulated|none'; then
    echo "board $BOARD: firmata, firmata:/dev/ttyACM0, raspberry-pi, simulated or none"
  elif ! is_like "$READER" 'pn532|pcsc|input(:/dev/input/[A-Za-z0-9._:/-]+)?|none'; then
    echo "reader $READER: pn532, pcsc, input, input:/dev/input/by-id/… or none"
  elif [ "$BOARD+$READER" = none+pn532 ]; then
    echo 'reader pn532 is read through the I2C bus of the board: choose board firmata or raspberry-pi'
  elif [ "$BOARD" = simulated ] && [ "$READER" != none ]; then
    echo 'board simulated has a reader of its own: choose reader none'
  elif [ "$LANGUAGE" != zh ] && [ "$LANGUAGE" != en ]; then
    echo 'language: zh or en'
  fi
}

# The groups whose devices this board and this reader are, comma between them:
#   dialout  the panel's serial port         gpio, i2c   the Pi's own pins and bus
#   input    a reader that poses as a keyboard
groups_for_hardware() {
  groups=
  case $BOARD in firmata*) groups=dialout ;; raspberry-pi) groups=gpio,i2c ;; esac
  case $READER in input*) groups=${groups:+$groups,}input ;; esac
  printf '%s\n' "$groups"
}

# terminal_yaml <id>
terminal_yaml() {
  case $BOARD in
    firmata) board='{ kind: firmata, port: /dev/hallvote-panel }' ;;
    firmata:*) board="{ kind: firmata, port: ${BOARD#*:} }" ;;
    *) board="{ kind: $BOARD }" ;;
  esac
  case $READER in
    input) reader='{ kind: input, device: /dev/input/hallvote-reader }' ;;
    input:*) reader="{ kind: input, device: ${READER#*:} }" ;;
    *) reader="{ kind: $READER }" ;;
  esac
  watched=true
  [ "$SCREEN" = yes ] || watched=false
  ca=
  ! speaks_tls || ca='  ca: /etc/hallvote/ca.crt
'
  cat <<YAML
# Written by ${0##*/}; see hardware/README.md.
id: "$1"
hall: "$HALL"
coordinator:
  url: "$COORDINATOR"
  key: "$KEY"
${ca}data: /var/lib/hallvote
screen: { port: 8090, language: $LANGUAGE, watched: $watched }
board: $board
reader: $reader
YAML
}

# The seat's clock follows the coordinator's machine: nothing else is sure to be there. Ballots need no clock.
timesyncd_conf() {
  cat <<CONF
[Time]
NTP=$(host_of "$COORDINATOR")
FallbackNTP=
CONF
}
