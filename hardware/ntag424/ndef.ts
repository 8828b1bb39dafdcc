import type { Transceive } from '../readers/tap-message.ts';
import { bytes, CardRefusal, low3, parted } from './ev2.ts';

/** The NDEF file of an NTAG 424 DNA as a Type 4 tag: one URI record, written in short pieces. */

const SELECT_APPLICATION = bytes(0x00, 0xa4, 0x04, 0x0c, 0x07, [0xd2, 0x76, 0, 0, 0x85, 1, 1], 0x00);
const SELECT_NDEF = bytes(0x00, 0xa4, 0x00, 0x0c, 0x02, [0xe1, 0x04], 0x00);
const SUCCESS = '9000';

/** Bytes a piece: short enough for every reader and board. */
const PIECE = 16;

/** What stands before the URL: length (2), record header, type length, payload length, `U`, prefix. */
const HEAD = 7;
const HTTPS = 0x04;

async function done(transceive: Transceive, apdu: Uint8Array, what: string): Promise<Uint8Array> {
  const { data, status } = parted(await transceive(apdu));
  if (status !== SUCCESS) throw new CardRefusal(what, status);
  return data;
}

/** Selects the NDEF application. @throws {CardRefusal} where the card has none. */
export async function selectApplication(transceive: Transceive): Promise<void> {
  await done(transceive, SELECT_APPLICATION, 'this is no NTAG 424 DNA');
}

const selectFile = (transceive: Transceive) => done(transceive, SELECT_NDEF, 'the card has no NDEF file');

/** Where UID, counter and MAC stand in the file. */
export interface Mirrors {
  readonly uid: number;
  readonly counter: number;
  readonly mac: number;
}

/** The NDEF file for a one-time message with this base, its places filled with zeros. `base`: `https://…`, no `?`. */
export function ndefTemplate(base: string): { file: Uint8Array; mirrors: Mirrors } {
  const url = base.replace(/^https:\/\//, '');
  const text = `${url}?u=${'0'.repeat(14)}&n=${'0'.repeat(6)}&m=${'0'.repeat(16)}`;
  const payload = bytes(HTTPS, new TextEncoder().encode(text));
  const record = bytes(0xd1, 0x01, payload.length, 0x55, payload);
  const uid = HEAD + url.length + '?u='.length;
  const counter = uid + 14 + '&n='.length;
  const mirrors = { uid, counter, mac: counter + 6 + '&m='.length };
  return { file: bytes(0, record.length, record), mirrors };
}

/** Settings of the NDEF file for such messages (data sheet §10.7.1): anybody reads, key 0 changes, `key` makes the MAC. */
export function fileSettings({ uid, counter, mac }: Mirrors, key: number): Uint8Array {
  const sdmOnPlain = 0x40;
  const uidCounterAscii = 0xc1;
  const readFreeElseKey0 = [0x00, 0xe0];
  const plainMirrorMacByKey = [0xff, 0xe0 | key];
  // SDMMACInputOffset is SDMMACOffset: the MAC has no input.
  const offsets = [uid, counter, mac, mac].flatMap(low3);
  return bytes(sdmOnPlain, readFreeElseKey0, uidCounterAscii, plainMirrorMacByKey, offsets);
}

/** Writes the NDEF file, which must be free to write. The application is selected. @throws {CardRefusal} */
export async function writeNdef(transceive: Transceive, file: Uint8Array): Promise<void> {
  await selectFile(transceive);
  for (let at = 0; at < file.length; at += PIECE) {
    const piece = file.subarray(at, at + PIECE);
    const apdu = bytes(0x00, 0xd6, at >> 8, at & 0xff, piece.length, piece);
    await done(transceive, apdu, 'the card cannot be written');
  }
}

/** The settings of the NDEF file as the card tells them, without file type and size. @throws {CardRefusal} */
export async function readFileSettings(transceive: Transceive): Promise<Uint8Array> {
  const { data, status } = parted(await transceive(bytes(0x90, 0xf5, 0, 0, 1, 2, 0)));
  if (status !== '9100') throw new CardRefusal('the card does not tell its settings', status);
  return bytes(data.subarray(1, 4), data.subarray(7));
}
