import type { CardReader } from './capabilities.ts';
import type { Transceive } from './readers/tap-message.ts';

/** A card that lies on the reader and takes commands (ISO/IEC 14443-4), for as long as it lies there. */
export interface CardLink {
  /** In upper-case hexadecimal. */
  readonly uid: string;
  readonly transceive: Transceive;
}

/** A reader that lends out the card lying on it: for the desk where cards are made, not for seats. */
export interface LendingReader extends CardReader {
  /** Runs `work` with every card that is laid down, and reports no tap of it; leaves the card alone meanwhile. */
  lend(work: (card: CardLink) => Promise<void>): void;
}

export const isLending = (reader: CardReader): reader is LendingReader =>
  'lend' in reader && typeof reader.lend === 'function';
