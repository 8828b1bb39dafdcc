import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { parser } from 'mqtt-packet';
import { toBase64url } from '../../shared/protocol/bytes.ts';
import { nodeSigner } from '../../shared/protocol/ed25519-node.ts';
import { parseJwsOfAnyLength, type Signer, signJws } from '../../shared/protocol/jws.ts';
import { type KeyPair, keyPairFromSeed, thumbprint } from '../../shared/protocol/keys.ts';
import { type SittingState, ToTerminal } from '../../shared/protocol/messages.ts';
import { topics } from '../../shared/protocol/topics.ts';
import type { Context, Rogue } from './context.ts';
import { connectPacket, publishPacket, subscribePacket } from './mqtt-packets.ts';
import type { Strike } from './strike.ts';

export const newId = (): string => toBase64url(randomBytes(16));

/** The proof of a key that a terminal connects with. */
export function proof(
  { hall, key }: Context,
  terminal: string,
  self: KeyPair,
  signer: Signer,
  n: number,
): string {
  return signJws(
    { typ: 'connect', v: 1, hall, terminal, key: self.x, coordinator: thumbprint(key), n },
    signer,
  );
}

/** An enrolled terminal in an attacker's hands: its key is good, its intentions are not. */
export class RogueSeat {
  readonly key: KeyPair;
  readonly signer: Signer;
  socket: Socket;
  /** What it hears of the sitting. */
  round: SittingState['round'] = null;
  title: SittingState['title'] | null = null;
  readonly #strike: Strike;
  #message = 1;

  constructor(
    strike: Strike,
    readonly self: Rogue,
  ) {
    this.#strike = strike;
    this.key = keyPairFromSeed(Buffer.from(self.seed, 'base64url'));
    this.signer = nodeSigner(this.key);
    this.socket = this.#connect();
  }

  /** Connects anew where the line was cut. */
  revive(): void {
    if (this.socket.destroyed) this.socket = this.#connect();
  }

  #connect(): Socket {
    const strike = this.#strike;
    const { hall } = strike.context;
    const { terminal } = this.self;
    const socket = strike.connect(strike.context.mqtt);
    // Connection numbers must rise from run to run.
    strike.send(
      socket,
      connectPacket(terminal, proof(strike.context, terminal, this.key, this.signer, Date.now())),
    );
    const parse = parser({ protocolVersion: 4 });
    parse.on('error', () => socket.destroy());
    parse.on('packet', (packet) => {
      if (packet.cmd === 'connack') {
        strike.see(packet.returnCode === 0 ? 'proof accepted' : 'proof refused');
        strike.send(socket, subscribePacket(topics(hall).down(terminal), topics(hall).sitting));
      }
      if (packet.cmd === 'publish') this.#hear(packet.payload.toString('utf8'));
    });
    socket.on('data', (chunk) => parse.parse(chunk));
    return socket;
  }

  #hear(text: string): void {
    const message = ToTerminal.safeParse(parseJwsOfAnyLength(text)?.payload);
    if (!message.success) return;
    if (message.data.typ === 'receipt') this.#strike.see('receipt');
    if (message.data.typ === 'refusal') this.#strike.see(`refused ${message.data.reason}`);
    if (message.data.typ !== 'sitting') return;
    this.round = message.data.round;
    this.title = message.data.title;
  }

  /** Sends any text on its own topic. */
  say(text: string | Buffer): void {
    this.#message = (this.#message % 65_000) + 1;
    this.#strike.send(
      this.socket,
      publishPacket(topics(this.#strike.context.hall).up(this.self.terminal), text, this.#message),
    );
  }

  /** Signs and sends; gives what was sent, to be sent again. */
  tell(message: object): string {
    const jws = signJws(message, this.signer);
    this.say(jws);
    return jws;
  }

  get common() {
    const { hall, sitting } = this.#strike.context;
    return { v: 1, id: newId(), hall, sitting, terminal: this.self.terminal } as const;
  }

  checkIn(card = this.self.card): string {
    return this.tell({ typ: 'check-in', ...this.common, card });
  }

  /** A ballot of its own deputy, changed as told. */
  ballot(press: number, change: object = {}): object {
    const { round } = this;
    const choice = { kind: 'decision', option: 'abstain' };
    const place = { round: round?.id ?? 'm1/1', opening: round?.opening ?? '0'.repeat(64) };
    return { typ: 'ballot', ...this.common, deputy: this.self.deputy, ...place, press, choice, ...change };
  }
}
