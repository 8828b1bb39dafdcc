import type { Strike } from './strike.ts';

/** One way of attacking a hall from outside its process, beside honest votes. */
export interface Attack {
  readonly name: string;
  /** One line for the table. */
  readonly does: string;
  /** Sockets held open at once. */
  readonly most?: number;
  readonly run: (strike: Strike) => Promise<void>;
}
