import { describe, expect, it } from 'vitest';
import { readProof } from '../../shared/protocol/card-proof.ts';
import { cardKey, checkProof, fromHex, KEY_NUMBERS, toHex } from '../../shared/protocol/ntag424.ts';
import { readTapMessage } from '../readers/tap-message.ts';
import { CardRefusal } from './ev2.ts';
import { fileSettings, ndefTemplate } from './ndef.ts';
import { personalise } from './personalise.ts';
import { CardGone, SimulatedNtag424 } from './simulated-ntag424.ts';

const hex = (text: string): Uint8Array => fromHex(text) ?? new Uint8Array();
const MASTER = hex('8F1C2D3E4A5B69788796A5B4C3D2E1F0');
const UID = '04A1B2C3D4E5F6';
const keysOf = (uid: string, master = MASTER) => KEY_NUMBERS.map((n) => cardKey(master, hex(uid), n));

/** Bytes that are others at every call. */
function counting(): () => Uint8Array {
  let n = 0;
  return () => {
    n += 1;
    return Uint8Array.from({ length: 16 }, (_, i) => (i * 7 + n * 31) & 0xff);
  };
}

const fresh = () => new SimulatedNtag424(UID, counting());

describe('personalising a card', () => {
  it('gives it five keys of its own and a message that only the hall can check', async () => {
    const card = fresh();
    const proof = await personalise(card, keysOf(UID), counting());
    expect(checkProof(proof, MASTER)).toEqual({ ok: true, uid: UID, counter: 1 });
    expect(card.keys.map(({ key }) => toHex(key))).toEqual(keysOf(UID).map(toHex));
    expect(card.keys.map(({ version }) => version)).toEqual([1, 1, 1, 1, 1]);
  });

  it('every tap has a message of its own', async () => {
    const card = fresh();
    await personalise(card, keysOf(UID), counting());
    const taps = [await readTapMessage(card.transceive), await readTapMessage(card.transceive)];
    expect(taps.map((url) => readProof(url ?? '')?.counter)).toEqual([2, 3]);
    for (const url of taps) expect(checkProof(url ?? '', MASTER).ok).toBe(true);
  });

  it('goes on where a card was pulled away, wherever that was', async () => {
    for (let commands = 1; ; commands += 1) {
      const card = fresh();
      card.pullAfter(commands);
      const first = personalise(card, keysOf(UID), counting());
      const isDone = await first.then(
        () => true,
        (error: unknown) => {
          expect(error, `after ${commands}`).toBeInstanceOf(CardGone);
          return false;
        },
      );
      card.layDown();
      const proof = await personalise(card, keysOf(UID), counting());
      expect(checkProof(proof, MASTER).ok, `after ${commands}`).toBe(true);
      expect(card.keys.map(({ key }) => toHex(key))).toEqual(keysOf(UID).map(toHex));
      if (isDone) {
        // Selecting, settings, writing, versions, two to authenticate, four keys, settings, key 0, reading.
        expect(commands).toBeGreaterThan(20);
        return;
      }
    }
  });

  it('leaves another hall’s card alone', async () => {
    const card = fresh();
    await personalise(card, keysOf(UID, new Uint8Array(16)), counting());
    const before = card.keys.map(({ key }) => toHex(key));
    await expect(personalise(card, keysOf(UID), counting())).rejects.toThrow('keys of another hall');
    expect(card.keys.map(({ key }) => toHex(key))).toEqual(before);
  });

  it('says so where a card is of another kind', async () => {
    const card = { uid: UID, transceive: async () => hex('6A82') };
    await expect(personalise(card, keysOf(UID), counting())).rejects.toThrow(CardRefusal);
  });
});

describe('the NDEF file', () => {
  it('has its places where the settings say', () => {
    const { file, mirrors } = ndefTemplate('https://a.b/');
    const text = new TextDecoder().decode(file.subarray(7));
    expect(text).toBe('a.b/?u=00000000000000&n=000000&m=0000000000000000');
    expect(text.slice(mirrors.uid - 7 - 2, mirrors.uid - 7)).toBe('u=');
    expect(text.slice(mirrors.counter - 7 - 2, mirrors.counter - 7)).toBe('n=');
    expect(text.slice(mirrors.mac - 7 - 2, mirrors.mac - 7)).toBe('m=');
    expect(file.length).toBe(mirrors.mac + 16);
    expect(toHex(file.subarray(0, 7))).toBe(
      `00${toHex(Uint8Array.of(file.length - 2))}D101${toHex(Uint8Array.of(file.length - 6))}5504`,
    );
  });

  it('is set as the data sheet spells it', () => {
    // FileOption, AccessRights, SDMOptions, SDMAccessRights, UIDOffset, SDMReadCtrOffset, SDMMACInputOffset, SDMMACOffset.
    expect(toHex(fileSettings({ uid: 0x20, counter: 0x31, mac: 0x3a }, 1))).toBe(
      '4000E0C1FFE12000003100003A00003A0000',
    );
  });

  it('is empty in a card from the factory', async () => {
    expect(await readTapMessage(fresh().transceive)).toBeNull();
  });
});
