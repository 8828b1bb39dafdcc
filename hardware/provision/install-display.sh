#!/bin/sh
# Turns a PC with Debian 12, or a Pi with Raspberry Pi OS Lite (64-bit), into the hall's screen: Chromium on the hall's page,
# which trusts the hall's CA. Or, with --trust-only, has the Chromium that is there trust it, and nothing more. Run it as
# root, as often as you like. It starts the same kiosk as a seat's, whose files are under seat/; its own are under display/.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=hardware/provision/common.sh
. "$here/common.sh"
# shellcheck source=hardware/provision/seat/opt/hallvote/bin/hallvote-settings.sh
. "$here/seat/opt/hallvote/bin/hallvote-settings.sh"

usage() {
  cat <<'USAGE'
install-display.sh --page <url> --ca <file> [options]   the hall's screen
install-display.sh --trust-only --ca <file> [options]   a Linux machine with Chromium or Chrome: the trust alone
install-display.sh --uninstall

  --page <url>   the hall's display, such as https://192.168.10.1:8443/hall
  --ca <file>    the hall's CA, ca.crt, which the coordinator names when it starts; for https://
  --dry-run      say what would be done, and do nothing
  --root <dir>   write the files under <dir> and run nothing (for tests and images)
USAGE
}

PAGE='' CA='' TRUST_ONLY=no
TRUST=/etc/chromium/policies/managed/hallvote-ca.json
# Where Google's own browser looks.
CHROME_TRUST=/etc/opt/chrome/policies/managed/hallvote-ca.json
KIOSK='/etc/pam.d/hallvote-kiosk /etc/systemd/system/hallvote-kiosk.service /opt/hallvote/bin/hallvote-kiosk'
LOCKED=/etc/chromium/policies/managed/hallvote.json
OWN_CA=/opt/hallvote/ca.crt
UNIT=/etc/systemd/system/hallvote-kiosk.service.d/display.conf
TIMES=/etc/systemd/timesyncd.conf.d/hallvote.conf

parse() {
  while [ $# -gt 0 ]; do
    option=$1
    shift
    case $option in
      --trust-only) TRUST_ONLY=yes && continue ;;
      --dry-run) DRY_RUN=yes && continue ;;
      --uninstall) UNINSTALL=yes && continue ;;
      --help | -h) usage && exit 0 ;;
    esac
    [ $# -gt 0 ] || die "$option: unknown, or its value is missing; see --help"
    one_line "$option" "$1"
    case $option in
      --page) PAGE=$1 ;;
      --ca) CA=$1 ;;
      --root) ROOT=$1 ;;
      *) die "$option: unknown; see --help" ;;
    esac
    shift
  done
  [ -n "$ROOT" ] || [ "$DRY_RUN" = yes ] || [ "$(id -u)" = 0 ] || die 'run it as root: sudo …'
}

check() {
  if [ "$TRUST_ONLY" = no ]; then
    is_like "$PAGE" 'https?://([A-Za-z0-9._-]+|\[[0-9A-Fa-f:]+\])(:[0-9]+)?/[A-Za-z0-9/?=&._-]*' ||
      die '--page: write the address of the display, such as https://192.168.10.1:8443/hall'
    case $PAGE in https:*) ;; *) [ -n "$CA" ] || return 0 ;; esac
  fi
  [ -n "$CA" ] || die '--ca: the file of the CA of the hall is missing, which the coordinator names when it starts'
  [ -r "$CA" ] || die "--ca $CA: cannot be read"
  ! grep -q 'PRIVATE KEY' "$CA" || die "--ca $CA: holds a private key, which stays at the coordinator; take ca.crt"
  certificate >"$tmp/ca.b64"
  [ -s "$tmp/ca.b64" ] || die "--ca $CA: is no certificate; take ca.crt, which the coordinator names when it starts"
  base64 -d "$tmp/ca.b64" >"$tmp/ca.der" 2>/dev/null ||
    die "--ca $CA: is no certificate; take ca.crt, which the coordinator names when it starts"
}

# certificate: the first one in the file of the CA, in base64 on one line.
certificate() {
  awk '/-----END CERTIFICATE-----/ { exit } inside { gsub(/[ \t\r]/, ""); printf "%s", $0 } /-----BEGIN CERTIFICATE-----/ { inside = 1 }' "$CA"
}

