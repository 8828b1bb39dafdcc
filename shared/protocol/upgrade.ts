import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket, WebSocketServer } from 'ws';
import { guarded, type Report } from './guarded.ts';

/** What is done with a WebSocket once it is there. */
export type Serve = (client: WebSocket, request: IncomingMessage) => void;

/** Who serves a WebSocket asked for at `path`; the status line's end where nobody does. */
export type ServeAt = (path: string, request: IncomingMessage) => Serve | '403 Forbidden' | '404 Not Found';

/** The path of a request's target as it stands, without the query; parsed as a URL it might throw (`//`). */
export function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split('?', 1)[0] ?? '';
}

/**
 * The handler of an HTTP server's `upgrade` event, whatever is asked for, by whom, and however the socket ends. From that event
 * on a socket's errors are nobody's but ours.
 */
export function upgradeHandler(
  sockets: Pick<WebSocketServer, 'handleUpgrade'>,
  serveAt: ServeAt,
  report: Report,
): (request: IncomingMessage, socket: Duplex, head: Buffer) => void {
  return guarded(
    'a WebSocket upgrade',
    report,
    (request, socket, head) => {
      socket.on('error', () => socket.destroy());
      const serve = serveAt(pathOf(request), request);
      if (typeof serve === 'string') {
        // Ended alone, the socket would stay open for as long as its other end likes.
        socket.end(`HTTP/1.1 ${serve}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () =>
          socket.destroy(),
        );
        return;
      }
      const begin = guarded(
        'a WebSocket',
        report,
        (client: WebSocket) => serve(client, request),
        (client) => client.terminate(),
      );
      sockets.handleUpgrade(request, socket, head, (client) => {
        client.on('error', () => client.terminate());
        begin(client);
      });
    },
    (_request, socket) => socket.destroy(),
  );
}
