import { describe, expect, it, vi } from 'vitest';
import type { CardReader, DeviceStatus, Tap } from '../../hardware/capabilities.ts';
import type { CardLink, LendingReader } from '../../hardware/card-link.ts';
import { SimulatedNtag424 } from '../../hardware/ntag424/simulated-ntag424.ts';
import type { FromCardDesk } from '../../shared/protocol/card-desk.ts';
import { cardKey, checkProof, fromHex, KEY_NUMBERS, toHex } from '../../shared/protocol/ntag424.ts';
import { CardDesk } from './card-desk-loop.ts';

const UID = '04A1B2C3D4E5F6';
const MASTER = Uint8Array.from({ length: 16 }, (_, i) => i);
const keys = KEY_NUMBERS.map((n) => toHex(cardKey(MASTER, fromHex(UID) ?? new Uint8Array(), n)));
const random = () => Uint8Array.from({ length: 16 }, (_, i) => i * 3);

/** A reader moved by hand. */
class HandReader implements LendingReader {
  tap: (tap: Tap) => void = () => {};
  status: (status: DeviceStatus) => void = () => {};
  lay: (card: CardLink) => Promise<void> = async () => {};
  stopped = false;
  onTap(listener: (tap: Tap) => void): void {
    this.tap = listener;
  }
  onStatus(listener: (status: DeviceStatus) => void): void {
    this.status = listener;
  }
  lend(work: (card: CardLink) => Promise<void>): void {
    this.lay = work;
  }
  async start(): Promise<void> {
    this.status({ is: 'ready' });
  }
  async stop(): Promise<void> {
    this.stopped = true;
  }
}

async function desk(personalise: boolean, reader: CardReader = new HandReader()) {
  const printed: FromCardDesk[] = [];
  const onEnd = vi.fn();
  const made = new CardDesk({ reader, personalise, print: (line) => printed.push(line), onEnd, random });
  await made.start();
  const order = (line: object) => made.take(JSON.stringify(line));
  return { made, printed, onEnd, order };
}

describe('the card desk', () => {
  it('prints taps and how the reader is', async () => {
    const reader = new HandReader();
    const { printed } = await desk(false, reader);
    reader.tap({ card: 'AAAA' });
    reader.status({ is: 'fault', what: 'unplugged' });
    reader.tap({ card: UID, proof: 'https://x' });
    expect(printed).toEqual([
      { status: 'ready' },
      { card: 'AAAA' },
      { status: 'fault', what: 'unplugged' },
      { card: UID, proof: 'https://x' },
    ]);
  });

  it('gives the card that lies there its keys, and tells the first message', async () => {
    const reader = new HandReader();
    const { printed, order } = await desk(true, reader);
    const laid = reader.lay(new SimulatedNtag424(UID, random));
    expect(printed.at(-1)).toEqual({ card: UID });
    expect(order({ personalise: { uid: UID, keys } })).toBe(true);
    await laid;
    const last = printed.at(-1);
    expect(last).toMatchObject({ personalised: UID });
    expect(last && 'proof' in last && checkProof(last.proof ?? '', MASTER)).toMatchObject({ ok: true });
  });

  it('says so where a card is pulled away, and goes on when it is laid down again', async () => {
    const reader = new HandReader();
    const { printed, order } = await desk(true, reader);
    const card = new SimulatedNtag424(UID, random);
    card.pullAfter(12);
    const pulled = reader.lay(card);
    order({ personalise: { uid: UID, keys } });
    await pulled;
    expect(printed.at(-1)).toEqual({ failed: UID, what: 'the card has gone' });
    card.layDown();
    const again = reader.lay(card);
    order({ personalise: { uid: UID, keys } });
    await again;
    expect(printed.at(-1)).toMatchObject({ personalised: UID });
  });

  it('leaves a card alone that is skipped, or is not the one the keys are for', async () => {
    const reader = new HandReader();
    const { printed, order } = await desk(true, reader);
    const card = new SimulatedNtag424('04000000000001', random);
    for (const line of [{ skip: 'refused' }, { personalise: { uid: UID, keys } }]) {
      const laid = reader.lay(card);
      order(line);
      await laid;
    }
    expect(card.keys.every(({ version }) => version === 0)).toBe(true);
    expect(printed.filter((line) => !('card' in line) && !('status' in line))).toEqual([]);
  });

  it('takes only what is for it, and no keys that are none', async () => {
    const { order, made, onEnd } = await desk(true);
    expect(made.take('04A1B2C3')).toBe(false);
    expect(order({ personalise: { uid: UID, keys: keys.slice(1) } })).toBe(false);
    expect(order({ personalise: { uid: 'AAAA', keys } })).toBe(false);
    expect(onEnd).not.toHaveBeenCalled();
    expect(order({ end: true })).toBe(true);
    expect(onEnd).toHaveBeenCalledOnce();
  });

  it('says so where the reader cannot write, and lets a waiting card go when it stops', async () => {
    const { onTap, onStatus, start, stop } = new HandReader();
    const plain: CardReader = { onTap, onStatus, start, stop };
    const { printed } = await desk(true, plain);
    expect(printed).toEqual([{ status: 'fault', what: expect.stringContaining('cannot write cards') }]);
    const reader = new HandReader();
    const { made } = await desk(true, reader);
    const laid = reader.lay(new SimulatedNtag424(UID, random));
    await made.stop();
    await laid;
    expect(reader.stopped).toBe(true);
  });
});
