import { connect, type Socket } from 'node:net';

/** A connection on which a test says every byte itself. */
export interface RawHttp {
  readonly socket: Socket;
  /** What has come so far. */
  readonly heard: () => string;
  /** Resolves when the server has ended the connection. */
  readonly closed: Promise<void>;
  /** Resolves with all that has come once it holds `text`; rejects where the connection ends before. */
  readonly hears: (text: string) => Promise<string>;
}

/** Connects to `port` on this machine and sends `bytes`. */
export function rawHttp(port: number, bytes: string | Buffer): RawHttp {
  const socket = connect({ port, host: '127.0.0.1' });
  let heard = '';
  socket.on('error', () => {});
  socket.on('data', (data) => {
    heard += data.toString('latin1');
  });
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.write(bytes);
  return {
    socket,
    heard: () => heard,
    closed,
    hears: (text) =>
      new Promise((resolve, reject) => {
        const look = () => heard.includes(text) && resolve(heard);
        socket.on('data', look);
        socket.once('close', () => reject(new Error(`ended after: ${heard}`)));
        look();
      }),
  };
}
