#!/bin/sh
# Turns Debian 12, Ubuntu 24.04 or Raspberry Pi OS (64-bit) into a hall's coordinator. Run it as root, as often as you
# like. The files it installs are under coordinator/, as they are.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=hardware/provision/common.sh
. "$here/common.sh"

usage() {
  cat <<'END'
install-coordinator.sh [options]
install-coordinator.sh --uninstall

  --release-key <key>  what hallvote release key printed, or a file that holds it: versions signed with it may be offered to the seats
  --node <file>        the Node.js tarball, for a machine without the Internet
  --node-sha256 <sum>  of another Node.js than the one named in common.sh
  --no-time            do not serve time: something else in the hall does
  --dry-run            say what would be done, and do nothing
  --root <dir>         write the files under <dir> and run nothing (for tests and images)
END
}

NODE='' NODE_SHA256='' RELEASE_KEY='' TIME=yes

parse() {
  while [ $# -gt 0 ]; do
    option=$1
    shift
    case $option in
      --no-time) TIME=no && continue ;;
      --dry-run) DRY_RUN=yes && continue ;;
      --uninstall) UNINSTALL=yes && continue ;;
      --help | -h) usage && exit 0 ;;
    esac
    [ $# -gt 0 ] || die "$option: unknown, or its value is missing; see --help"
    one_line "$option" "$1"
    case $option in
      --node) NODE=$1 ;;
      --release-key) RELEASE_KEY=$1 ;;
      --node-sha256) NODE_SHA256=$1 ;;
      --root) ROOT=$1 ;;
      *) die "$option: unknown; see --help" ;;
    esac
    shift
  done
  [ -n "$ROOT" ] || [ "$DRY_RUN" = yes ] || [ "$(id -u)" = 0 ] || die 'run it as root: sudo …'
}

# The sample hall to start from; a hall that is there is never touched. The roll names people: only the
# coordinator's group reads it.
make_hall() {
  if [ -e "$ROOT/etc/hallvote/hall.yaml" ]; then return; fi
  act /usr/local/bin/hallvote init /etc/hallvote
  act sed -i 's,^data:.*,data: /var/lib/hallvote,' /etc/hallvote/hall.yaml
  act chgrp -R hallvote /etc/hallvote
  act chmod -R u=rwX,g=rX,o= /etc/hallvote
}

start() {
  act systemctl daemon-reload
  [ "$TIME" = no ] || act systemctl enable --now --quiet chrony.service
  [ "$TIME" = no ] || act systemctl restart chrony.service
  act systemctl enable --quiet hallvote-coordinator.service
  if changed || [ "$DRY_RUN" = yes ]; then
    act systemctl restart hallvote-coordinator.service
  else
    act systemctl start hallvote-coordinator.service
  fi
  comes_up hallvote-coordinator.service '(key: ' ||
    die 'all is installed, but the coordinator does not stay up: journalctl -u hallvote-coordinator says why'
  [ "$DRY_RUN" = yes ] || mark_applied
  act sync
  cat <<'END'
coordinator ready.
  set-up code and key:  journalctl -u hallvote-coordinator
  the hall's files:     /etc/hallvote (then: systemctl restart hallvote-coordinator)
  ledger and keys:      /var/lib/hallvote (back it up after every sitting)
  CA for seats, display: /var/lib/hallvote/tls/ca.crt
  let the hall's network in, and nobody else:
    ufw allow from 192.168.10.0/24 to any port 8883,8443,8080 proto tcp
    ufw allow from 192.168.10.0/24 to any port 123 proto udp
END
}

uninstall() {
  [ ! -e "$ROOT/etc/systemd/system/hallvote-coordinator.service" ] ||
    act systemctl disable --now --quiet hallvote-coordinator.service
  files_of "$here/coordinator"
  while read -r path; do drop "$path"; done <"$tmp/tree"
  drop /opt/hallvote
  act systemctl daemon-reload
  say 'left in place: /etc/hallvote, and /var/lib/hallvote with the ledgers and the key of the coordinator'
}

main() {
  parse "$@"
  if [ "$UNINSTALL" = yes ]; then
    uninstall
    return
  fi
  set -- ca-certificates curl xz-utils
  [ "$TIME" = no ] || set -- "$@" chrony
  packages "$@"
  user hallvote /var/lib/hallvote
  install_node "$NODE" "$NODE_SHA256"
  # shellcheck disable=SC2119 # it needs no library in particular
  install_app
  [ "$brought" = no ] || [ -d "$source/node_modules/sharp" ] ||
    warn 'this package is for seats: a hall runs of it, but no register, which needs one of pack.sh --modules'
  put_tree "$here/coordinator"
  [ "$TIME" = yes ] || drop /etc/chrony/conf.d/hallvote.conf
  make_hall
  pin_release_key "$RELEASE_KEY"
  start
}
main "$@"
