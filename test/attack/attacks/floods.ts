import { randomBytes } from 'node:crypto';
import { nodeSigner } from '../../../shared/protocol/ed25519-node.ts';
import { signJws } from '../../../shared/protocol/jws.ts';
import { makeKeyPair } from '../../../shared/protocol/keys.ts';
import { topics } from '../../../shared/protocol/topics.ts';
import type { Attack } from '../attack.ts';
import { connectPacket, publishPacket, subscribePacket } from '../mqtt-packets.ts';
import { newId, proof } from '../rogue-seat.ts';
import type { Strike } from '../strike.ts';

export const refusals: Attack = {
  name: 'refusals-unproved',
  does: 'connections without proof, with false proofs and others’ names, each refused: what it writes into the ledger counts',
  run: async (strike) => {
    const { mqtt, others } = strike.context;
    const stranger = makeKeyPair(randomBytes);
    const signer = nodeSigner(stranger);
    for await (const i of strike.turns(150)) {
      const name = strike.dice.pick([...others, `stranger-${i}`]);
      const claims = [
        connectPacket(name),
        connectPacket(name, 'x'.repeat(2_000)),
        connectPacket(name, proof(strike.context, name, stranger, signer, i + 1)),
      ];
      strike.send(strike.connect(mqtt), strike.dice.pick(claims));
    }
  },
};

export const pages: Attack = {
  name: 'refusals-of-pages',
  does: 'public pages that publish and subscribe where they may not, a new connection when they are cut off',
  run: async (strike) => {
    const { mqtt, hall, others } = strike.context;
    for await (const i of strike.turns(60)) {
      const socket = strike.connect(mqtt);
      strike.send(socket, connectPacket(`web-${String(i).padStart(12, '0')}`));
      for (let n = 0; n < 30; n += 1) {
        strike.send(socket, publishPacket(topics(hall).up(strike.dice.pick(others)), 'x'.repeat(900), n + 1));
        if (n % 5 === 0) strike.send(socket, subscribePacket(`hall/${hall}/staff/${n}`));
      }
    }
  },
};

/** A terminal nobody has enrolled, its own key, its own name. */
function pending(strike: Strike, terminal: string) {
  const key = makeKeyPair(randomBytes);
  const signer = nodeSigner(key);
  const { hall, mqtt } = strike.context;
  const socket = strike.connect(mqtt);
  strike.send(socket, connectPacket(terminal, proof(strike.context, terminal, key, signer, 1)));
  const hello = () => signJws({ typ: 'hello', v: 1, id: newId(), hall, terminal }, signer);
  return { socket, say: () => strike.send(socket, publishPacket(topics(hall).up(terminal), hello(), 2)) };
}

export const names: Attack = {
  name: 'pending-terminals',
  does: '3,000 unenrolled names, each with a key of its own, that connect, ask and stay',
  most: 3_000,
  run: async (strike) => {
    for await (const i of strike.turns(120)) {
      const one = pending(strike, `N${i % 3_000}`);
      strike.send(one.socket, subscribePacket(topics(strike.context.hall).down(`N${i % 3_000}`)));
      for (let n = 0; n < 3; n += 1) one.say();
      if (strike.dice.one(10)) for (let n = 0; n < 40; n += 1) one.say();
    }
  },
};
