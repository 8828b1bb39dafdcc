import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../shared/protocol/ntag424.ts';
import type { Transceive } from '../readers/tap-message.ts';
import { authenticate, bytes, CardRefusal, keyCrc, padded, Session, sessionKeys, unpadded } from './ev2.ts';

const hex = (text: string): Uint8Array => {
  const read = fromHex(text.replaceAll(' ', ''));
  if (!read) throw new Error(`${text} is not hexadecimal`);
  return read;
};
const ZERO = new Uint8Array(16);

/** A card that expects these commands and gives these answers. */
function script(...exchanges: readonly (readonly [command: string, answer: string])[]): Transceive {
  const left = [...exchanges];
  return async (apdu) => {
    const [command, answer] = left.shift() ?? ['', ''];
    expect(toHex(apdu)).toBe(command);
    return hex(answer);
  };
}

const session = (transceive: Transceive, enc: string, mac: string, ti: string, counter: number) =>
  new Session(transceive, { enc: hex(enc), mac: hex(mac), ti: hex(ti) }, counter);

describe('vectors of NXP AN12196', () => {
  it('AuthenticateEV2First with key 0', async () => {
    const rndA = hex('13C5DB8A5930439FC3DEF9A4C675360F');
    const secret = await authenticate(
      script(
        ['9071000002000000', 'A04C124213C186F22399D33AC2A3021591AF'],
        [
          '90AF00002035C3E05A752E0144BAC0DE51C1F22C56B34408A23D8AEA266CAB947EA8E0118D00',
          '3FA64DB5446D1F34CD6EA311167F5E4985B89690C04A05F17FA7AB2F081206639100',
        ],
      ),
      0,
      ZERO,
      rndA,
    );
    expect(secret).toBeInstanceOf(Session);
    const keys = sessionKeys(ZERO, rndA, hex('B9E2FC789B64BF237CCCAA20EC7E6E48'));
    expect(toHex(keys.enc)).toBe('1309C877509E5A215007FF0ED19CA564');
    expect(toHex(keys.mac)).toBe('4C6626F5E72EA694202139295C7A7FC7');
  });

  it('session keys with key 3', () => {
    const keys = sessionKeys(
      ZERO,
      hex('B98F4C50CF1C2E084FD150E33992B048'),
      hex('91517975190DCEA6104948EFA3085C1B'),
    );
    expect(toHex(keys.enc)).toBe('7A93D6571E4B180FCA6AC90C9A7488D4');
    expect(toHex(keys.mac)).toBe('FC4AF159B62E549B5812394CAB1918CC');
  });

  const AUTH = ['1309C877509E5A215007FF0ED19CA564', '4C6626F5E72EA694202139295C7A7FC7', '9D00C4DF'] as const;

  it('ChangeFileSettings, the session after the authentication above', async () => {
    const card = script([
      '905F0000190261B6D97903566E84C3AE5274467E89EAD799B7C1A0EF7A0400',
      '57BFF87B1241E93D9100',
    ]);
    const answer = await session(card, ...AUTH, 1).full(
      0x5f,
      bytes(2),
      hex('4000E0C1F121200000430000430000'),
    );
    expect(answer).toHaveLength(0);
  });

  it('WriteData in CommMode.Full', async () => {
    const keys = [
      '7A93D6571E4B180FCA6AC90C9A7488D4',
      'FC4AF159B62E549B5812394CAB1918CC',
      '7614281A',
    ] as const;
    const card = script([
      '908D00001F030000000A00006B5E6804909962FC4E3FF5522CF0F8436C0C53315B9C73AA00',
      'C26D236E4A7C046D9100',
    ]);
    await session(card, ...keys, 0).full(0x8d, hex('030000000A0000'), hex('0102030405060708090A'));
  });

  const CHANGE = [
    '4CF3CB41A22583A61E89B158D252FC53',
    '5529860B2FC5FB6154B7F28361D30BF9',
    '7614281A',
  ] as const;

  it('ChangeKey of another key', async () => {
    const key = hex('F3847D627727ED3BC9C4CC050489B966');
    expect(toHex(keyCrc(key))).toBe('789DFADC');
    const card = script([
      '90C4000029022CF362B7BF4311FF3BE1DAA295E8C68DE09050560D19B9E16C2393AE9CD1FAC75D0CE20BCD1D06E600',
      '203BB55D1089D5879100',
    ]);
    await session(card, ...CHANGE, 2).changeKey(2, key, ZERO, 1);
  });

  it('ChangeKey of the session’s own key', async () => {
    const card = script([
      '90C400002900C0EB4DEEFEDDF0B513A03A95A75491818580503190D4D05053FF75668A01D6FDA6610234BDED643200',
      '9100',
    ]);
    await session(card, ...CHANGE, 3).changeOwnKey(0, hex('5004BF991F408672B1EF00F08F9E8647'), 1);
  });

  it('an answer in CommMode.Full', async () => {
    // GetCardUID has no data; its answer is what the vector is about.
    const keys = {
      enc: hex('2B4D963C014DC36F24F69A50A394F875'),
      mac: hex('379D32130CE61705DD5FD8C36B95D764'),
    };
    const card: Transceive = async () => hex('70756055688505B52A5E26E59E329CD6595F672298EA41B79100');
    const answer = await new Session(card, { ...keys, ti: hex('DF055522') }, 0).full(0x51, bytes(), bytes());
    expect(toHex(answer)).toBe('04958CAA5C5E80');
  });

  it('an answer with a wrong MAC, a cut one and a refusal are errors', async () => {
    for (const answer of ['57BFF87B1241E93C9100', '57BF9100', '9100', '911E', '']) {
      const card: Transceive = async () => hex(answer);
      const send = session(card, ...AUTH, 1).full(0x5f, bytes(2), hex('4000E0'));
      await expect(send).rejects.toThrow(CardRefusal);
    }
  });

  it('a card that does not know the key, or does not prove it, is refused', async () => {
    const rndA = hex('13C5DB8A5930439FC3DEF9A4C675360F');
    const part1 = ['9071000002000000', 'A04C124213C186F22399D33AC2A3021591AF'] as const;
    const part2 = '90AF00002035C3E05A752E0144BAC0DE51C1F22C56B34408A23D8AEA266CAB947EA8E0118D00';
    const forged = '3FA64DB5446D1F34CD6EA311167F5E4985B89690C04A05F17FA7AB2F081206649100';
    for (const answer of ['91AE', forged, '9100'])
      await expect(authenticate(script(part1, [part2, answer]), 0, ZERO, rndA)).rejects.toThrow(CardRefusal);
  });
});

describe('padding', () => {
  it('is taken away as it was put on', () => {
    for (const length of [0, 1, 15, 16, 17]) {
      const data = new Uint8Array(length).fill(7);
      expect(padded(data).length % 16).toBe(0);
      expect(unpadded(padded(data))).toEqual(data);
    }
    expect(unpadded(new Uint8Array(16))).toBeNull();
  });
});
