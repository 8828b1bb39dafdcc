import { z } from 'zod';

/** What a scrutineer's browser keeps for one sitting: the seed, and which sum of which election it decrypted. */

const Kept = z.strictObject({
  seed: z.string(),
  ceremony: z.number(),
  /** Election → the sum decrypted. */
  decrypted: z.record(z.string(), z.string()),
  /** Whether a back-up was downloaded. */
  backedUp: z.boolean(),
});
export type Kept = z.infer<typeof Kept>;

const place = (sitting: string, scrutineer: string): string => `hallvote-key ${sitting} ${scrutineer}`;

export const scrutineerStore = {
  read(sitting: string, scrutineer: string): Kept | null {
    try {
      return Kept.parse(JSON.parse(localStorage.getItem(place(sitting, scrutineer)) ?? ''));
    } catch {
      return null;
    }
  },
  write(sitting: string, scrutineer: string, kept: Kept): void {
    localStorage.setItem(place(sitting, scrutineer), JSON.stringify(kept));
  },
  forget(sitting: string, scrutineer: string): void {
    localStorage.removeItem(place(sitting, scrutineer));
  },
};

/** The browser's random bytes. */
export const browserRandom = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));
