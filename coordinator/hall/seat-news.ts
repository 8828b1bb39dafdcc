import { toBase64url } from '../../shared/protocol/bytes.ts';
import type { RandomBytes } from '../../shared/protocol/ids.ts';
import { type Command, MESSAGE_VERSION } from '../../shared/protocol/messages.ts';
import { seatMessage } from '../contract/seat-message.ts';
import type { Chronicle } from '../sitting/chronicle.ts';
import type { TerminalOrder } from '../sitting/terminal-order.ts';
import type { Broker } from './broker/broker.ts';

export interface SeatNewsParts {
  readonly chronicle: Chronicle;
  readonly broker: () => Pick<Broker, 'tell' | 'connectedTerminals' | 'live'>;
  readonly random: RandomBytes;
}

/** What each seat is told of itself, and what the operator has seats do: to show who they are, to test themselves. */
export class SeatNews {
  readonly #parts: SeatNewsParts;
  readonly #told = new Map<string, string>();
  /** 每席自检 of the whole hall is on: seats that come later take part. */
  #isTesting = false;

  constructor(parts: SeatNewsParts) {
    this.#parts = parts;
  }

  /** A terminal has come. */
  welcome(terminal: string): void {
    this.tell(terminal);
    const isUntested = this.#parts.broker().live.all.get(terminal)?.health?.selfTest == null;
    if (this.#isTesting && isUntested) this.#tellCommand(terminal, 'self-test');
  }

  tell(terminal: string): void {
    const { chronicle, broker } = this.#parts;
    const message = seatMessage(chronicle.state, terminal, chronicle.now());
    // Of names that strangers make up nothing is kept.
    if (message.enrolled) this.#told.set(terminal, withoutTime(message));
    broker().tell(terminal, message);
  }

  /** Tells every seat for which something else is true now than it was told. */
  tellChanged(): void {
    const { chronicle, broker } = this.#parts;
    for (const terminal of broker().connectedTerminals) {
      const now = withoutTime(seatMessage(chronicle.state, terminal, 0));
      if (this.#told.get(terminal) !== now) this.tell(terminal);
    }
  }

  /** Tells every seat, where the time left is another. */
  tellAll(): void {
    for (const terminal of this.#parts.broker().connectedTerminals) this.tell(terminal);
  }

  /** Tells terminals what to do. */
  command(act: Extract<TerminalOrder, { act: 'identify' | 'self-test' }>): void {
    const { broker } = this.#parts;
    const what = act.act === 'identify' ? 'identify' : act.on ? 'self-test' : 'end-self-test';
    const terminals = act.terminal === null ? broker().connectedTerminals : [act.terminal];
    if (act.terminal === null) this.#isTesting = what === 'self-test';
    for (const terminal of terminals) this.#tellCommand(terminal, what);
  }

  /** A vote opens: nobody tests any more. */
  endTests(): void {
    this.#isTesting = false;
  }

  #tellCommand(terminal: string, act: Command['act']): void {
    const id = toBase64url(this.#parts.random(16));
    this.#parts.broker().tell(terminal, { typ: 'command', v: MESSAGE_VERSION, id, terminal, act });
  }
}

function withoutTime({ rev, remaining, ...rest }: ReturnType<typeof seatMessage>): string {
  return JSON.stringify(rest);
}
