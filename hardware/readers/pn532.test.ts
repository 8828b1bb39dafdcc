import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { DeviceStatus, Tap } from '../capabilities.ts';
import { plainBus, SimulatedPn532 } from '../testing/simulated-pn532.ts';
import { ndefFile, tapCard } from '../testing/simulated-tap-card.ts';
import { commandFrame, parseFrame } from './pn532-frames.ts';
import { Pn532Reader } from './pn532-reader.ts';
import { TapFilter } from './tap-filter.ts';
import { readTapMessage, uriOf } from './tap-message.ts';

let running: Pn532Reader[] = [];
afterEach(async () => {
  await Promise.all(running.map((reader) => reader.stop()));
  running = [];
});

/** A reader whose time is its own: every sleep passes at once, and is counted. */
async function reader() {
  const chip = new SimulatedPn532();
  const taps: Tap[] = [];
  const statuses: DeviceStatus[] = [];
  let now = 0;
  const slaves = new Map([[0x24, chip]]);
  const made = new Pn532Reader({
    bus: () => plainBus(slaves),
    now: () => now,
    sleep: async (ms) => {
      now += ms;
      await new Promise((resolve) => setImmediate(resolve));
    },
  });
  running.push(made);
  made.onTap((tap) => taps.push(tap));
  made.onStatus((status) => statuses.push(status));
  await made.start();
  const passed = (ms: number) => {
    const until = now + ms;
    return vi.waitFor(() => expect(now).toBeGreaterThan(until), { interval: 1 });
  };
  return { chip, taps, statuses, passed, made };
}

describe('PN532 frames', () => {
  test('are those of the user manual', () => {
    // UM0701-02: GetFirmwareVersion and its answer.
    expect(Buffer.from(commandFrame(Uint8Array.of(0x02))).toString('hex')).toBe('0000ff02fed4022a00');
    expect(parseFrame(Buffer.from('0000ff00ff00', 'hex'))).toEqual({ is: 'ack' });
    const answer = parseFrame(Uint8Array.from(Buffer.from('0000ff06fad50332010607e800', 'hex')));
    expect(answer).toEqual({ is: 'data', data: Uint8Array.of(0x03, 0x32, 0x01, 0x06, 0x07) });
    expect(parseFrame(Buffer.from('0000ff01ff7f8100', 'hex'))).toEqual({ is: 'error' });
  });

  test('a changed bit is never taken for another answer, and no bytes throw', () => {
    const whole = Buffer.from('0000ff06fad50332010607e800', 'hex');
    for (let bit = 16; bit < (whole.length - 1) * 8; bit += 1) {
      const changed = Buffer.from(whole);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(parseFrame(changed).is, `bit ${bit}`).not.toBe('data');
    }
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => void parseFrame(bytes)));
  });
});

describe('a card', () => {
  test('held, shaken or tapped twice is one tap; taken away and brought back it is another', () => {
    const filter = new TapFilter();
    expect([0, 30, 60, 700, 1_500].map((at) => filter.isTap('A', at))).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
    expect(filter.isTap('A', 2_600)).toBe(true);
  });

  test('two in one wallet are one tap each, however they alternate', () => {
    const filter = new TapFilter();
    const taps = Array.from({ length: 40 }, (_, i) => filter.isTap(i % 2 ? 'B' : 'A', i * 50));
    expect(taps.filter(Boolean)).toHaveLength(2);
  });

  test('gives its UID once while it lies there', async () => {
    const { chip, taps, statuses, passed, made } = await reader();
    expect(statuses).toEqual([{ is: 'ready' }]);
    expect(made.model).toBe('PN532 1.6');
    chip.place({ uid: '04A1B2C3D4E580' });
    await passed(3_000);
    expect(taps).toEqual([{ card: '04A1B2C3D4E580' }]);
    chip.remove();
    await passed(1_500);
    chip.place({ uid: '04A1B2C3D4E580' });
    await vi.waitFor(() => expect(taps).toHaveLength(2));
  });

  test('with a message of its own gives a new one at each tap', async () => {
    const { chip, taps, passed } = await reader();
    let n = 0;
    const card = tapCard('04C0FFEE123480', () => {
      n += 1;
      return `https://hallvote.example/t?u=04C0FFEE123480&n=00000${n}&m=0011223344556677`;
    });
    chip.place(card);
    await vi.waitFor(() => expect(taps).toHaveLength(1));
    await passed(2_000);
    chip.remove();
    await passed(1_500);
    chip.place(card);
    await vi.waitFor(() => expect(taps).toHaveLength(2));
    expect(taps.map(({ proof }) => proof?.slice(-27, -19))).toEqual(['n=000001', 'n=000002']);
  });
});

describe('a reader', () => {
  test('that is unplugged is a fault with a cure, and is found again by itself', async () => {
    const { chip, taps, statuses } = await reader();
    chip.isAbsent = true;
    await vi.waitFor(() => expect(statuses.at(-1)?.is).toBe('fault'));
    expect(statuses.at(-1)).toEqual({
      is: 'fault',
      what: 'the card reader (PN532) does not answer: no answer from 0x24; check its cable',
      zh: '读卡器没有应答，请检查连线',
    });
    chip.isAbsent = false;
    chip.powerCycle();
    await vi.waitFor(() => expect(statuses.at(-1)).toEqual({ is: 'ready' }));
    chip.place({ uid: '01020304' });
    await vi.waitFor(() => expect(taps).toEqual([{ card: '01020304' }]));
  });

  test('that is no PN532 is never ready', async () => {
    const statuses: DeviceStatus[] = [];
    const other = { connect: () => true, writeByte: () => true, readByte: () => 0x01, stop: () => {} };
    const made = new Pn532Reader({
      bus: () => plainBus(new Map([[0x24, other]])),
      now: () => 0,
      sleep: () => new Promise((resolve) => setImmediate(resolve)),
    });
    running.push(made);
    made.onStatus((status) => statuses.push(status));
    await made.start();
    expect(statuses).toHaveLength(1);
    expect(statuses[0]).toMatchObject({ is: 'fault' });
  });
});

describe('the message in a card', () => {
  const card = (uri: string) => tapCard('04', () => uri).activate?.() ?? (() => new Uint8Array());

  test.each([40, 60, 120, 200])('of %i characters is read in pieces', async (length) => {
    const uri = `https://${'x'.repeat(length)}`;
    const answer = card(uri);
    const lengths: number[] = [];
    const transceive = async (apdu: Uint8Array) => {
      const bytes = answer(apdu);
      lengths.push(bytes.length);
      return bytes;
    };
    expect(await readTapMessage(transceive)).toBe(uri);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(18);
  });

  test('that is none is null: no application, no file, another record, rubbish', async () => {
    expect(await readTapMessage(async () => Uint8Array.of(0x6a, 0x82))).toBeNull();
    expect(uriOf(Buffer.from('d101045402656e41', 'hex'))).toBeNull();
    expect(uriOf(ndefFile('https://a').subarray(2, 6))).toBeNull();
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => void uriOf(bytes)));
  });
});
