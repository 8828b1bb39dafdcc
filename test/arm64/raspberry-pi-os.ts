import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ends } from './arm64.ts';

/** The number of its disk, by which its partitions are named. */
export const DISK = '0x5eed1234';
const ID = DISK.slice(2);

/** What makes a Debian look like Raspberry Pi OS Lite to make-image, and what that must undo. */
const BOOT = {
  'config.txt':
    '# For more options see /boot/firmware/overlays/README\ndtparam=audio=on\narm_64bit=1\n[cm4]\notg_mode=1\n',
  'cmdline.txt': `console=serial0,115200 console=tty1 root=PARTUUID=${ID}-02 rootfstype=ext4 fsck.repair=yes rootwait quiet init=/usr/lib/raspberrypi-sys-mods/firstboot\n`,
};
const USERCONFIG = `[Unit]
Description=User configuration dialog
[Service]
ExecStart=/usr/lib/userconf-pi/userconf-service
[Install]
WantedBy=multi-user.target
`;
const ROOT = {
  'etc/fstab': `proc /proc proc defaults 0 0\nPARTUUID=${ID}-01 /boot/firmware vfat defaults 0 2\nPARTUUID=${ID}-02 / ext4 defaults,noatime 0 1\n`,
  'etc/hostname': 'raspberrypi\n',
  'etc/rpi-issue': 'Raspberry Pi reference 2026-04-01 (a stand-in)\n',
  'usr/lib/systemd/system/userconfig.service': USERCONFIG,
};

/** A package of the seat's that Raspberry Pi OS Lite has not, so that one is fetched. */
export const NOT_THERE = 'libccid';

/** All mounts are in a namespace that ends with it. What is not the makers' own is that its root is bare Debian's. */
const MAKE = `
set -eu
bare=$1 work=$2 image=$3 id=$4 package=$5
mkdir "$work/over" "$work/root"
mount -t overlay -o "lowerdir=$bare,upperdir=$work/upper,workdir=$work/over" overlay "$work/root"
mount -t proc proc "$work/root/proc"
chroot "$work/root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin SYSTEMD_OFFLINE=1 \\
  sh -euc 'systemctl enable --quiet userconfig.service; dpkg --force-depends --purge "$1"' sh "$package"
umount "$work/root/proc"
cp "$work/root/usr/lib/raspi-firmware"/* "$work/boot"
mkfs.vfat -n bootfs -F 32 -C "$work/boot.fs" $((256 * 1024)) >/dev/null
mcopy -s -m -i "$work/boot.fs" "$work/boot"/* ::
mib=$(($(du -sm "$work/root" | cut -f1) * 11 / 10 + 64))
mke2fs -q -t ext4 -L rootfs -d "$work/root" "$work/root.fs" "$mib"M
truncate --size $((260 + mib))M "$image"
sfdisk --quiet "$image" <<END
label: dos
label-id: $id
start=4MiB, size=256MiB, type=c
size=\${mib}MiB, type=83
END
dd if="$work/boot.fs" of="$image" bs=1M seek=4 conv=sparse,notrunc status=none
dd if="$work/root.fs" of="$image" bs=1M seek=260 conv=sparse,notrunc status=none
umount "$work/root"
rm -r "$work"
`;

/**
 * A stand-in for an image of Raspberry Pi OS Lite, which cannot be had here: its table, its two partitions with the files that
 * matter to make-image, its first start's hooks. Its programs are Debian's, whence most of Raspberry Pi OS comes.
 */
export function raspberryPiOs(bare: string, work: string, image: string): void {
  const put = (folder: string, files: Readonly<Record<string, string>>) => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(work, folder, path)), { recursive: true });
      writeFileSync(join(work, folder, path), text);
    }
  };
  put('boot', BOOT);
  put('upper', ROOT);
  const alone = ['--mount', '--propagation=private', 'sh', '-c', MAKE, 'make'];
  ends('unshare', [...alone, bare, work, image, DISK, NOT_THERE]);
}
