import { topics } from '../../../shared/protocol/topics.ts';
import type { Attack } from '../attack.ts';
import { frame, HANDSHAKE, OPCODE } from '../frames.ts';
import { connectPacket, hostilePacket, publishPacket, subscribePacket } from '../mqtt-packets.ts';
import { mutated } from '../mutate.ts';
import { proof, RogueSeat } from '../rogue-seat.ts';
import type { Strike } from '../strike.ts';

/** What a seat's line carries from its first packet on: the recording that is mutated. */
function recording(strike: Strike, rogue: RogueSeat): Buffer[] {
  const { hall } = strike.context;
  const { terminal } = rogue.self;
  return [
    connectPacket(terminal, proof(strike.context, terminal, rogue.key, rogue.signer, 1), {
      will: { topic: topics(hall).up(terminal), payload: Buffer.from('gone'), qos: 1, retain: false },
    }),
    subscribePacket(topics(hall).down(terminal), topics(hall).sitting),
    publishPacket(topics(hall).up(terminal), JSON.stringify(rogue.ballot(1)), 2),
    Buffer.from([0xc0, 0x00]),
    Buffer.from([0xe0, 0x00]),
  ];
}

function packet(strike: Strike, recorded: readonly Buffer[]): Buffer {
  return strike.dice.one(3)
    ? hostilePacket(strike.dice, strike.context)
    : mutated(strike.dice.pick(recorded), strike.dice);
}

function rogueOf(strike: Strike): RogueSeat {
  return new RogueSeat(strike, strike.dice.pick(strike.context.rogues));
}

export const mqttBefore: Attack = {
  name: 'mqtt-before-proof',
  does: 'recorded packets mutated, $SYS, wildcards, wills, QoS 2, odd versions: over TCP and WebSocket, nothing proved',
  run: async (strike) => {
    const recorded = recording(strike, rogueOf(strike));
    for await (const _ of strike.turns(120)) {
      const packets = Array.from({ length: 1 + strike.dice.below(4) }, () => packet(strike, recorded));
      const first = strike.dice.one(2) ? [connectPacket('web-0123456789ab')] : [];
      const bytes = Buffer.concat([...first, ...packets]);
      if (strike.dice.one(3)) {
        const socket = strike.connect(strike.context.http);
        strike.send(socket, Buffer.concat([HANDSHAKE, frame({ opcode: OPCODE.binary, payload: bytes })]));
      } else strike.send(strike.connect(strike.context.mqtt), bytes);
    }
  },
};

export const mqttBehind: Attack = {
  name: 'mqtt-behind-proof',
  does: 'the same from an enrolled terminal, behind a proof that holds',
  run: async (strike) => {
    const rogue = rogueOf(strike);
    const recorded = recording(strike, rogue).slice(1);
    for await (const _ of strike.turns(60)) {
      rogue.revive();
      strike.send(rogue.socket, packet(strike, recorded));
    }
  },
};
