import type { Logger } from 'pino';
import type { SeatHardware } from '../hardware/capabilities.ts';
import type { Random } from '../shared/backoff.ts';
import type { RandomBytes } from '../shared/protocol/ids.ts';
import type { Signer } from '../shared/protocol/jws.ts';
import type { MachineHealth, Receipt, Refusal } from '../shared/protocol/messages.ts';
import type { SeatDetails } from '../shared/protocol/seat-details.ts';
import type { UpdateCommand, UpdateHealth } from '../shared/update/messages.ts';
import type { Credentials } from './delivery/credential.ts';
import type { Outbox } from './delivery/outbox.ts';
import type { SeatWire } from './delivery/seat-wire.ts';
import type { Clock } from './machine/clock.ts';
import type { Disk } from './machine/disk.ts';
import type { Identity } from './machine/identity.ts';
import type { SeatState } from './seat/seat-state.ts';

/** What one seat is wired from. */
export interface TerminalParts {
  readonly id: string;
  readonly hall: string;
  /** `wire`: of `mqtts://`. */
  readonly coordinator: {
    readonly url: string;
    readonly key: string;
    readonly wire?: SeatWire | undefined;
  };
  readonly identity: Identity;
  readonly outbox: Outbox;
  /** Where outbox, credential and numbers are kept; absent where they are in memory. */
  readonly disk?: Disk;
  readonly credentials: Credentials;
  readonly hardware: SeatHardware;
  /** Called with every new state: what the screen is drawn from. `waiting`: messages that have no answer yet. */
  readonly onState?: (state: SeatState, waiting: number) => void;
  /** Called with the answer that settles message `id` of this seat. */
  readonly onSettled?: (id: string, answer: Receipt | Refusal) => void;
  readonly version: string;
  /** How the computer is; absent where many terminals share one. */
  readonly machine?: () => Promise<MachineHealth>;
  /** Takes new versions of this program; absent where the seat does not. */
  readonly updates?: { readonly health: UpdateHealth; command(command: UpdateCommand): void };
  /** What seldom changes at the seat. */
  readonly details?: () => Promise<SeatDetails>;
  /** The wall clock, ms since 1970. */
  readonly wallClock: () => number;
  /** 0: never. */
  readonly healthEverySeconds: number;
  /** How often time is looked at; a seat without a screen may look seldom. */
  readonly tickMs: number;
  /** A choice that is not sealed by then never will be: 20 s unless told otherwise. */
  readonly sealWithinMs?: number;
  /** See `LinkParts.spreadMs`. */
  readonly spreadMs: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly randomBytes: RandomBytes;
  readonly log: Logger;
  /** Signs with tweetnacl unless told otherwise. */
  readonly signer?: Signer;
}