# Chromium's own policy: it holds for every user and profile, the kiosk's in memory too, and needs no other package. What is
# named there is trusted beside the authorities that Chromium comes with.
trust() {
  if [ -z "$CA" ]; then
    drop $TRUST $CHROME_TRUST
    return 0
  fi
  printf '{ "CACertificates": ["%s"] }\n' "$(cat "$tmp/ca.b64")" >"$tmp/trust.json"
  put 644 $TRUST <"$tmp/trust.json"
  # Chrome comes with its own folder; where there is none, none is made.
  if [ -d "$ROOT/etc/opt/chrome" ]; then put 644 $CHROME_TRUST <"$tmp/trust.json"; fi
  say "the hall's CA, SHA-256 (compare it with what the coordinator prints):"
  say "  $(sha256sum "$tmp/ca.der" | cut -c 1-64 | tr 'a-f' 'A-F' | sed 's/..../& /g; s/ $//')"
}

install_kiosk() {
  # shellcheck disable=SC2046 # a word each
  packages $(seat_packages yes none)
  user hallvote-kiosk /run/hallvote-kiosk
  act usermod --groups video,render hallvote-kiosk
  for path in $KIOSK; do
    mode=644
    [ ! -x "$here/seat$path" ] || mode=755
    put $mode "$path" <"$here/seat$path"
  done
  put_tree "$here/display"
  # What hallvote-why asks with: whether the coordinator answers, before the browser is sent there.
  if [ -n "$CA" ]; then put 644 $OWN_CA <"$CA"; else drop $OWN_CA; fi
  # As a seat's, but for its own two addresses.
  origin=$(printf '%s\n' "$PAGE" | sed -E 's,^(https?://[^/]+)/.*,\1,')
  sed -e "s,http://127.0.0.1:8090,$origin," -e 's,/waiting\.html,/display.html,' "$here/seat$LOCKED" >"$tmp/locked.json"
  put 644 $LOCKED <"$tmp/locked.json"
  put 644 $UNIT <<UNIT
# Written by ${0##*/}. The hall's screen is on the hall's network, and there is no terminal here.
[Unit]
Description=Hallvote hall display
[Service]
Environment="HALLVOTE_PAGE=file:///opt/hallvote/bin/display.html#$PAGE"
IPAddressDeny=
IPAddressAllow=
UNIT
  # A certificate is judged by this machine's clock.
  COORDINATOR=$PAGE
  timesyncd_conf >"$tmp/timesyncd.conf"
  put 644 $TIMES <"$tmp/timesyncd.conf"
}

start() {
  act systemctl daemon-reload
  act systemctl restart systemd-timesyncd
  act systemctl mask --quiet ctrl-alt-del.target
  act systemctl enable --quiet hallvote-kiosk.service
  verb=start
  ! changed || verb=restart
  act systemctl "$verb" --no-block hallvote-kiosk.service
  attempt 'no page on the screen yet; is one plugged in? systemctl status hallvote-kiosk' \
    timeout 300 systemctl start hallvote-kiosk.service
  [ "$DRY_RUN" = yes ] || mark_applied
  say "the screen shows $PAGE"
}

uninstall() {
  [ ! -e "$ROOT/etc/systemd/system/hallvote-kiosk.service" ] || act systemctl disable --now --quiet hallvote-kiosk.service
  drop $TRUST $CHROME_TRUST $LOCKED ${UNIT%/*} $TIMES /etc/pam.d/hallvote-kiosk /etc/systemd/system/hallvote-kiosk.service /opt/hallvote/bin $OWN_CA
  act systemctl daemon-reload
  act systemctl unmask --quiet ctrl-alt-del.target
}

main() {
  parse "$@"
  [ ! -e "$ROOT/etc/systemd/system/hallvote-terminal.service" ] || die 'this machine is a seat: its screen shows the seat, which needs no CA in the browser'
  if [ "$UNINSTALL" = yes ]; then
    uninstall
    return
  fi
  check
  if [ "$TRUST_ONLY" = yes ]; then
    # No service is started anew for it.
    mark_changed() { :; }
    trust
    return
  fi
  trust
  install_kiosk
  start
}
main "$@"
