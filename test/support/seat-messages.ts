import { randomBytes } from 'node:crypto';
import type { ConnectionOptions } from 'node:tls';
import { toBase64url } from '../../shared/protocol/bytes.ts';
import { nodeSigner } from '../../shared/protocol/ed25519-node.ts';
import { parseJws, signJws } from '../../shared/protocol/jws.ts';
import type { KeyPair } from '../../shared/protocol/keys.ts';
import type { Ballot, CheckIn, Connect } from '../../shared/protocol/messages.ts';
import { ToTerminal } from '../../shared/protocol/messages.ts';
import { topics } from '../../shared/protocol/topics.ts';
import { eventually, HALL, type OpenHall, SITTING, type TestSeat } from './open-hall.ts';
import { RawMqtt } from './raw-mqtt.ts';

export const newId = (): string => toBase64url(randomBytes(16));

export function sign(payload: object, key: KeyPair): string {
  return signJws(payload, nodeSigner(key));
}

/** Signs any text as a payload, also what no JSON writer would write. */
export function signText(payload: string, key: KeyPair): string {
  const { kid, sign: signBytes } = nodeSigner(key);
  const header = Buffer.from(JSON.stringify({ alg: 'EdDSA', kid, typ: 'hallvote' })).toString('base64url');
  const input = `${header}.${Buffer.from(payload).toString('base64url')}`;
  return `${input}.${toBase64url(signBytes(Buffer.from(input)))}`;
}

let connections = 0;

export function proof(open: OpenHall, seat: TestSeat, change: Partial<Connect> = {}): string {
  connections += 1;
  const connect: Connect = {
    typ: 'connect',
    v: 1,
    hall: HALL,
    terminal: seat.terminal,
    key: seat.key.x,
    coordinator: open.key.kid,
    n: connections,
    ...change,
  };
  return sign(connect, seat.key);
}

export function checkIn(seat: TestSeat, change: Partial<CheckIn> = {}): CheckIn {
  const { terminal, card } = seat;
  return { typ: 'check-in', v: 1, id: newId(), hall: HALL, sitting: SITTING, terminal, card, ...change };
}

/** A ballot for, in the open round. */
export function ballot(open: OpenHall, seat: TestSeat, change: Partial<Ballot> = {}): Ballot {
  const round = open.chronicle.state.current;
  return {
    typ: 'ballot',
    v: 1,
    id: newId(),
    hall: HALL,
    sitting: SITTING,
    terminal: seat.terminal,
    deputy: seat.deputy.id,
    round: round?.id ?? 'm1/1',
    opening: round?.opening ?? '0'.repeat(64),
    press: 1,
    choice: { kind: 'decision', option: 'for' },
    ...change,
  };
}

/** A terminal played by hand. */
export class HandSeat extends RawMqtt {
  readonly #up: string;
  #n = 1;

  constructor(
    readonly open: OpenHall,
    readonly seat: TestSeat,
    secure: ConnectionOptions | null = null,
    from?: string,
  ) {
    super(open.port, secure, from);
    this.#up = topics(HALL).up(seat.terminal);
  }

  /** Connects with a good proof and subscribes. */
  async begin(): Promise<this> {
    this.connect(this.seat.terminal, proof(this.open, this.seat));
    await this.packet('connack');
    this.subscribe(topics(HALL).down(this.seat.terminal));
    await this.packet('suback');
    return this;
  }

  /** Sends any text on the terminal's own topic. */
  say(text: string | Buffer): void {
    this.#n += 1;
    this.publish(this.#up, text, this.#n);
  }

  /** Sends a message signed with the terminal's key. */
  tell(message: object, key = this.seat.key): void {
    this.say(sign(message, key));
  }

  /** What the coordinator has told this terminal. */
  get told(): ToTerminal[] {
    return this.received.flatMap((packet) => {
      if (packet.cmd !== 'publish') return [];
      const payload = ToTerminal.safeParse(parseJws(packet.payload.toString())?.payload);
      return payload.success ? [payload.data] : [];
    });
  }

  /** The reason of the n-th refusal. */
  refusal(n = 1): Promise<string> {
    return eventually(
      () => this.told.filter((message) => message.typ === 'refusal')[n - 1]?.reason,
      'a refusal',
    );
  }

  receipt(id: string): Promise<ToTerminal> {
    return eventually(
      () => this.told.find((message) => message.typ === 'receipt' && message.for === id),
      'a receipt',
    );
  }

  /** Taps the seat's own card and waits until the deputy is present. */
  async checkIn(): Promise<void> {
    const message = checkIn(this.seat);
    this.tell(message);
    await this.receipt(message.id);
  }
}
