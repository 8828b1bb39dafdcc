import { SDM_KEY, sameBytes } from '../../shared/protocol/ntag424.ts';
import type { CardLink } from '../card-link.ts';
import { readTapMessage, type Transceive } from '../readers/tap-message.ts';
import { authenticate, bytes, CardRefusal, parted, type Session, wrapped } from './ev2.ts';
import { fileSettings, ndefTemplate, readFileSettings, selectApplication, writeNdef } from './ndef.ts';

/** Where cards point anybody who reads them with a telephone: nowhere (RFC 2606). */
export const CARD_URL = 'https://hallvote.invalid/';

const FACTORY_KEY = new Uint8Array(16);
/** Version our keys carry; those of the factory carry 0. */
const OUR_VERSION = 1;
const WRONG_KEY = '91AE';
const NDEF_FILE = 2;

async function keyVersion(transceive: Transceive, number: number): Promise<number> {
  const { data, status } = parted(await transceive(wrapped(0x64, bytes(number))));
  if (status !== '9100') throw new CardRefusal('the card does not tell its keys’ versions', status);
  return data[0] ?? 0;
}

/** A session under key 0, which is the factory's, or ours from an earlier attempt. */
async function enter(
  { transceive }: CardLink,
  own: Uint8Array,
  rndA: () => Uint8Array,
): Promise<{ session: Session; isOurs: boolean }> {
  const isOurs = (await keyVersion(transceive, 0)) === OUR_VERSION;
  try {
    const session = await authenticate(transceive, 0, isOurs ? own : FACTORY_KEY, rndA());
    return { session, isOurs };
  } catch (error) {
    if (!(error instanceof CardRefusal) || error.status !== WRONG_KEY) throw error;
    throw new CardRefusal('this card has keys of another hall', error.status);
  }
}

/**
 * Makes an NTAG 424 DNA a card of this hall: the URL with its places for the one-time message, the settings that fill
 * them, and five keys of its own in place of the factory's. A card pulled away on the way is laid down again: what
 * was done stays, the rest is done. `keys`: key 0 to 4. `random`: 16 random bytes a call.
 * @returns the card's first one-time message.
 * @throws {CardRefusal} where the card is of another kind or another hall's; other errors where it has gone.
 */
export async function personalise(
  link: CardLink,
  keys: readonly Uint8Array[],
  random: () => Uint8Array,
): Promise<string> {
  const [own, ...others] = keys;
  if (!own || others.length !== 4) throw new RangeError('a card has five keys');
  const { transceive } = link;
  const { file, mirrors } = ndefTemplate(CARD_URL);
  const settings = fileSettings(mirrors, SDM_KEY);

  await selectApplication(transceive);
  const isSet = sameBytes(await readFileSettings(transceive), settings);
  // The file is free to write only as long as its settings are the factory's.
  if (!isSet) {
    await writeNdef(transceive, file);
    await selectApplication(transceive);
  }
  const versions: number[] = [];
  for (let number = 1; number <= others.length; number += 1)
    versions.push(await keyVersion(transceive, number));

  const { session, isOurs } = await enter(link, own, random);
  for (const [i, key] of others.entries())
    if (versions[i] !== OUR_VERSION) await session.changeKey(i + 1, key, FACTORY_KEY, OUR_VERSION);
  if (!isSet) await session.full(0x5f, bytes(NDEF_FILE), settings);
  // Last: it ends the session, and says that all the rest is done.
  if (!isOurs) await session.changeOwnKey(0, own, OUR_VERSION);

  const message = await readTapMessage(transceive);
  if (message === null) throw new CardRefusal('the card does not give its message');
  return message;
}
