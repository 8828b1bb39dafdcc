import type { Server } from 'node:http';

/**
 * What an HTTP server of ours bears from whoever connects, as Fastify's options. A request that is not done in time is cut, so
 * that nobody holds a place with requests that dribble.
 */
export const HTTP_LIMITS = {
  /** Of a signed-in scrutineer, whose 4 MB may come over a poor Wi-Fi: 35 kB a second suffice. */
  requestTimeout: 120_000,
  /** Nothing sent and nothing taken for so long; a WebSocket has its own heartbeat. */
  connectionTimeout: 30_000,
  /** Pages ask a few times and then hear by WebSocket: a connection that waits for more is given back soon. */
  keepAliveTimeout: 10_000,
  /** A browser opens another connection after so many without noticing. */
  maxRequestsPerSocket: 1_000,
  http: {
    /** A head is one packet or two; also what a connection has that never sends anything. */
    headersTimeout: 10_000,
    /** How often the two above are looked at. */
    connectionsCheckingInterval: 2_000,
    /** A browser's head takes one or two kilobytes. */
    maxHeaderSize: 8 * 1024,
  },
} as const;

/** Header lines that are read; a browser sends about twenty. */
const MOST_HEADERS = 100;

/** Sets on `server` what Fastify has no option for. */
export function limitHeaders(server: Server): void {
  server.maxHeadersCount = MOST_HEADERS;
}
