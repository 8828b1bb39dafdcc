import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { DeviceStatus, Tap } from '../capabilities.ts';
import { tapCard } from '../testing/simulated-tap-card.ts';
import { VirtualCard } from '../testing/virtual-card.ts';
import { PcscReader } from './pcsc-reader.ts';

/** Debian's pcscd with vsmartcard's virtual reader. pcscd wants to be root. */
const PCSCD = '/usr/sbin/pcscd';
/** Built only where libpcsclite-dev is installed. */
const hasLibrary = await import('nfc-pcsc').then(
  () => true,
  () => false,
);
const hasService = existsSync(PCSCD) && existsSync('/etc/reader.conf.d/vpcd') && process.getuid?.() === 0;
const isPresent = hasLibrary && hasService;

const UID = '04C0FFEE123480';
let service: ChildProcess | null = null;
let reader: PcscReader | null = null;
const card = new VirtualCard();

async function startService(): Promise<void> {
  service = spawn(PCSCD, ['--foreground'], { stdio: 'ignore' });
  await once(service, 'spawn');
}

async function stopService(): Promise<void> {
  const ended = service && once(service, 'exit');
  service?.kill('SIGKILL');
  service = null;
  await ended;
}

function laid(withMessage: boolean) {
  let n = 0;
  const tap = tapCard(UID, () => {
    n += 1;
    return `https://hallvote.example/t?n=${n}`;
  });
  return () => {
    const file = tap.activate?.();
    return (apdu: Uint8Array) => {
      if (apdu[0] === 0xff && apdu[1] === 0xca) return Buffer.from(`${UID}9000`, 'hex');
      return (withMessage && file?.(apdu)) || Uint8Array.of(0x6a, 0x82);
    };
  };
}

async function started() {
  const taps: Tap[] = [];
  const statuses: DeviceStatus[] = [];
  let now = 0;
  reader = new PcscReader({
    now: () => {
      now += 5_000;
      return now;
    },
  });
  reader.onTap((tap) => taps.push(tap));
  reader.onStatus((status) => statuses.push(status));
  await reader.start();
  const becomes = (is: DeviceStatus['is']) => vi.waitFor(() => expect(statuses.at(-1)?.is).toBe(is));
  return { taps, statuses, becomes };
}

afterEach(async () => {
  card.remove();
  await reader?.stop();
  await stopService();
});

describe.skipIf(!isPresent)('a PC/SC reader, on pcscd with a virtual card', () => {
  test('gives the UID of a card at each tap, and its one-time message where it has one', async () => {
    await startService();
    const { taps, becomes } = await started();
    await becomes('ready');
    await card.insert(laid(false));
    await vi.waitFor(() => expect(taps).toEqual([{ card: UID }]));
    card.remove();
    await vi.waitFor(() => card.insert(laid(true)));
    await vi.waitFor(() => expect(taps).toHaveLength(2));
    expect(taps[1]?.proof).toMatch(/^https:\/\/hallvote\.example\/t\?n=\d+$/);
  });

  test('a service that is not there is a fault with a cure; started, killed and started again it is found', async () => {
    const { taps, statuses, becomes } = await started();
    await becomes('fault');
    await vi.waitFor(
      () => expect(statuses.at(-1)).toMatchObject({ what: expect.stringContaining('start it') }),
      {},
    );
    await startService();
    await becomes('ready');
    await stopService();
    await becomes('fault');
    await startService();
    await becomes('ready');
    await card.insert(laid(false));
    await vi.waitFor(() => expect(taps).toEqual([{ card: UID }]));
  });
});
