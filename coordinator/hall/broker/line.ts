import type { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { placeOf } from '../door/place.ts';

/** What a connection comes over: its socket, where that comes from, and of a WebSocket the request that opened it. */
export interface Line {
  readonly socket: Duplex;
  readonly place: string;
  readonly request: IncomingMessage | undefined;
}

export function lineOf(stream: Duplex, request: IncomingMessage | undefined): Line {
  const socket = request?.socket ?? stream;
  return { socket, place: placeOf(socket instanceof Socket ? socket.remoteAddress : undefined), request };
}
