/**
 * What the emulated machine has that a Pi has not, and the other way round. Its hands and eyes are the ports of a virtio
 * serial bus: over `hallvote.shell` come lines of shell, over `hallvote.screen` goes what the seat's screen shows.
 */

/** The port over which the machine is told what to do, and the one over which it tells what its screen shows. */
export const SHELL_PORT = 'hallvote.shell';
export const SCREEN_PORT = 'hallvote.screen';
/** The folder of the simulated chip: one for each line of a Pi's header. */
export const PINS = '/run/pins';

/** After so long without a sign of life the machine is reset. */
export const WATCHDOG_SECONDS = 58;

/** Answers every line, `<number> <shell in base64>`, with `<number> <status> <text in base64>`. */
const SHELL = `#!/bin/sh
port=/dev/virtio-ports/${SHELL_PORT}
until [ -e $port ]; do sleep 1; done
exec 3<>$port
cd /root
export HOME=/root LANG=C.UTF-8
while read -r number line <&3; do
  printf %s "$line" | base64 -d >/run/line.sh
  sh /run/line.sh >/run/line.said 2>&1 </dev/null
  printf '%s %s %s\\n' "$number" $? "$(base64 -w0 /run/line.said)" >&3
done
`;

/** Tells every view that the seat's program gives its pages. */
const LOOK = `import { createWriteStream } from 'node:fs';
import { createRequire } from 'node:module';
const WebSocket = createRequire('/opt/hallvote/app/')('ws');
const port = createWriteStream('/dev/virtio-ports/${SCREEN_PORT}');
// In one process: each start of Node costs an emulated processor a second.
const look = () => {
  const socket = new WebSocket('ws://127.0.0.1:8090/seat/socket');
  socket.on('message', (text) => port.write(String(text) + '\\n'));
  socket.on('error', () => {});
  socket.on('close', () => {
    port.write('null\\n');
    setTimeout(look, 1000);
  });
};
look();
`;

const UNTIL_INSTALLED =
  "ExecStartPre=/bin/sh -c 'until [ -e /opt/hallvote/app/node_modules/ws ]; do sleep 1; done'\nTimeoutStartSec=infinity";

/** A chip labelled as that of a Pi 4, with its pins as Raspberry Pi OS leaves them. */
const MAKE_PINS = `#!/bin/sh
set -eu
modprobe gpio-sim
mountpoint -q /sys/kernel/config || mount -t configfs configfs /sys/kernel/config
bank=/sys/kernel/config/gpio-sim/pi/bank0
mkdir -p $bank
echo 58 >$bank/num_lines
echo pinctrl-bcm2711 >$bank/label
echo 1 >/sys/kernel/config/gpio-sim/pi/live
mkdir ${PINS}
for line in 5 6 13 17 19 22 23 24 26 27; do
  ln -s /sys/devices/platform/gpio-sim.0/$(cat $bank/chip_name)/sim_gpio$line ${PINS}/$line
done
`;

const unit = (what: string, exec: string, more: string, wantedBy: string): string => `[Unit]
Description=Test: ${what}
DefaultDependencies=no
${more}
ExecStart=${exec}

[Install]
WantedBy=${wantedBy}
`;

/** Files of the machine, by path; those that begin with #! may be run. */
export const GUEST_FILES: Readonly<Record<string, string>> = {
  '/usr/local/sbin/test-shell': SHELL,
  '/usr/local/sbin/test-pins': MAKE_PINS,
  '/usr/local/lib/test-look.mjs': LOOK,
  '/etc/systemd/system/test-shell.service': unit(
    'a shell from outside',
    '/usr/local/sbin/test-shell',
    'StartLimitIntervalSec=0\nAfter=sysinit.target\n[Service]\nRestart=always\nRestartSec=1',
    'multi-user.target',
  ),
  '/etc/systemd/system/test-pins.service': unit(
    'the pins of a Pi',
    '/usr/local/sbin/test-pins',
    'Before=sysinit.target\nAfter=systemd-modules-load.service\n[Service]\nType=oneshot\nRemainAfterExit=yes',
    'sysinit.target',
  ),
  '/etc/systemd/system/test-look.service': unit(
    'what the screen shows',
    '/opt/hallvote/node/bin/node /usr/local/lib/test-look.mjs',
    `StartLimitIntervalSec=0\nAfter=sysinit.target\n[Service]\nRestart=always\nRestartSec=1\n${UNTIL_INSTALLED}`,
    'multi-user.target',
  ),
  // An emulated processor that shares ours may stand still for longer than the 14 s a Pi is given.
  '/etc/systemd/system.conf.d/zz-test.conf': `[Manager]\nRuntimeWatchdogSec=${WATCHDOG_SECONDS}\n`,
  // This screen has no GPU, and cage crashed in Mesa's way without one (kms_swrast).
  '/etc/systemd/system/hallvote-kiosk.service.d/zz-test.conf': '[Service]\nEnvironment=WLR_RENDERER=pixman\n',
  // As Raspberry Pi OS has it.
  '/etc/udev/rules.d/99-com.rules':
    'SUBSYSTEM=="gpio", GROUP="gpio", MODE="0660"\nSUBSYSTEM=="i2c-dev", GROUP="i2c", MODE="0660"\n',
  '/etc/fstab': 'LABEL=system / ext4 defaults,noatime 0 1\n',
  '/etc/hostname': 'raspberrypi\n',
  // QEMU's own network, where this machine is 10.0.2.2.
  '/etc/systemd/network/10-wire.network':
    '[Match]\nType=ether\n[Network]\nAddress=10.0.2.15/24\nGateway=10.0.2.2\n',
};

/** Makes the rest of a Debian's root what those files need. */
export const GUEST_SETUP = `
groupadd --system gpio
groupadd --system i2c
systemctl enable --quiet systemd-networkd test-shell test-pins test-look
systemctl mask --quiet e2scrub_reap fstrim.timer
passwd --delete root
depmod "$(ls /lib/modules)"
: >/etc/machine-id
`;
