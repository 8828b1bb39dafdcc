import type { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { placeOf } from '../../door/place.ts';
import type { JudgedPeer } from '../../tls/peer.ts';

/**
 * By what a connection has come in. In a hall without TLS anybody comes by either port. With it terminals have a port of their
 * own, at which nobody gets in without a certificate, and pages come by WebSocket and nobody else does.
 */
export type Entrance =
  | { readonly is: 'any' }
  | { readonly is: 'pages' }
  | { readonly is: 'terminals'; readonly shown: JudgedPeer };

/** What a connection comes over: its socket, where that comes from, and of a WebSocket the request that opened it. */
export interface Line {
  readonly socket: Duplex;
  readonly place: string;
  readonly request: IncomingMessage | undefined;
  readonly entrance: Entrance;
}

export function lineOf(stream: Duplex, request: IncomingMessage | undefined, entrance: Entrance): Line {
  const socket = request?.socket ?? stream;
  return {
    socket,
    place: placeOf(socket instanceof Socket ? socket.remoteAddress : undefined),
    request,
    entrance,
  };
}
