import type { SimulatedCard } from './simulated-pn532.ts';

const FINE = [0x90, 0x00];
const NOT_FOUND = [0x6a, 0x82];

/** A card with an NDEF file, whose URI is asked for anew each time the card is activated, as NTAG 424 DNA makes it. */
export function tapCard(uid: string, uri: () => string): SimulatedCard {
  return {
    uid,
    activate: () => {
      let file: Buffer | null = null;
      let isSelected = false;
      return (apdu) => {
        const [, instruction, p1 = 0, p2 = 0, length = 0] = apdu;
        const data = Buffer.from(apdu.subarray(5, 5 + length)).toString('hex');
        if (instruction === 0xa4 && p1 === 0x04) {
          isSelected = data === 'd2760000850101';
          return Uint8Array.from(isSelected ? FINE : NOT_FOUND);
        }
        if (instruction === 0xa4 && isSelected && data === 'e104') {
          file = ndefFile(uri());
          return Uint8Array.from(FINE);
        }
        if (instruction === 0xb0 && file) {
          const at = p1 * 256 + p2;
          return Uint8Array.from([...file.subarray(at, at + length), ...FINE]);
        }
        return Uint8Array.from(NOT_FOUND);
      };
    },
  };
}

/** An NDEF file with one URI record, its length in front. */
export function ndefFile(uri: string): Buffer {
  const rest = Buffer.from(uri.replace(/^https:\/\//, ''), 'latin1');
  const payload = Buffer.concat([Buffer.from([uri.startsWith('https://') ? 0x04 : 0x00]), rest]);
  const record = Buffer.concat([Buffer.from([0xd1, 0x01, payload.length, 0x55]), payload]);
  return Buffer.concat([Buffer.from([record.length >> 8, record.length & 0xff]), record, Buffer.alloc(64)]);
}
