import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * What the hardware says of the machine's last start. `warm`: reset without a loss of power, which on a Raspberry Pi is an
 * orderly restart as well as its watchdog, since a restart is done by the watchdog; `watchdog`: that and nothing else.
 */
export type Reset = 'power' | 'under-voltage' | 'warm' | 'watchdog';

/** One start of the machine; null for what it cannot tell. */
export interface MachineBoot {
  /** Another at every start. */
  readonly id: string | null;
  readonly reset: Reset | null;
}

/** Bits of the Raspberry Pi's PM_RSTS. Those between, of even number, carry the partition to start from. */
const POWER_ON = 0x1000;
const WATCHDOG_RESET = 0x20;
/** Of the Raspberry Pi 5's power supply: it cut off because its input was too low. */
const INPUT_TOO_LOW = 0x2;
/** WDIOF_CARDRESET of linux/watchdog.h; the Raspberry Pi's driver never sets it, others do. */
const CARD_RESET = 0x20;

/** How the machine was started, from the kernel's own files. `root` is `/`, or a folder that a test has made. */
export async function machineBoot(root = '/'): Promise<MachineBoot> {
  const tree = 'proc/device-tree/chosen';
  const [id, rsts, power, status] = await Promise.all([
    readFile(join(root, 'proc/sys/kernel/random/boot_id'), 'utf8').catch(() => null),
    word(join(root, tree, 'bootloader/rsts')),
    word(join(root, tree, 'power/power_reset')),
    readFile(join(root, 'sys/class/watchdog/watchdog0/bootstatus'), 'utf8').catch(() => '0'),
  ]);
  return { id: id?.trim().slice(0, 40) || null, reset: resetOf(rsts, power, Number(status)) };
}

function resetOf(rsts: number | null, power: number | null, bootstatus: number): Reset | null {
  if (power !== null && (power & INPUT_TOO_LOW) !== 0) return 'under-voltage';
  if ((bootstatus & CARD_RESET) !== 0) return 'watchdog';
  if (rsts === null) return null;
  if ((rsts & WATCHDOG_RESET) !== 0) return 'warm';
  return (rsts & POWER_ON) !== 0 ? 'power' : null;
}

/** A number of the device tree: 32 bits, big-endian. */
async function word(file: string): Promise<number | null> {
  const bytes = await readFile(file).catch(() => null);
  return bytes?.length === 4 ? bytes.readUInt32BE() : null;
}

/** What the machine was installed from, how long it runs, and whether its clock is set; null for what it cannot tell. */
export interface MachineState {
  readonly image: string | null;
  readonly uptime: number | null;
  readonly isClockSynchronised: boolean | null;
}

/** `image`: the first line of `/etc/hallvote/image`, which whoever makes the card's image writes. Seconds. */
export async function machineState(root = '/'): Promise<MachineState> {
  const text = (path: string) => readFile(join(root, path), 'utf8').catch(() => '');
  const isThere = (path: string) =>
    access(join(root, path)).then(
      () => true,
      () => false,
    );
  const [image, uptime, isKept, isSet] = await Promise.all([
    text('etc/hallvote/image'),
    text('proc/uptime'),
    isThere('run/systemd/timesync'),
    isThere('run/systemd/timesync/synchronized'),
  ]);
  const seconds = Number.parseFloat(uptime);
  return {
    image: image.split('\n')[0]?.trim().slice(0, 80) || null,
    uptime: seconds >= 0 ? Math.round(seconds) : null,
    isClockSynchronised: isKept ? isSet : null,
  };
}
