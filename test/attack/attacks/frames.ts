import type { Socket } from 'node:net';
import type { Attack } from '../attack.ts';
import { type Frame, frame, HANDSHAKE, OPCODE } from '../frames.ts';
import { hostilePacket } from '../mqtt-packets.ts';
import type { Strike } from '../strike.ts';

const TEXT = Buffer.from('abc');

/** What is wrong with a frame, one kind of wrong each; most are followed by nothing, as the line is then cut. */
const WRONG: readonly ((strike: Strike) => Frame[])[] = [
  () => [{ opcode: OPCODE.binary, payload: TEXT, isMasked: false }],
  ({ dice }) => [{ opcode: OPCODE.binary, payload: TEXT, reserved: 1 + dice.below(7) }],
  ({ dice }) => [{ opcode: dice.pick([3, 4, 5, 6, 7, 11, 12, 13, 14, 15]), payload: TEXT }],
  ({ dice }) => [{ opcode: dice.pick([OPCODE.ping, OPCODE.close, OPCODE.pong]), payload: Buffer.alloc(126) }],
  ({ dice }) => [{ opcode: dice.pick([OPCODE.ping, OPCODE.close]), payload: TEXT, isFinal: false }],
  () => [{ opcode: OPCODE.more, payload: TEXT }],
  () => [
    { opcode: OPCODE.binary, payload: TEXT, isFinal: false },
    { opcode: OPCODE.binary, payload: TEXT },
  ],
  () => [{ opcode: OPCODE.text, payload: Buffer.from([0xc3, 0x28, 0xed, 0xa0, 0x80, 0xff]) }],
  () => [{ opcode: OPCODE.close, payload: Buffer.from([0x03]) }],
  ({ dice }) => [{ opcode: OPCODE.close, payload: Buffer.from([0, dice.below(256), 0xff, 0xfe]) }],
  ({ dice }) => [
    { opcode: OPCODE.binary, payload: TEXT, claimed: dice.pick([65_535, 600_000, 2 ** 31, 2 ** 53]) },
  ],
  // Fragments without end.
  () => [
    { opcode: OPCODE.binary, payload: TEXT, isFinal: false },
    ...Array.from({ length: 400 }, () => ({
      opcode: OPCODE.more,
      payload: Buffer.alloc(64),
      isFinal: false,
    })),
  ],
  () => [
    { opcode: OPCODE.binary, payload: Buffer.alloc(0), isFinal: false },
    ...Array.from({ length: 400 }, () => ({ opcode: OPCODE.more, payload: Buffer.alloc(0), isFinal: false })),
  ],
  () => Array.from({ length: 200 }, () => ({ opcode: OPCODE.ping, payload: Buffer.alloc(125) })),
  (strike) => [{ opcode: OPCODE.text, payload: hostilePacket(strike.dice, strike.context) }],
  (strike) =>
    [...hostilePacket(strike.dice, strike.context)].map((byte) => ({
      opcode: OPCODE.binary,
      payload: Buffer.from([byte]),
    })),
];

function opened(strike: Strike): Socket {
  const socket = strike.connect(strike.context.http);
  strike.send(socket, HANDSHAKE);
  return socket;
}

export const frames: Attack = {
  name: 'websocket-frames',
  does: 'frames unmasked, reserved, fragmented for ever, control frames of 126 bytes, bad UTF-8, MQTT byte by byte',
  run: async (strike) => {
    for await (const _ of strike.turns(60)) {
      const socket = opened(strike);
      const bytes = Buffer.concat(strike.dice.pick(WRONG)(strike).map(frame));
      // Some do not wait for the handshake's answer.
      if (strike.dice.one(4)) strike.send(socket, bytes);
      else socket.once('data', () => strike.send(socket, bytes));
      setTimeout(() => (strike.dice.one(2) ? socket.end() : socket.destroy()), 300);
    }
  },
};
