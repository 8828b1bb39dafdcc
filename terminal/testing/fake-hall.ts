import { createServer } from 'node:net';
import { Aedes, type AuthErrorCode } from 'aedes';
import { sha256Base64url } from '../../shared/protocol/bytes.ts';
import { nodeSigner } from '../../shared/protocol/ed25519-node.ts';
import { parseJws, signJws } from '../../shared/protocol/jws.ts';
import { type KeyPair, keyPairFromSeed } from '../../shared/protocol/keys.ts';
import {
  Connect,
  FromTerminal,
  MESSAGE_VERSION,
  type Receipt,
  type Refusal,
  type Seat,
  type SittingState,
} from '../../shared/protocol/messages.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import { topics } from '../../shared/protocol/topics.ts';
import { HANG_MS } from '../../test/support/hang.ts';

/** For tests: what a coordinator looks like from a seat, with a broker of its own and a script for a mind. */
export interface FakeHall {
  readonly url: string;
  readonly key: KeyPair;
  readonly proofs: Connect[];
  readonly received: FromTerminal[];
  /** What becomes of ballots: a receipt, a reason, or no answer. */
  onBallot: 'receipt' | 'silence' | Reason;
  deputies: Map<string, string>;
  /** Hears what is subscribed to. */
  onSubscribe: (topic: string) => void;
  enrolled: boolean;
  /** The public credential that seats are told is on record; empty for none. */
  credential: string;
  /** Proofs with this number or a lower one are refused. */
  mostProof: number;
  sitting: SittingState;
  /** Publishes the sitting's state, retained, with a new `rev`. */
  publish(round: SittingState['round']): void;
  /** Publishes the sitting's state as it stands, or any text in its place, retained. */
  announce(text?: string): void;
  /** Publishes any parcel as the list with this hash, retained, and names that list in the sitting. */
  offerList(hash: string, parcel: string): void;
  /** Publishes any text to a terminal. */
  say(terminal: string, text: string): void;
  sign(payload: object): string;
  /** Cuts every connection. */
  cut(): void;
  close(): Promise<void>;
}

const NOT_AUTHORIZED: AuthErrorCode.NOT_AUTHORIZED = 5;

export const HASH = 'a'.repeat(64);

/** Deputy `D-<card>` sits wherever card `<card>` is tapped. */
export async function fakeHall(): Promise<FakeHall> {
  const key = keyPairFromSeed(Uint8Array.from({ length: 32 }, (_, i) => i));
  const signer = nodeSigner(key);
  const aedes = await Aedes.createBroker({ concurrency: 1000 });
  const server = createServer(aedes.handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const place = topics('h');
  let rev = 1;
  let told = 0;

  const publish = (topic: string, payload: string, retain: boolean) => {
    // A counter for each kind: Aedes would take a retained packet that is overtaken for a duplicate, and drop it.
    told += 1;
    const own = { brokerId: retain ? 'retained' : 'told', brokerCounter: told };
    const packet = { ...own, cmd: 'publish', qos: 1, dup: false, retain, topic } as const;
    aedes.publish({ ...packet, payload: Buffer.from(payload) }, () => {});
  };
  const say = (terminal: string, text: string) => publish(place.down(terminal), text, false);
  const sign = (payload: object) => signJws(payload, signer);

  const hall: FakeHall = {
    url: `mqtt://127.0.0.1:${port}`,
    key,
    proofs: [],
    received: [],
    onBallot: 'receipt',
    deputies: new Map(),
    onSubscribe: () => {},
    enrolled: true,
    credential: '',
    mostProof: 0,
    sitting: {
      typ: 'sitting',
      v: MESSAGE_VERSION,
      hall: 'h',
      sitting: 's',
      rev,
      title: { zh: '会' },
      round: null,
    },
    publish: (round) => {
      rev += 1;
      hall.sitting = { ...hall.sitting, rev, round };
      hall.announce();
      for (const terminal of Object.keys(clients)) say(terminal, sign(seat(terminal)));
    },
    offerList: (hash, parcel) => {
      publish(place.list(hash), parcel, true);
      rev += 1;
      hall.sitting = { ...hall.sitting, rev, lists: [hash] };
      hall.announce();
    },
    announce: (text = sign(hall.sitting)) => publish(place.sitting, text, true),
    say,
    sign,
    cut: () => {
      for (const client of Object.values(clients)) client.close();
    },
    close: async () => {
      await new Promise<void>((resolve) => aedes.close(() => resolve()));
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  const clients: Record<string, { close: () => void }> = {};
  aedes.on('client', (client) => {
    clients[client.id] = client;
  });
  aedes.authenticate = (_client, _name, password, done) => {
    const proof = Connect.parse(parseJws(password?.toString('utf8') ?? '')?.payload);
    hall.proofs.push(proof);
    if (proof.n > hall.mostProof) done(null, true);
    else done(Object.assign(new Error('not authorized'), { returnCode: NOT_AUTHORIZED }), false);
  };

  const seat = (terminal: string): Seat => {
    const deputy = hall.deputies.get(terminal);
    return {
      typ: 'seat',
      v: MESSAGE_VERSION,
      hall: 'h',
      sitting: 's',
      terminal,
      rev,
      enrolled: hall.enrolled,
      seat: terminal,
      deputy: deputy ? { id: deputy, name: `代表${deputy}`, delegation: '第一代表团', title: '' } : null,
      round: hall.sitting.round?.phase === 'open' ? hall.sitting.round.id : null,
      eligible: deputy !== undefined,
      counted: null,
      remaining: null,
      ...(hall.credential ? { credential: hall.credential } : {}),
    };
  };
  const answer = (message: FromTerminal, jws: string) => {
    if (message.typ === 'gone' || message.typ === 'health') return;
    const { terminal } = message;
    const about = { v: MESSAGE_VERSION, hall: 'h', terminal, for: message.id, digest: sha256Base64url(jws) };
    const receipt: Receipt = { typ: 'receipt', ...about, v: 1, sitting: 's', seq: rev, hash: HASH };
    if (message.typ === 'hello') say(terminal, sign(seat(terminal)));
    if (message.typ === 'check-in') {
      hall.deputies.set(terminal, `D-${message.card}`);
      say(terminal, sign(receipt));
      say(terminal, sign(seat(terminal)));
    }
    if (message.typ !== 'ballot' || hall.onBallot === 'silence') return;
    const { onBallot: reason } = hall;
    const refusal: Refusal | null = reason === 'receipt' ? null : { typ: 'refusal', ...about, v: 1, reason };
    say(terminal, sign(refusal ?? receipt));
  };
  aedes.on('subscribe', (subscriptions) => {
    for (const { topic } of subscriptions) hall.onSubscribe(topic);
  });
  aedes.on('publish', (packet, client) => {
    if (!client) return;
    const jws = packet.payload.toString();
    const message = FromTerminal.parse(parseJws(jws)?.payload);
    hall.received.push(message);
    answer(message, jws);
  });
  publish(place.sitting, sign(hall.sitting), true);
  return hall;
}

/** Waits until `condition` holds; fails with its name after a generous while. */
export async function until(what: string, condition: () => boolean): Promise<void> {
  const end = performance.now() + HANG_MS;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
