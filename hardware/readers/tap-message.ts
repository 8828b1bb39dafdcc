/** Sends an APDU to a card and gives its answer, status bytes included. Rejects where the card is gone. */
export type Transceive = (apdu: Uint8Array) => Promise<Uint8Array>;

/** NFC Forum Type 4 Tag, version 2.0: the NDEF application, and the file that NTAG 424 DNA keeps it in. */
const SELECT_APPLICATION = Uint8Array.of(
  0x00,
  0xa4,
  0x04,
  0x00,
  0x07,
  0xd2,
  0x76,
  0x00,
  0x00,
  0x85,
  0x01,
  0x01,
  0x00,
);
const SELECT_FILE = Uint8Array.of(0x00, 0xa4, 0x00, 0x0c, 0x02, 0xe1, 0x04);
const READ_BINARY = 0xb0;
/** What goes through the narrowest bus, StandardFirmata's. */
const PIECE = 16;
const MAX_MESSAGE = 300;
/** URI identifier codes (NFC Forum RTD URI 1.0 §3.2.2) that a tap message may begin with. */
const PREFIXES = ['', 'http://www.', 'https://www.', 'http://', 'https://'];

/**
 * The one-time message of this tap: the URI in the card's NDEF file. Null where the card has none; rejects where
 * the card was taken away in the middle.
 */
export async function readTapMessage(transceive: Transceive): Promise<string | null> {
  if (!isFine(await transceive(SELECT_APPLICATION))) return null;
  if (!isFine(await transceive(SELECT_FILE))) return null;
  const head = await read(transceive, 0, 2);
  if (head === null) return null;
  const length = (head[0] ?? 0) * 256 + (head[1] ?? 0);
  if (length === 0 || length > MAX_MESSAGE) return null;
  const message = Buffer.alloc(length);
  for (let at = 0; at < length; at += PIECE) {
    const piece = await read(transceive, 2 + at, Math.min(PIECE, length - at));
    if (piece === null) return null;
    message.set(piece, at);
  }
  return uriOf(message);
}

const isFine = (answer: Uint8Array): boolean => answer.at(-2) === 0x90 && answer.at(-1) === 0x00;

async function read(transceive: Transceive, at: number, length: number): Promise<Uint8Array | null> {
  const answer = await transceive(Uint8Array.of(0x00, READ_BINARY, at >> 8, at & 0xff, length));
  return isFine(answer) && answer.length === length + 2 ? answer.subarray(0, length) : null;
}

/** The URI of an NDEF message whose first record is a short URI record (NDEF 1.0 §3.2); null for any other. */
export function uriOf(message: Uint8Array): string | null {
  const [flags = 0, typeLength, payloadLength = 0, type, prefix = 0xff] = message;
  const isShortWellKnown = (flags & 0x3f) === 0x11;
  if (!isShortWellKnown || typeLength !== 1 || type !== 0x55) return null;
  const rest = message.subarray(5, 4 + payloadLength);
  if (payloadLength < 1 || rest.length !== payloadLength - 1) return null;
  const start = PREFIXES[prefix];
  const text = Buffer.from(rest).toString('latin1');
  return start === undefined || !/^[\x21-\x7e]*$/.test(text) ? null : start + text;
}
