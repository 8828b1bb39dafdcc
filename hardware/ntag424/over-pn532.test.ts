import { afterEach, describe, expect, it, vi } from 'vitest';
import { cardKey, checkProof, fromHex, KEY_NUMBERS } from '../../shared/protocol/ntag424.ts';
import type { Tap } from '../capabilities.ts';
import type { I2cBus } from '../i2c.ts';
import { Pn532Reader } from '../readers/pn532-reader.ts';
import { plainBus, SimulatedPn532 } from '../testing/simulated-pn532.ts';
import { personalise } from './personalise.ts';
import { SimulatedNtag424 } from './simulated-ntag424.ts';

const UID = '04A1B2C3D4E5F6';
const MASTER = Uint8Array.from({ length: 16 }, (_, i) => i + 1);
const keys = KEY_NUMBERS.map((n) => cardKey(MASTER, fromHex(UID) ?? new Uint8Array(), n));
const random = () => Uint8Array.from({ length: 16 }, (_, i) => i * 5);

const running: Pn532Reader[] = [];
afterEach(async () => {
  for (const reader of running.splice(0)) await reader.stop();
});

/** A PN532 with the transfers its bus can carry, and time of its own. */
function reader(limit: I2cBus['limit']): { chip: SimulatedPn532; made: Pn532Reader } {
  const chip = new SimulatedPn532();
  let now = 0;
  const made = new Pn532Reader({
    bus: () => ({ ...plainBus(new Map([[0x24, chip]])), limit }),
    now: () => now,
    sleep: async (ms) => {
      now += ms;
      await new Promise((resolve) => setImmediate(resolve));
    },
  });
  running.push(made);
  return { chip, made };
}

/** What comes of the card laid on a reader that is lent out. */
async function personalised(limit: I2cBus['limit'], card: SimulatedNtag424): Promise<string> {
  const { chip, made } = reader(limit);
  const outcomes: string[] = [];
  made.lend(async (link) => {
    outcomes.push(await personalise(link, keys, random).catch((error: Error) => `failed: ${error.message}`));
  });
  await made.start();
  chip.place(card);
  await vi.waitFor(() => expect(outcomes).not.toEqual([]), { interval: 1 });
  await made.stop();
  return outcomes[0] ?? '';
}

describe('an NTAG 424 DNA on a PN532', () => {
  it('is given its keys within what the panel’s firmware carries, and then taps like any other', async () => {
    const card = new SimulatedNtag424(UID, random);
    const proof = await personalised({ write: 96, read: 96 }, card);
    expect(checkProof(proof, MASTER)).toEqual({ ok: true, uid: UID, counter: 1 });
    const taps: Tap[] = [];
    const { chip, made } = reader({ write: 30, read: 32 });
    made.onTap((tap) => taps.push(tap));
    await made.start();
    chip.place(card);
    await vi.waitFor(() => expect(taps).toHaveLength(1), { interval: 1 });
    expect(taps[0]?.card).toBe(UID);
    expect(checkProof(taps[0]?.proof ?? '', MASTER)).toEqual({ ok: true, uid: UID, counter: 2 });
  });

  it('cannot be given keys through StandardFirmata, whose transfers are too short', async () => {
    const outcome = await personalised({ write: 30, read: 32 }, new SimulatedNtag424(UID, random));
    expect(outcome).toBe('failed: the command is too long for this bus');
  });
});
