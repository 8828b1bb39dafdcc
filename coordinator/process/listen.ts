import type { AddressInfo, Server } from 'node:net';

export type Listening =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly problem: string };

/** Has `server` listen at `host`, on any free port where `port` is 0. @returns the port, or one line on why it cannot. */
export function listen(server: Server, port: number, host: string): Promise<Listening> {
  return new Promise((resolve) => {
    const failed = (error: Error) => {
      const problem = `cannot listen on ${host}:${port} (${error.message}) → choose another port: --http or --mqtt here, listen in hall.yaml, --port with npm start`;
      resolve({ ok: false, problem });
    };
    server.once('error', failed);
    try {
      server.listen(port, host, () => {
        server.off('error', failed);
        const address: AddressInfo | string | null = server.address();
        resolve({ ok: true, value: typeof address === 'object' && address ? address.port : port });
      });
    } catch (error) {
      // A port that there cannot be.
      failed(error instanceof Error ? error : new Error(String(error)));
    }
  });
}
